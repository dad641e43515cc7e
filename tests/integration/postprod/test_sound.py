"""The mix and the master: everything at its place to the sample, as loud as it should be, in the file itself.

Tones of different pitch stand for the sounds that are mixed, so that each can be looked for alone.
"""

import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from pytest import approx, fixture, mark, raises

from postprod.sound.loudness import measure
from postprod.sound.mix import mix, render_sound
from postprod.sound.samples import Samples, read
from postprod.sound.voices import Voice, place_voices
from tests.integration.postprod.conftest import Make
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE, SoundClip, SoundKind, SoundPlan
from ugcgen.pipeline.timeline import lay_out

MUSIC, EFFECT, VOICEOVER = SoundKind.MUSIC, SoundKind.EFFECT, SoundKind.VOICEOVER
LOW, MIDDLE, HIGH = 300, 1000, 3000
SPOKEN = 2000
"""Hertz of the tones, the last in place of a voice."""

MONO = -20 * np.log10(np.sqrt(2))
"""dB of one channel's sound in each of two: the power stays the same."""

Wav = Callable[..., Path]


def sine(hertz: float, seconds: float, level: float = 0.1) -> np.ndarray:
    return level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * AUDIO_RATE)) / AUDIO_RATE)


@fixture
def wav(tmp_path: Path) -> Wav:
    """Write mono samples as a file."""

    def write(name: str, samples: np.ndarray, rate: int = AUDIO_RATE) -> Path:
        path = tmp_path / name
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes((samples * 32767).astype("<i2").tobytes())
        return path

    return write


@fixture(scope="session")
def clips(make: Make) -> dict[str, Path]:
    """Clips with a tone each, one with none, and one whose sound begins half a second late."""
    picture = "color=red:s=64x64:r=24:d=4"
    tones = {
        name: make(f"tone-{name}.mkv", picture=picture, sound=f"sine=f={hertz}:r=48000:d=4", acodec="pcm_s16le")
        for name, hertz in (("low", LOW), ("middle", MIDDLE), ("high", HIGH))
    }
    sound, after = f"sine=f={LOW}:r=48000:d=3", "asetpts=PTS+0.5/TB"
    late = make("late.mkv", picture=picture, sound=sound, af=after, acodec="pcm_s16le")
    return tones | {"mute": make("no-tone.mp4", picture=picture), "late": late}


def film(*scenes: dict[str, Any], joins: list[Join] | None = None, **sound: Any) -> Edit:
    cuts = [SceneCut(**({"scene_number": n, "frames": 72} | scene)) for n, scene in enumerate(scenes, 1)]
    return Edit(width=64, height=64, scenes=cuts, joins=joins or [Join()] * (len(cuts) - 1), sound=sound)


def mixed(edit: Edit, media: dict[str, Path], voices: list[Voice] | None = None) -> Samples:
    samples = mix(edit, lay_out(edit), voices or [], media)
    assert samples.shape == (edit.frames * edit.samples_per_frame, 2)
    return samples


def level(samples: Samples, hertz: float, start: float, end: float) -> float:
    """How loud one tone is between two seconds, in dB."""
    part = samples[round(start * AUDIO_RATE) : round(end * AUDIO_RATE), 0].astype(np.float64)
    turning = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / AUDIO_RATE) * np.hanning(len(part))
    return float(20 * np.log10(abs(np.mean(part * turning)) * 4 + 1e-9))


# Placing


def test_effects_are_heard_at_their_sample(clips: dict[str, Path], wav: Wav) -> None:
    click = np.zeros(480)
    click[0] = 0.5
    media = clips | {"click": wav("click.wav", click)}
    starts = [0.0, 0.5, 1.23456, 2.9]
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="click", start=start) for start in starts])
    found = np.flatnonzero(mixed(edit, media)[:, 0] > 0.3)
    assert found.tolist() == [round(start * AUDIO_RATE) for start in starts]


