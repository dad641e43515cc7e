"""The speaker: the same text gives the same samples, words have their times, voices differ."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from infra.local.studio.direction import directed
from infra.local.studio.voice import RATE, VOICES, Speech, direction_in, speak, spoken_text

TEXT = "Okay, so I tried it for 30 days. Honestly? It's good, don't you think?"


def pitch(speech: Speech) -> float:
    """Median pitch in Hz of the loud parts, by autocorrelation."""
    found = []
    samples = speech.samples.astype(float)
    for start in range(0, len(samples) - 1440, 600):
        frame = samples[start : start + 1440] - samples[start : start + 1440].mean()
        if np.sqrt(np.mean(frame**2)) < 1500:
            continue
        correlation = np.correlate(frame, frame, "full")[1439:]
        correlation /= correlation[0] * (1440 - np.arange(1440)) / 1440
        lags = correlation[RATE // 400 : RATE // 70]
        if lags.max() > 0.7:
            found.append(RATE / (RATE // 400 + int(np.argmax(lags))))
    return float(np.median(found))


def test_there_are_the_thirty_voices_of_the_api() -> None:
    assert len(VOICES) == 30
    assert len(set(VOICES.values())) == 30
    assert {"Kore", "Puck", "Zubenelgenubi", "Sulafat"} <= VOICES.keys()


def test_words_come_in_order_with_their_times() -> None:
    speech = speak(TEXT, "Kore")
    assert [word.text for word in speech.words] == TEXT.split()
    starts = [word.start for word in speech.words]
    assert starts == sorted(starts)
    assert all(word.start < word.end <= speech.seconds for word in speech.words)
    assert speech.words[0].start < 0.2
    assert 3 < speech.seconds < 9


def test_sound_is_where_the_words_are() -> None:
    speech = speak(TEXT, "Kore")
    loud = np.abs(speech.samples.astype(float))

    def level(start: float, end: float) -> float:
        return float(np.mean(loud[int(start * RATE) : int(end * RATE)]))

    pause = max(zip(speech.words, speech.words[1:], strict=False), key=lambda pair: pair[1].start - pair[0].end)
    quiet = level(pause[0].end + 0.05, pause[1].start - 0.02)
    assert np.median([level(word.start, word.end) for word in speech.words]) > 5 * quiet


def test_the_same_text_gives_the_same_samples_from_any_thread() -> None:
    with ThreadPoolExecutor(3) as threads:
        first, *others = threads.map(lambda _: speak(TEXT, "Leda"), range(3))
    assert all(np.array_equal(first.samples, other.samples) for other in others)


def test_male_voices_are_lower() -> None:
    female, male = (pitch(speak(TEXT, name)) for name in ("Kore", "Charon"))
    assert 150 < female < 280
    assert 70 < male < 145


@pytest.mark.parametrize("language", ["en", "de"])
def test_pace_and_pitch_can_be_moved(language: str) -> None:
    plain = speak("Das ist gut.", "Kore", language)
    assert speak("Das ist gut.", "Kore", language, rate=1.4).seconds < 0.85 * plain.seconds
    assert pitch(speak("Das ist gut.", "Kore", language, pitch=4)) > 1.1 * pitch(plain)
    assert speak("Das ist gut.", "Kore", language).seconds == pytest.approx(plain.seconds, rel=0.02)


@pytest.mark.parametrize("language", ["es-ES", "fr-FR", "de", "hi-IN"])
def test_other_languages_are_spoken_with_word_times(language: str) -> None:
    text = {"es-ES": "Hola, esto es lo mejor.", "fr-FR": "C'est vraiment génial.", "de": "Das ist gut."}.get(
        language, "यह बहुत अच्छा है"
    )
    speech = speak(text, "Puck", language)
    assert [word.text for word in speech.words] == text.split()
    assert speech.seconds > 0.5
    assert np.abs(speech.samples).max() > 8000


@pytest.mark.parametrize(
    ("prompt", "heard"),
    [
        ("Say warmly: I love it.", "I love it."),
        ("Read this aloud in a calm, slow voice: hello", "hello"),
        ('Style: upbeat.\nText: "Hi <laugh> there [sigh]!"', "Hi there !"),
        ("I love one thing: this.", "I love one thing: this."),
    ],
)
def test_directions_are_not_read_out(prompt: str, heard: str) -> None:
    assert spoken_text(prompt) == heard


@pytest.mark.parametrize(
    ("style", "pace", "semitones"),
    [
        ("Warm and close", 1, 0),
        ("Soft, slow and close", 0.9, 0),
        ("Say it quickly, in a deep, calm voice", 1.1, -2),
        ("a high-pitched voice", 1, 2),
        ("Slow. Keep the voice 2.5 semitones lower than usual. Speak 1.2 times as fast as usual.", 1.2, -2.5),
        ("Speak 9 times as fast as usual, 30 semitones higher", 1.8, 8),
    ],
)
def test_directions_move_pace_and_pitch_within_bounds(style: str, pace: float, semitones: float) -> None:
    assert directed(style) == (pace, semitones)


def test_a_direction_before_the_text_is_obeyed() -> None:
    plain, slow = "Say warmly: I love how it feels.", "Say slowly, in a low voice: I love how it feels."
    assert directed(direction_in(plain)) == (1, 0)
    assert directed(direction_in(slow)) == (0.9, -2)
    assert direction_in("I speak slowly when I love one thing: this.") == ""


@pytest.mark.parametrize(
    ("text", "voice", "language"), [("x", "Sage", "en"), ("...", "Kore", "en"), ("x", "Kore", "xx")]
)
def test_what_cannot_be_spoken_is_an_error(text: str, voice: str, language: str) -> None:
    with pytest.raises(ValueError, match=r"voice|nothing to say"):
        speak(text, voice, language)
