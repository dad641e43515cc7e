"""Every sound at its place to the sample: effects, music, and the clips' own, which follows the picture."""

from pathlib import Path

import numpy as np
from pytest import approx, mark

from postprod.sound.mix import render_sound
from postprod.sound.samples import Samples, read
from tests.integration.postprod.conftest import Make, Wav
from tests.integration.postprod.tones import EFFECT, HIGH, LOW, MIDDLE, MONO, MUSIC, film, level, mixed, sine
from ugcgen.domain.edit import Join, TransitionKind
from ugcgen.domain.sound import AUDIO_RATE, SoundClip
from ugcgen.pipeline.timeline import lay_out


def test_effects_are_heard_at_their_sample(sounding: dict[str, Path], wav: Wav) -> None:
    click = np.zeros(480)
    click[0] = 0.5
    media = sounding | {"click": wav("click.wav", click)}
    starts = [0.0, 0.5, 1.23456, 2.9]
    edit = film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="click", start=start) for start in starts])
    found = np.flatnonzero(mixed(edit, media)[:, 0] > 0.3)
    assert found.tolist() == [round(start * AUDIO_RATE) for start in starts]


@mark.parametrize("suffix", ["m4a", "mp3", "ogg", "flac", "wav"])
def test_every_format_is_heard_at_its_place(sounding: dict[str, Path], make: Make, tmp_path: Path, suffix: str) -> None:
    """A burst in the recording, looked for in the finished file by the loudest correlation."""
    burst = f"aevalsrc='if(between(t,0.5,0.55),0.5*sin({2 * np.pi * MIDDLE}*t),0)':s=44100:d=2"
    media = sounding | {"sound": make(f"burst.{suffix}", sound=burst)}
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


def test_a_sound_is_trimmed_faded_and_turned_down(sounding: dict[str, Path], wav: Wav) -> None:
    tones = np.concatenate([sine(LOW, 1), sine(HIGH, 2)])
    clip = SoundClip(
        kind=EFFECT, source="tones", start=0.5, trim_start=1.0, seconds=1.5, volume=0.5, fade_in=0.4, fade_out=0.8
    )
    heard = mixed(film({"clip": "mute"}, clips=[clip]), sounding | {"tones": wav("tones.wav", tones)})
    assert not heard[: AUDIO_RATE // 2].any()
    assert not heard[2 * AUDIO_RATE :].any()
    full = 20 * np.log10(0.05) + MONO
    assert level(heard, HIGH, 0.95, 1.15) == approx(full, abs=0.1)
    assert level(heard, LOW, 0.5, 2.0) < full - 40
    # Equal power: half way through a fade a sound is 3 dB down.
    assert level(heard, HIGH, 0.68, 0.72) == approx(full - 3, abs=0.3)
    assert level(heard, HIGH, 1.58, 1.62) == approx(full - 3, abs=0.3)


def test_what_would_go_on_after_the_film_ends_with_it(sounding: dict[str, Path], wav: Wav) -> None:
    media = sounding | {"tone": wav("tone.wav", sine(HIGH, 5))}
    beyond = SoundClip(kind=EFFECT, source="tone", start=3.0)
    late = SoundClip(kind=EFFECT, source="tone", start=2.0, fade_out=0.5)
    heard = mixed(film({"clip": "mute"}, clips=[beyond, late]), media)
    assert level(heard, HIGH, 2.1, 2.4) == approx(-20 + MONO, abs=0.1)
    assert level(heard, HIGH, 2.73, 2.77) == approx(-23 + MONO, abs=0.4)
    assert abs(heard[-1]).max() < 0.001


def test_music_goes_round_where_more_of_it_is_asked_for(sounding: dict[str, Path], wav: Wav) -> None:
    media = sounding | {"tune": wav("tune.wav", sine(LOW, 0.9))}

    def heard(seconds: float | None) -> Samples:
        return mixed(film({"clip": "mute"}, clips=[SoundClip(kind=MUSIC, source="tune", seconds=seconds)]), media)

    once, round_and_round = heard(None), heard(2.5)
    assert once[: 9 * AUDIO_RATE // 10].any()
    assert not once[AUDIO_RATE:].any()
    power = np.square(round_and_round[: 5 * AUDIO_RATE // 2]).reshape(25, -1).mean(axis=1)
    assert power.min() > power.max() / 4
    assert not round_and_round[5 * AUDIO_RATE // 2 :].any()


def test_own_sound_is_trimmed_sped_up_at_its_pitch_and_ends_with_its_clip(sounding: dict[str, Path], wav: Wav) -> None:
    beeps = np.concatenate([sine(MIDDLE, 0.2), np.zeros(round(0.8 * AUDIO_RATE))])
    media = sounding | {"beeps": wav("beeps.wav", np.tile(beeps, 4))}
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


def test_sound_that_begins_after_the_picture_stays_behind_it(sounding: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "late", "trim_start": 0.25}), sounding)
    assert not heard[: AUDIO_RATE // 4 - 100].any()
    assert level(heard, LOW, 0.3, 0.6) == approx(level(heard, LOW, 1.0, 2.0), abs=0.1)


def test_a_muted_or_mute_clip_is_silent(sounding: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "low", "clip_volume": 0}, {"clip": "mute"}, {"clip": "low"}), sounding)
    assert not heard[: 6 * AUDIO_RATE].any()
    assert heard[6 * AUDIO_RATE + 500 :].any()


@mark.parametrize("kind", [kind for kind in TransitionKind if kind is not TransitionKind.CUT])
def test_own_sound_follows_the_picture_through_every_transition(
    sounding: dict[str, Path], kind: TransitionKind
) -> None:
    """One second is shared, from 2 to 3. A dip takes it down to nothing half way; else both have one power."""
    heard = mixed(film({"clip": "low"}, {"clip": "high"}, joins=[Join(kind=kind, frames=24)]), sounding)
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


def test_a_cut_has_soft_edges_of_five_milliseconds(sounding: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "low"}, {"clip": "high"}), sounding)[:, 0]
    joint, edge = 3 * AUDIO_RATE, AUDIO_RATE // 200
    assert level(heard[:, None], LOW, 2.9, 2.994) == approx(level(heard[:, None], LOW, 1, 2), abs=0.1)
    assert abs(heard[joint - 2 : joint + 2]).max() < 0.01 * abs(heard).max()
    assert abs(heard[joint + edge : joint + 2 * edge]).max() == approx(abs(heard).max(), rel=0.05)


def test_a_scene_fades_in_and_out_by_its_frames(sounding: dict[str, Path]) -> None:
    heard = mixed(film({"clip": "low", "fade_in": 24, "fade_out": 12}), sounding)
    full = level(heard, LOW, 1.2, 2.2)
    assert level(heard, LOW, 0.48, 0.52) - full == approx(-3, abs=0.3)
    assert level(heard, LOW, 2.73, 2.77) - full == approx(-3, abs=0.3)
    assert abs(heard[:20]).max() < 0.001
    assert abs(heard[-20:]).max() < 0.001
