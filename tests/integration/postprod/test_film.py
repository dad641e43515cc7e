"""The film's sound, from clips and voices to the mix."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from pytest import approx, mark

from postprod.checks.look import look
from postprod.probe import probe
from postprod.sound.mix import render_sound
from postprod.sound.voices import place_voices
from postprod.sound.words import speech_span
from tests.integration.postprod.conftest import Make, heard
from tests.integration.postprod.spoken_ad import LINES, SIZE, ad
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.enums import Music
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.pipeline.timeline import lay_out


def loudness_of(samples: np.ndarray, start: float, end: float) -> float:
    """Level in dB of the stretch between two times in seconds."""
    part = samples[round(start * AUDIO_RATE) : round(end * AUDIO_RATE)]
    return float(10 * np.log10(np.mean(np.square(part, dtype=np.float64)) + 1e-12))


@mark.parametrize("fps", [24, 25, 30])
def test_sound_is_as_long_as_the_film_to_the_sample(ad_files: Mapping[str, Path], tmp_path: Path, fps: int) -> None:
    edit = ad().model_copy(update={"fps": fps})
    timeline = lay_out(edit)
    render_sound(edit, timeline, [], ad_files, tmp_path / "sound.m4a")
    samples = heard(tmp_path / "sound.m4a")
    assert 0 <= len(samples) - edit.frames * edit.samples_per_frame < 1024


def test_a_voice_is_heard_where_it_was_placed(ad_files: Mapping[str, Path], tmp_path: Path) -> None:
    edit = Edit(
        **SIZE,
        scenes=[
            SceneCut(scene_number=1, clip="b", frames=24),
            SceneCut(scene_number=2, clip="b", frames=90, voice="v1", text=LINES[1]),
        ],
        joins=[Join()],
    )
    timeline = lay_out(edit)
    voices = place_voices(edit, timeline, {"v1": speech_span(ad_files["v1"])})
    render_sound(edit, timeline, voices, ad_files, tmp_path / "sound.m4a")
    spoken = heard(ad_files["v1"])[round(voices[0].skip * AUDIO_RATE) :][:AUDIO_RATE]
    samples = heard(tmp_path / "sound.m4a")
    size = 2 ** int(np.ceil(np.log2(len(samples) + len(spoken))))
    match = np.fft.irfft(np.fft.rfft(samples, size) * np.conj(np.fft.rfft(spoken, size)), size)
    assert np.argmax(match) / AUDIO_RATE == approx(28 / 24, abs=0.5 / 24)


def test_clips_are_ducked_under_the_voice(ad_files: Mapping[str, Path], tmp_path: Path) -> None:
    """The clip's own sound is a tone, which is looked for alone, while the voice speaks and after it."""
    levels = {}
    for ratio in (0.0, 9.0):
        edit = Edit(
            **SIZE,
            scenes=[SceneCut(scene_number=1, clip="a", frames=110, voice="v0", text=LINES[0])],
            sound={"duck_db": ratio},
        )
        timeline = lay_out(edit)
        voices = place_voices(edit, timeline, {"v0": (0.3, 2.0)})
        render_sound(edit, timeline, voices, ad_files, tmp_path / "sound.m4a")
        samples = heard(tmp_path / "sound.m4a")
        levels[ratio] = tone_level(samples, 3.8, 4.4) - tone_level(samples, 0.6, 1.2)
    assert levels[9.0] > levels[0.0] + 6