@mark.parametrize("suffix", ["m4a", "mp3", "ogg", "flac", "wav"])
def test_every_format_is_heard_at_its_place(clips: dict[str, Path], make: Make, tmp_path: Path, suffix: str) -> None:
    """A burst in the recording, looked for in the finished file by the loudest correlation."""
    burst = f"aevalsrc='if(between(t,0.5,0.55),0.5*sin({2 * np.pi * MIDDLE}*t),0)':s=44100:d=2"
    media = clips | {"sound": make(f"burst.{suffix}", sound=burst)}
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="sound", start=1.0, trim_start=0.25)])
    render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
    heard = read(tmp_path / "sound.m4a", "the sound")[:, 0]
    envelope = np.convolve(np.square(heard), np.ones(round(0.05 * AUDIO_RATE)), "valid")
    assert int(envelope.argmax()) / AUDIO_RATE == approx(1.25, abs=0.003)


@mark.parametrize("suffix", ["m4a", "mp3", "ogg", "flac"])
def test_a_part_of_a_recording_is_that_part_of_the_whole(make: Make, suffix: str) -> None:
    recording = make(f"chirp.{suffix}", sound="aevalsrc='0.4*sin(900*t*t)':s=44100:d=3")
    whole = read(recording, "it")
    for start, samples in ((0.0, 1), (0.0, 48_000), (0.7123, 9_999), (2.5, 10 * AUDIO_RATE)):
        first = round(start * AUDIO_RATE)
        part = read(recording, "it", start=start, samples=samples)
        assert np.array_equal(part, whole[first : first + samples])


