"""Who leads and who gives way: voices, clips that speak, music and effects."""

from pathlib import Path

import numpy as np
from pytest import approx, mark

from postprod.sound.samples import Samples
from postprod.sound.voices import Voice, place_voices
from tests.integration.postprod.conftest import Wav
from tests.integration.postprod.tones import EFFECT, HIGH, LOW, MUSIC, SPOKEN, VOICEOVER, film, level, mixed, sine
from ugcgen.domain.sound import AUDIO_RATE, SoundClip, SoundPlan
from ugcgen.pipeline.timeline import lay_out


def spoken_from(voices: Wav, start: int, seconds: float = 1.0) -> tuple[dict[str, Path], list[Voice]]:
    path = voices("voice.wav", sine(SPOKEN, seconds))
    return {"voice": path}, [Voice(0, "voice", start, 0.0, 1.0, seconds, 0.0)]


@mark.parametrize("depth", [6.0, 9.0, 15.0])
@mark.parametrize("recorded", [0.02, 0.4])
def test_clips_and_music_go_down_by_the_depth_while_a_voice_speaks(
    sounding: dict[str, Path], wav: Wav, depth: float, recorded: float
) -> None:
    """However loud the voice was recorded."""
    tune = SoundClip(kind=MUSIC, source="tune", volume=0.5)
    media = sounding | {"voice": wav("voice.wav", sine(SPOKEN, 1, recorded)), "tune": wav("tune.wav", sine(HIGH, 4))}
    edit = film({"clip": "low", "frames": 96}, clips=[tune], duck_db=depth)
    heard = mixed(edit, media, [Voice(0, "voice", 36, 0.0, 1.0, 1.0, 0.0)])
    for hertz in (LOW, HIGH):
        alone = level(heard, hertz, 0.2, 1.2)
        assert level(heard, hertz, 1.55, 2.45) == approx(alone - depth, abs=0.15)
        assert level(heard, hertz, 3.4, 3.9) == approx(alone, abs=0.15)
    assert level(heard, SPOKEN, 1.6, 2.4) == approx(level(heard, HIGH, 0.2, 1.2) + 6, abs=1.5)


def test_effects_do_not_give_way_to_a_voice(sounding: dict[str, Path], wav: Wav) -> None:
    media, voices = spoken_from(wav, 24)
    media |= sounding | {"tone": wav("tone.wav", sine(HIGH, 3))}
    heard = mixed(film({"clip": "mute"}, clips=[SoundClip(kind=EFFECT, source="tone")]), media, voices)
    assert level(heard, HIGH, 1.2, 1.8) == approx(level(heard, HIGH, 0.2, 0.8), abs=0.1)


def test_a_clip_that_speaks_leads(sounding: dict[str, Path], wav: Wav) -> None:
    """It speaks from 1 to 2; music and effects give way to it, and nothing turns it down."""
    quiet = np.zeros(AUDIO_RATE)
    media = sounding | {
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


def test_a_voiceover_over_the_whole_film_leads_and_no_other_voice_speaks(sounding: dict[str, Path], wav: Wav) -> None:
    media, voices = spoken_from(wav, 12)
    media |= sounding | {"over": wav("over.wav", sine(500, 6))}
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


def test_words_of_a_hurried_voice_are_where_captions_put_them(sounding: dict[str, Path], wav: Wav) -> None:
    """Four words, a beep each, spoken faster to fit: each is heard where its time in the recording says."""
    at = [0.3, 1.2, 2.1, 3.3]
    recording = np.zeros(4 * AUDIO_RATE)
    for second in at:
        recording[round(second * AUDIO_RATE) :][: AUDIO_RATE // 5] = sine(SPOKEN, 0.2)
    edit = film({"clip": "mute", "frames": 78, "voice": "voice", "text": "one two three four"})
    (voice,) = place_voices(edit, lay_out(edit), {"voice": (0.22, 3.66)})
    assert 1.1 < voice.tempo < 1.35
    power = np.square(mixed(edit, sounding | {"voice": wav("voice.wav", recording)}, [voice])[:, 0])
    steps = power.reshape(-1, 240).mean(axis=1)
    begins = np.flatnonzero(np.diff((steps > steps.max() / 4).astype(int), prepend=0) == 1) * 240 / AUDIO_RATE
    expected = [voice.start / 24 + (second - voice.skip) / voice.tempo for second in at]
    assert begins == approx(expected, abs=0.025)