def test_music_fades_with_the_film_and_gives_way_to_the_voice(ad_files: Mapping[str, Path], tmp_path: Path) -> None:
    """The clip is silent, so all that is heard beside the voice is the music."""

    def rendered(spoken: bool, music: Music) -> np.ndarray:
        edit = Edit(
            **SIZE,
            scenes=[SceneCut(scene_number=1, clip="b", frames=90, voice="v0" if spoken else None)],
            sound={"music": music, "loudness_lufs": -20},
        )
        timeline = lay_out(edit)
        voices = place_voices(edit, timeline, {"v0": (0.3, 2.0)})
        render_sound(edit, timeline, voices, ad_files, tmp_path / "sound.m4a")
        return heard(tmp_path / "sound.m4a").astype(np.float64)

    def level(samples: np.ndarray, start: float, end: float) -> float:
        part = samples[round(start * AUDIO_RATE) : round(end * AUDIO_RATE)]
        return float(10 * np.log10(np.mean(part**2) + 1e-12))

    assert not rendered(spoken=False, music=Music.NONE).any()
    alone = rendered(spoken=False, music=Music.CALM)
    assert level(alone, 0.0, 0.1) < level(alone, 1.0, 2.0) - 6
    assert level(alone, 3.65, 3.75) < level(alone, 1.0, 2.0) - 6

    voice, both = rendered(spoken=True, music=Music.NONE), rendered(spoken=True, music=Music.CALM)
    # Under the voice the mix differs little from the voice alone; after it the music is what is heard.
    assert level(voice, 2.6, 3.2) < -60 < -45 < level(both, 2.6, 3.2)
    assert level(both, 0.5, 1.5) - level(both, 2.6, 3.2) > 6


def tone_level(samples: np.ndarray, start: float, end: float) -> float:
    """Level in dB of the 440 Hz tone alone."""
    part = samples[round(start * AUDIO_RATE) : round(end * AUDIO_RATE)].astype(np.float64)
    wave = np.exp(-2j * np.pi * 440 * np.arange(len(part)) / AUDIO_RATE)
    return float(20 * np.log10(abs(np.mean(part * wave)) + 1e-9))


def test_own_sound_follows_the_picture_through_a_transition(make: Make, tmp_path: Path) -> None:
    clips = {
        "low": make("low.mp4", picture="color=red:s=64x64:r=24:d=3", sound="sine=f=440:r=48000:d=3"),
        "high": make("high.mp4", picture="color=blue:s=64x64:r=24:d=3", sound="sine=f=3000:r=48000:d=3"),
    }
    edit = Edit(
        **SIZE,
        scenes=[SceneCut(scene_number=n, clip=clip, frames=60) for n, clip in enumerate(clips, 1)],
        joins=[Join(kind=TransitionKind.DISSOLVE, frames=24)],
    )
    render_sound(edit, lay_out(edit), [], clips, tmp_path / "sound.m4a")
    samples = heard(tmp_path / "sound.m4a")
    before, early, late, after = (tone_level(samples, at, at + 0.1) for at in (1.0, 1.6, 2.3, 2.7))
    assert before > early - 3 > late
    assert early > late + 6
    assert after < before - 40


def test_a_voice_too_long_for_its_scene_is_hurried_then_cut(ad_files: Mapping[str, Path], tmp_path: Path) -> None:
    edit = Edit(**SIZE, scenes=[SceneCut(scene_number=1, clip="b", frames=48, voice="v0", text=LINES[0])])
    timeline = lay_out(edit)
    (voice,) = place_voices(edit, timeline, {"v0": speech_span(ad_files["v0"])})
    assert voice.tempo == 1.35
    assert voice.lost > 0.5
    render_sound(edit, timeline, [voice], ad_files, tmp_path / "sound.m4a")
    samples = heard(tmp_path / "sound.m4a")
    assert loudness_of(samples, 0.3, 1.8) > -25
    assert loudness_of(samples, 47 / 24, 2.0) < -50


@mark.parametrize("target", [-14.0, -18.0])
def test_loudness_is_what_was_asked_for(ad_files: Mapping[str, Path], tmp_path: Path, target: float) -> None:
    edit = ad(sound={"loudness_lufs": target})
    timeline = lay_out(edit)
    voices = place_voices(edit, timeline, {name: speech_span(ad_files[name]) for name in ("v0", "v1")})
    render_sound(edit, timeline, voices, ad_files, tmp_path / "sound.m4a")
    found = look(tmp_path / "sound.m4a", probe(tmp_path / "sound.m4a"))
    assert found.loudness == approx(target, abs=0.5)
    assert (found.true_peak or 0) <= -1.0