def test_a_sound_is_trimmed_faded_and_turned_down(clips: dict[str, Path], wav: Wav) -> None:
    tones = np.concatenate([sine(LOW, 1), sine(HIGH, 2)])
    clip = SoundClip(
        kind=EFFECT, source="tones", start=0.5, trim_start=1.0, seconds=1.5, volume=0.5, fade_in=0.4, fade_out=0.8
    )
    heard = mixed(film({"clip": "mute"}, clips=[clip]), clips | {"tones": wav("tones.wav", tones)})
    assert not heard[: AUDIO_RATE // 2].any()
    assert not heard[2 * AUDIO_RATE :].any()
    full = 20 * np.log10(0.05) + MONO
    assert level(heard, HIGH, 0.95, 1.15) == approx(full, abs=0.1)
    assert level(heard, LOW, 0.5, 2.0) < full - 40
    # Equal power: half way through a fade a sound is 3 dB down.
    assert level(heard, HIGH, 0.68, 0.72) == approx(full - 3, abs=0.3)
    assert level(heard, HIGH, 1.58, 1.62) == approx(full - 3, abs=0.3)


def test_what_would_go_on_after_the_film_ends_with_it(clips: dict[str, Path], wav: Wav) -> None:
    media = clips | {"tone": wav("tone.wav", sine(HIGH, 5))}
    beyond = SoundClip(kind=EFFECT, source="tone", start=3.0)
    late = SoundClip(kind=EFFECT, source="tone", start=2.0, fade_out=0.5)
    heard = mixed(film({"clip": "mute"}, clips=[beyond, late]), media)
    assert level(heard, HIGH, 2.1, 2.4) == approx(-20 + MONO, abs=0.1)
    assert level(heard, HIGH, 2.73, 2.77) == approx(-23 + MONO, abs=0.4)
    assert abs(heard[-1]).max() < 0.001


def test_music_goes_round_where_more_of_it_is_asked_for(clips: dict[str, Path], wav: Wav) -> None:
    media = clips | {"tune": wav("tune.wav", sine(LOW, 0.9))}

    def heard(seconds: float | None) -> Samples:
        return mixed(film({"clip": "mute"}, clips=[SoundClip(kind=MUSIC, source="tune", seconds=seconds)]), media)

    once, round_and_round = heard(None), heard(2.5)
    assert once[: 9 * AUDIO_RATE // 10].any()
    assert not once[AUDIO_RATE:].any()
    power = np.square(round_and_round[: 5 * AUDIO_RATE // 2]).reshape(25, -1).mean(axis=1)
    assert power.min() > power.max() / 4
    assert not round_and_round[5 * AUDIO_RATE // 2 :].any()


# Scenes


def test_own_sound_is_trimmed_sped_up_at_its_pitch_and_ends_with_its_clip(clips: dict[str, Path], wav: Wav) -> None:
    beeps = np.concatenate([sine(MIDDLE, 0.2), np.zeros(round(0.8 * AUDIO_RATE))])
    media = clips | {"beeps": wav("beeps.wav", np.tile(beeps, 4))}
    for speed in (0.5, 1.0, 1.5, 3.0):
        edit = film({"clip": "beeps", "trim_start": 1.0, "speed": speed, "frames": 60})
        heard = mixed(edit, media)
        power = np.square(heard[:, 0]).reshape(-1, AUDIO_RATE // 100).mean(axis=1)
        begins = np.flatnonzero(np.diff((power > power.max() / 4).astype(int), prepend=0) == 1) / 100
        wanted = [second / speed for second in range(3) if second / speed < 2.4]
        assert begins == approx(wanted, abs=1 / 24)
        spectrum = np.abs(np.fft.rfft(heard[:, 0]))
        assert spectrum.argmax() * AUDIO_RATE / len(heard) == approx(MIDDLE, abs=15)
        gone = heard[round((3 / speed) * AUDIO_RATE) + 4800 :]
        assert not gone.any()


def test_sound_that_begins_after_the_picture_stays_behind_it(clips: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "late", "trim_start": 0.25}), clips)
    assert not heard[: AUDIO_RATE // 4 - 100].any()
    assert level(heard, LOW, 0.3, 0.6) == approx(level(heard, LOW, 1.0, 2.0), abs=0.1)


def test_a_muted_or_mute_clip_is_silent(clips: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "low", "clip_volume": 0}, {"clip": "mute"}, {"clip": "low"}), clips)
    assert not heard[: 6 * AUDIO_RATE].any()
    assert heard[6 * AUDIO_RATE + 500 :].any()


@mark.parametrize("kind", [kind for kind in TransitionKind if kind is not TransitionKind.CUT])
def test_own_sound_follows_the_picture_through_every_transition(clips: dict[str, Path], kind: TransitionKind) -> None:
    """One second is shared, from 2 to 3. A dip takes it down to nothing half way; else both have one power."""
    heard = mixed(film({"clip": "low"}, {"clip": "high"}, joins=[Join(kind=kind, frames=24)]), clips)
    full = level(heard, LOW, 0.5, 1.5)
    assert level(heard, HIGH, 3.5, 4.5) == approx(full, abs=0.1)
    assert level(heard, HIGH, 0.0, 1.9) < full - 60
    assert level(heard, LOW, 3.1, 5.0) < full - 60
    quarter, half, last = (
        [level(heard, hertz, at - 0.02, at + 0.02) - full for hertz in (LOW, HIGH)] for at in (2.25, 2.5, 2.75)
    )
    if kind in {TransitionKind.DIP_TO_BLACK, TransitionKind.DIP_TO_WHITE}:
        assert quarter == [approx(-3, abs=0.3), approx(-100, abs=60)]
        assert max(half) < -15
        assert last == [approx(-100, abs=60), approx(-3, abs=0.3)]
    else:
        assert half == approx([-3, -3], abs=0.3)
        assert quarter == approx([-0.7, -8.3], abs=0.5)
        assert last == approx([-8.3, -0.7], abs=0.5)


def test_a_cut_has_soft_edges_of_five_milliseconds(clips: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "low"}, {"clip": "high"}), clips)[:, 0]
    joint, edge = 3 * AUDIO_RATE, AUDIO_RATE // 200
    assert level(heard[:, None], LOW, 2.9, 2.994) == approx(level(heard[:, None], LOW, 1, 2), abs=0.1)
    assert abs(heard[joint - 2 : joint + 2]).max() < 0.01 * abs(heard).max()
    assert abs(heard[joint + edge : joint + 2 * edge]).max() == approx(abs(heard).max(), rel=0.05)


def test_a_scene_fades_in_and_out_by_its_frames(clips: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "low", "fade_in": 24, "fade_out": 12}), clips)
    full = level(heard, LOW, 1.2, 2.2)
    assert level(heard, LOW, 0.48, 0.52) - full == approx(-3, abs=0.3)
    assert level(heard, LOW, 2.73, 2.77) - full == approx(-3, abs=0.3)
    assert abs(heard[:20]).max() < 0.001
    assert abs(heard[-20:]).max() < 0.001


