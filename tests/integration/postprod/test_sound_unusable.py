"""Recordings that cannot be used are named; one that is damaged in the middle is heard around it."""

from pathlib import Path
from typing import Any

import numpy as np
from pytest import approx, mark, raises

from postprod.sound.mix import render_sound
from tests.integration.postprod.conftest import Make, Wav
from tests.integration.postprod.tones import EFFECT, LOW, MUSIC, film, level, mixed, sine
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE, SoundClip
from ugcgen.pipeline.timeline import lay_out


@mark.parametrize(
    ("name", "clip", "sentence"),
    [
        ("text.mp3", {}, r"the music at 1\.5 s, text\.mp3, \(text\.mp3\) cannot be decoded as sound"),
        ("list.mp3", {}, r"\(list\.mp3\) cannot be decoded as sound"),
        ("cut.ogg", {}, r"cut\.ogg, .*cannot be decoded as sound"),
        ("silent.wav", {}, r"the music at 1\.5 s, silent\.wav, is silent"),
        ("no-tone.mp4", {}, r"no-tone\.mp4, .*has no sound"),
        ("tone.wav", {"trim_start": 8.0}, r"tone\.wav, ends before 8 s"),
    ],
)
def test_a_sound_that_cannot_be_used_is_named(
    sounding: dict[str, Path], wav: Wav, make: Make, tmp_path: Path, name: str, clip: dict[str, Any], sentence: str
) -> None:
    (tmp_path / "text.mp3").write_text("not a sound " * 100)
    wav("secret.wav", sine(LOW, 1))
    (tmp_path / "list.mp3").write_text("#EXTM3U\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n")
    whole = make("whole.ogg", sound="sine=d=1")
    (tmp_path / "cut.ogg").write_bytes(whole.read_bytes()[:300])
    wav("silent.wav", np.zeros(AUDIO_RATE))
    wav("tone.wav", sine(LOW, 2))
    media = sounding | {name: sounding["mute"] if name == "no-tone.mp4" else tmp_path / name}
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=MUSIC, source=name, start=1.5, **clip)])
    with raises(MediaError, match=sentence):
        render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
    assert not list(tmp_path.glob("*sound*.m4a"))


def test_a_recording_that_is_damaged_in_the_middle_is_heard_around_it(
    sounding: dict[str, Path], make: Make, tmp_path: Path
) -> None:
    data = bytearray(make("whole.mp3", sound=f"sine=f={LOW}:r=48000:d=3", **{"b:a": "128k"}).read_bytes())
    data[20_000:20_600] = np.random.default_rng(2).bytes(600)
    (tmp_path / "damaged.mp3").write_bytes(data)
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="x")])
    heard = mixed(edit, sounding | {"x": tmp_path / "damaged.mp3"})
    assert level(heard, LOW, 0.2, 1.0) == approx(level(heard, LOW, 1.6, 2.8), abs=0.3)
