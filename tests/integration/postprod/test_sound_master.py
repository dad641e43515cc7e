"""The master: as loud as it should be and no peak too high, measured in the file itself."""

from pathlib import Path

import numpy as np
from pytest import approx, mark

from postprod.sound.loudness import measure
from postprod.sound.mix import render_sound
from postprod.sound.samples import read
from tests.integration.postprod.conftest import Wav
from tests.integration.postprod.tones import EFFECT, LOW, film, mixed, sine
from ugcgen.domain.sound import AUDIO_RATE, SoundClip
from ugcgen.pipeline.timeline import lay_out


def bursts(*stretches: tuple[float, float]) -> np.ndarray:
    """Noise, so many seconds at so loud, one after the other."""
    noise = np.random.default_rng(5)
    return np.concatenate(
        [noise.standard_normal(round(s * AUDIO_RATE)).clip(-3, 3) / 3 * loud for s, loud in stretches]
    )


def spikes(seconds: float, every: float) -> np.ndarray:
    sound = sine(LOW, seconds, 0.004)
    sound[:: round(every * AUDIO_RATE)] = 0.9
    return sound


MATERIALS = {
    "two seconds of speech-like noise": bursts((0.5, 0.3), (0.2, 0.01), (1.3, 0.2)),
    "quiet": bursts((4, 0.004)),
    "loud": bursts((4, 1.0)),
    "quiet with a short burst": bursts((3, 0.01), (0.1, 0.99), (3, 0.01)),
    "loud and quiet": bursts((3, 0.5), (3, 0.05), (3, 0.2)),
    "square": np.sign(sine(997, 3)) * 0.9,
    "tone with spikes": sine(440, 5, 0.05) + spikes(5, 0.5),
    "long": bursts(*((1.0, 0.05 + 0.1 * (n % 7)) for n in range(60))),
}


@mark.parametrize("material", MATERIALS)
def test_every_film_has_its_loudness_and_no_peak_over(
    sounding: dict[str, Path], wav: Wav, tmp_path: Path, material: str
) -> None:
    sound = MATERIALS[material]
    edit = film(
        {"clip": "mute", "frames": round(len(sound) / AUDIO_RATE * 24)}, clips=[SoundClip(kind=EFFECT, source="sound")]
    )
    out = tmp_path / "sound.m4a"
    said = render_sound(edit, lay_out(edit), [], sounding | {"sound": wav("material.wav", sound)}, out)
    found = measure(read(out, "the sound"))
    assert said == found
    assert found.integrated == approx(-14, abs=0.5)
    assert found.true_peak <= -1
    assert np.abs(read(out, "the sound")).max() < 1


def test_one_gain_alone_where_the_peaks_allow_it(sounding: dict[str, Path], wav: Wav, tmp_path: Path) -> None:
    media = sounding | {"sound": wav("steps.wav", bursts((2, 0.1), (2, 0.05), (2, 0.025)))}
    edit = film({"clip": "mute", "frames": 144}, clips=[SoundClip(kind=EFFECT, source="sound")])
    render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
    before, after = mixed(edit, media), read(tmp_path / "sound.m4a", "the sound")
    stretches = ((9600, 86400), (105600, 182400), (201600, 278400))
    gains = [np.sqrt(np.square(after[a:b]).mean() / np.square(before[a:b]).mean()) for a, b in stretches]
    assert 20 * np.log10(gains) == approx(20 * np.log10(gains[0]), abs=0.15)


def test_a_film_of_nothing_but_clicks_stays_quieter_than_crushed(
    sounding: dict[str, Path], wav: Wav, tmp_path: Path
) -> None:
    click = np.zeros(480)
    click[0] = 0.9
    sounds = [SoundClip(kind=EFFECT, source="click", start=n / 2) for n in range(6)]
    media = sounding | {"click": wav("click.wav", click)}
    edit = film({"clip": "mute"}, clips=sounds)
    found = render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
    assert found.integrated < -30
    assert -4 < found.true_peak <= -1


def test_master_volume_lowers_the_film_from_its_loudness(sounding: dict[str, Path], wav: Wav, tmp_path: Path) -> None:
    media = sounding | {"sound": wav("noise.wav", bursts((3, 0.3)))}
    for volume, lufs in ((1.0, -14.0), (0.5, -20.0), (0.1, -34.0)):
        edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="sound")], master_volume=volume)
        found = render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
        assert found.integrated == approx(lufs, abs=0.5)
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="sound")], master_volume=0)
    assert render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a").integrated == -np.inf


def test_the_faintest_hiss_is_not_made_loud_and_the_shortest_film_is_whole(
    sounding: dict[str, Path], wav: Wav, tmp_path: Path
) -> None:
    media = sounding | {"hiss": wav("hiss.wav", bursts((3, 0.0006)))}
    edit = film({"clip": "hiss"})
    assert render_sound(edit, lay_out(edit), [], media, tmp_path / "hiss.m4a").integrated < -60
    edit = film({"clip": "low", "frames": 5})
    render_sound(edit, lay_out(edit), [], sounding, tmp_path / "short.m4a")
    found = read(tmp_path / "short.m4a", "the sound")
    assert 0 <= len(found) - 5 * 2000 < 1024
    assert measure(found).true_peak <= -1


def test_the_same_edit_gives_the_same_bytes(sounding: dict[str, Path], tmp_path: Path) -> None:
    edit = film(
        {"clip": "low"},
        {"clip": "high", "speed": 1.3},
        music="lofi",
        clips=[SoundClip(kind=EFFECT, source="library/whoosh", start=2.5)],
    )
    for name in ("one.m4a", "two.m4a"):
        render_sound(edit, lay_out(edit), [], sounding, tmp_path / name)
    assert (tmp_path / "one.m4a").read_bytes() == (tmp_path / "two.m4a").read_bytes()