# Who leads


def spoken_from(voices: Wav, start: int, seconds: float = 1.0) -> tuple[dict[str, Path], list[Voice]]:
    path = voices("voice.wav", sine(SPOKEN, seconds))
    return {"voice": path}, [Voice(0, "voice", start, 0.0, 1.0, seconds, 0.0)]


@mark.parametrize("depth", [6.0, 9.0, 15.0])
@mark.parametrize("recorded", [0.02, 0.4])
def test_clips_and_music_go_down_by_the_depth_while_a_voice_speaks(
    clips: dict[str, Path], wav: Wav, depth: float, recorded: float
) -> None:
    """However loud the voice was recorded."""
    tune = SoundClip(kind=MUSIC, source="tune", volume=0.5)
    media = clips | {"voice": wav("voice.wav", sine(SPOKEN, 1, recorded)), "tune": wav("tune.wav", sine(HIGH, 4))}
    edit = film({"clip": "low", "frames": 96}, clips=[tune], duck_db=depth)
    heard = mixed(edit, media, [Voice(0, "voice", 36, 0.0, 1.0, 1.0, 0.0)])
    for hertz in (LOW, HIGH):
        alone = level(heard, hertz, 0.2, 1.2)
        assert level(heard, hertz, 1.55, 2.45) == approx(alone - depth, abs=0.15)
        assert level(heard, hertz, 3.4, 3.9) == approx(alone, abs=0.15)
    assert level(heard, SPOKEN, 1.6, 2.4) == approx(level(heard, HIGH, 0.2, 1.2) + 6, abs=1.5)


def test_effects_do_not_give_way_to_a_voice(clips: dict[str, Path], wav: Wav) -> None:
    media, voices = spoken_from(wav, 24)
    media |= clips | {"tone": wav("tone.wav", sine(HIGH, 3))}
    heard = mixed(film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="tone")]), media, voices)
    assert level(heard, HIGH, 1.2, 1.8) == approx(level(heard, HIGH, 0.2, 0.8), abs=0.1)


def test_a_clip_that_speaks_leads(clips: dict[str, Path], wav: Wav) -> None:
    """It speaks from 1 to 2; music and effects give way to it, and nothing turns it down."""
    quiet = np.zeros(AUDIO_RATE)
    media = clips | {
        "speaker": wav("speaker.wav", np.concatenate([quiet, sine(SPOKEN, 1), quiet])),
        "low": wav("low.wav", sine(LOW, 3)),
        "high": wav("high.wav", sine(HIGH, 3)),
    }
    sounds = [SoundClip(kind=MUSIC, source="low"), SoundClip(kind=EFFECT, source="high")]
    heard = mixed(film({"clip": "speaker", "text": "Hello"}, clips=sounds), media)
    for hertz in (LOW, HIGH):
        assert level(heard, hertz, 1.1, 1.9) == approx(level(heard, hertz, 0.2, 0.8) - 9, abs=0.15)
    alone = mixed(film({"clip": "speaker", "text": "Hello"}), media)
    assert level(heard, SPOKEN, 1.1, 1.9) == approx(level(alone, SPOKEN, 1.1, 1.9), abs=0.1)


def test_a_voiceover_over_the_whole_film_leads_and_no_other_voice_speaks(clips: dict[str, Path], wav: Wav) -> None:
    media, voices = spoken_from(wav, 12)
    media |= clips | {"over": wav("over.wav", sine(500, 6))}
    over = SoundClip(kind=VOICEOVER, source="over")
    edit = film({"clip": "low", "voice": "voice", "text": "Hello"}, {"clip": "high", "text": "Bye"}, clips=[over])

    def with_only(*sounds: SoundClip) -> Samples:
        return mixed(edit.model_copy(update={"sound": SoundPlan(clips=sounds)}), media, voices)

    heard, without = with_only(over), with_only()
    assert level(heard, SPOKEN, 0.6, 1.4) < level(without, SPOKEN, 0.6, 1.4) - 40
    assert level(heard, LOW, 2.4, 2.9) == approx(level(without, LOW, 2.4, 2.9) - 9, abs=0.15)
    assert level(heard, HIGH, 4, 5) == approx(level(without, HIGH, 4, 5) - 9, abs=0.15)
    # Where the voiceover is over before a scene's voice begins, both are heard.
    short = with_only(over.model_copy(update={"seconds": 0.4}))
    assert level(short, SPOKEN, 0.6, 1.4) == approx(level(without, SPOKEN, 0.6, 1.4), abs=0.1)


# Loudness


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
    clips: dict[str, Path], wav: Wav, tmp_path: Path, material: str
) -> None:
    sound = MATERIALS[material]
    edit = film(
        {"clip": "mute", "frames": round(len(sound) / AUDIO_RATE * 24)}, clips=[SoundClip(kind=EFFECT, source="sound")]
    )
    out = tmp_path / "sound.m4a"
    said = render_sound(edit, lay_out(edit), [], clips | {"sound": wav("material.wav", sound)}, out)
    found = measure(read(out, "the sound"))
    assert said == found
    assert found.integrated == approx(-14, abs=0.5)
    assert found.true_peak <= -1
    assert np.abs(read(out, "the sound")).max() < 1


def test_one_gain_alone_where_the_peaks_allow_it(clips: dict[str, Path], wav: Wav, tmp_path: Path) -> None:
    media = clips | {"sound": wav("steps.wav", bursts((2, 0.1), (2, 0.05), (2, 0.025)))}
    edit = film({"clip": "mute", "frames": 144}, clips=[SoundClip(kind=EFFECT, source="sound")])
    render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
    before, after = mixed(edit, media), read(tmp_path / "sound.m4a", "the sound")
    stretches = ((9600, 86400), (105600, 182400), (201600, 278400))
    gains = [np.sqrt(np.square(after[a:b]).mean() / np.square(before[a:b]).mean()) for a, b in stretches]
    assert 20 * np.log10(gains) == approx(20 * np.log10(gains[0]), abs=0.15)


def test_a_film_of_nothing_but_clicks_stays_quieter_than_crushed(
    clips: dict[str, Path], wav: Wav, tmp_path: Path
) -> None:
    click = np.zeros(480)
    click[0] = 0.9
    sounds = [SoundClip(kind=EFFECT, source="click", start=n / 2) for n in range(6)]
    media = clips | {"click": wav("click.wav", click)}
    edit = film({"clip": "mute"}, clips=sounds)
    found = render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
    assert found.integrated < -30
    assert -4 < found.true_peak <= -1


def test_master_volume_lowers_the_film_from_its_loudness(clips: dict[str, Path], wav: Wav, tmp_path: Path) -> None:
    media = clips | {"sound": wav("noise.wav", bursts((3, 0.3)))}
    for volume, lufs in ((1.0, -14.0), (0.5, -20.0), (0.1, -34.0)):
        edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="sound")], master_volume=volume)
        found = render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
        assert found.integrated == approx(lufs, abs=0.5)
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="sound")], master_volume=0)
    assert render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a").integrated == -np.inf


def test_the_faintest_hiss_is_not_made_loud_and_the_shortest_film_is_whole(
    clips: dict[str, Path], wav: Wav, tmp_path: Path
) -> None:
    media = clips | {"hiss": wav("hiss.wav", bursts((3, 0.0006)))}
    edit = film({"clip": "hiss"})
    assert render_sound(edit, lay_out(edit), [], media, tmp_path / "hiss.m4a").integrated < -60
    edit = film({"clip": "low", "frames": 5})
    render_sound(edit, lay_out(edit), [], clips, tmp_path / "short.m4a")
    found = read(tmp_path / "short.m4a", "the sound")
    assert 0 <= len(found) - 5 * 2000 < 1024
    assert measure(found).true_peak <= -1


def test_the_same_edit_gives_the_same_bytes(clips: dict[str, Path], tmp_path: Path) -> None:
    edit = film(
        {"clip": "low"},
        {"clip": "high", "speed": 1.3},
        music="lofi",
        clips=[SoundClip(kind=EFFECT, source="library/whoosh", start=2.5)],
    )
    for name in ("one.m4a", "two.m4a"):
        render_sound(edit, lay_out(edit), [], clips, tmp_path / name)
    assert (tmp_path / "one.m4a").read_bytes() == (tmp_path / "two.m4a").read_bytes()


# What cannot be used


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
    clips: dict[str, Path], wav: Wav, make: Make, tmp_path: Path, name: str, clip: dict[str, Any], sentence: str
) -> None:
    (tmp_path / "text.mp3").write_text("not a sound " * 100)
    wav("secret.wav", sine(LOW, 1))
    (tmp_path / "list.mp3").write_text("#EXTM3U\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n")
    whole = make("whole.ogg", sound="sine=d=1")
    (tmp_path / "cut.ogg").write_bytes(whole.read_bytes()[:300])
    wav("silent.wav", np.zeros(AUDIO_RATE))
    wav("tone.wav", sine(LOW, 2))
    media = clips | {name: clips["mute"] if name == "no-tone.mp4" else tmp_path / name}
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=MUSIC, source=name, start=1.5, **clip)])
    with raises(MediaError, match=sentence):
        render_sound(edit, lay_out(edit), [], media, tmp_path / "sound.m4a")
    assert not list(tmp_path.glob("*sound*.m4a"))


def test_a_recording_that_is_damaged_in_the_middle_is_heard_around_it(
    clips: dict[str, Path], make: Make, tmp_path: Path
) -> None:
    data = bytearray(make("whole.mp3", sound=f"sine=f={LOW}:r=48000:d=3", **{"b:a": "128k"}).read_bytes())
    data[20_000:20_600] = np.random.default_rng(2).bytes(600)
    (tmp_path / "damaged.mp3").write_bytes(data)
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="x")])
    heard = mixed(edit, clips | {"x": tmp_path / "damaged.mp3"})
    assert level(heard, LOW, 0.2, 1.0) == approx(level(heard, LOW, 1.6, 2.8), abs=0.3)


def test_words_of_a_hurried_voice_are_where_captions_put_them(clips: dict[str, Path], wav: Wav) -> None:
    """Four words, a beep each, spoken faster to fit: each is heard where its time in the recording says."""
    at = [0.3, 1.2, 2.1, 3.3]
    recording = np.zeros(4 * AUDIO_RATE)
    for second in at:
        recording[round(second * AUDIO_RATE) :][: AUDIO_RATE // 5] = sine(SPOKEN, 0.2)
    edit = film({"clip": "mute", "frames": 78, "voice": "voice", "text": "one two three four"})
    (voice,) = place_voices(edit, lay_out(edit), {"voice": (0.22, 3.66)})
    assert 1.1 < voice.tempo < 1.35
    power = np.square(mixed(edit, clips | {"voice": wav("voice.wav", recording)}, [voice])[:, 0])
    steps = power.reshape(-1, 240).mean(axis=1)
    begins = np.flatnonzero(np.diff((steps > steps.max() / 4).astype(int), prepend=0) == 1) * 240 / AUDIO_RATE
    expected = [voice.start / 24 + (second - voice.skip) / voice.tempo for second in at]
    assert begins == approx(expected, abs=0.025)
