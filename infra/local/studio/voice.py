"""The speaker: text to 24 kHz speech with the time of every word, the same text and voice giving the same samples.

English is spoken by one neural voice; the thirty prebuilt voices of the Gemini API are made from it by moving its
pitch, its formants and its pace before the waveform exists, which leaves no artefacts of resampling. Other languages
are spoken by eSpeak NG.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]
from hibari import Hibari, dsp  # type: ignore[import-untyped]
from hibari.g2p.normalize import normalize  # type: ignore[import-untyped]

from infra.local.studio import espeak
from infra.local.studio.onnx_wire import with_output
from infra.local.studio.speech import RATE, Speech, Wave, Word, aligned
from infra.local.studio.voices import VOICES, Timbre

__all__ = ["RATE", "VOICES", "Speech", "Word", "direction_in", "speak", "spoken_text"]

_NOT_SPOKEN = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")
_MARKED = re.compile(r"^\s*(?:text|transcript|script|dialogue|line)\s*:\s*", re.I | re.M)
_DIRECTION = re.compile(
    r"^\s*(?:please\s+)?(?:say|read|speak|narrate|whisper|deliver|perform|announce|voice|shout|tell)\b[^:\n\"]{0,240}:\s+",
    re.I,
)


def spoken_text(prompt: str) -> str:
    """What of a speech prompt is to be heard: no direction ("Say warmly: ..."), no audio tags, no quotes around it."""
    marked = _MARKED.search(prompt)
    text = prompt[marked.end() :] if marked else _DIRECTION.sub("", prompt, count=1)
    text = re.sub(r"\s+", " ", _NOT_SPOKEN.sub(" ", text)).strip()
    if len(text) > 1 and text[0] in "\"“'" and text[-1] in "\"”'":
        text = text[1:-1].strip()
    return text


def direction_in(prompt: str) -> str:
    """What of a speech prompt says how it is to be spoken: all that stands before what is heard."""
    marked = _MARKED.search(prompt) or _DIRECTION.search(prompt)
    return prompt[: marked.end()] if marked else ""


def speak(text: str, voice: str, language: str = "en", rate: float = 1, pitch: float = 0) -> Speech:
    """Speak `text` in one of `VOICES`, in a language given as a BCP 47 tag, faster by a factor and higher by semitones.

    Directions and tags in the text are obeyed only so far as they are not read out. Raises ValueError for a voice or
    a language that does not exist and for text with nothing to say.
    """
    timbre = VOICES.get(voice)
    if timbre is None:
        raise ValueError(f"no voice is named {voice!r}; choose one of {', '.join(sorted(VOICES))}")
    words = spoken_text(text)
    if not any(c.isalnum() for c in words):
        raise ValueError("there is nothing to say: the text holds no word")
    if language.lower().split("-")[0] == "en":
        moved = replace(timbre, pace=timbre.pace * rate, pitch=timbre.pitch * 2 ** (pitch / 12))
        wave, times = _english().speak(words, moved)
    else:
        wave, times = espeak.utter(words, language, timbre.male, list(VOICES).index(voice), rate, pitch)
    return _trimmed(wave, times)


def _trimmed(wave: Wave, words: list[Word]) -> Speech:
    """Cut the silence around the words, bring the loudness to one level, and round to 16 bits."""
    begin = max(0, int((words[0].start - 0.12) * RATE)) if words else 0
    stop = min(len(wave), int((words[-1].end + 0.3) * RATE)) if words else len(wave)
    wave = wave[begin:stop]
    loud = float(np.sqrt(np.mean(wave**2))) or 1.0
    peak = float(np.max(np.abs(wave))) or 1.0
    gain = min(0.1 / loud, 0.95 / peak)
    offset = begin / RATE
    return Speech(
        samples=np.round(wave * gain * 32767).astype(np.int16),
        words=tuple(Word(w.text, round(w.start - offset, 3), round(w.end - offset, 3)) for w in words),
    )


@cache
def _english() -> _English:
    return _English()


class _English:
    """The neural voice with its durations laid open. Not re-entrant inside: one lock serialises speakers."""

    _FRAME = 0.025  # seconds for one unit of the model's durations
    _LONGEST = 400  # phonemes the model was trained to see at once

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tts = Hibari()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = with_output(Path(self._tts.model_path).read_bytes(), "/Clip_output_0")
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def speak(self, text: str, timbre: Timbre) -> tuple[Wave, list[Word]]:
        waves: list[Wave] = []
        words: list[Word] = []
        with self._lock:
            for sentence in self._tts.split_sentences(text):
                heard: list[Word] = []
                for units in self._chunks(sentence):
                    wave, times = self._chunk(units, timbre, offset=sum(map(len, waves)) / RATE)
                    waves.append(wave)
                    heard += times
                words += aligned(sentence.split(), heard)
        return np.concatenate(waves) if waves else np.zeros(1, np.float32), words

    def _chunks(self, sentence: str) -> list[list[tuple[str, str]]]:
        """The sentence as (text, phonemes) of its words, in runs short enough for the model."""
        tokens = self._tts.g2p.phonemize_tokens(self._tts.g2p.tokenize(normalize(sentence)))
        runs: list[list[tuple[str, str]]] = [[]]
        text = phonemes = ""
        for token in tokens:
            text, phonemes = text + token.text, phonemes + (token.phonemes or "")
            if token.whitespace or token is tokens[-1]:
                if sum(len(p) + 1 for _, p in runs[-1]) + len(phonemes) > self._LONGEST:
                    runs.append([])
                runs[-1].append((text, phonemes))
                text = phonemes = ""
        return [run for run in runs if any(p for _, p in run)]

    def _chunk(self, units: list[tuple[str, str]], timbre: Timbre, offset: float) -> tuple[Wave, list[Word]]:
        vocab = self._tts.vocab
        ids, owner = [0], [-1]
        for index, (_, phonemes) in enumerate(units):
            for char in (" " if index else "") + phonemes:
                if char in vocab:
                    ids.append(vocab[char])
                    owner.append(index if char.isalpha() or char in "ˈˌː" else -1)
        ids.append(0)
        owner.append(-1)
        outputs = self._session.run(
            None, {"ids": np.asarray([ids], np.int64), "speed": np.asarray([timbre.pace], np.float32)}
        )
        harmonics, turn, noise, free, phase, pitch = (o[0] for o in outputs[:6])
        wave = dsp.synth(
            *(_moved(part, timbre.formant) for part in (harmonics, turn, noise, free, phase)),
            pitch * timbre.pitch,
            np.random.default_rng(0),
        )
        marks = offset + np.concatenate([[0.0], np.cumsum(outputs[6])]) * self._FRAME
        return wave, _times(units, owner, marks)


def _times(units: list[tuple[str, str]], owner: list[int], marks: npt.NDArray[Any]) -> list[Word]:
    spans = {unit: [i for i, o in enumerate(owner) if o == unit] for unit in set(owner) - {-1}}
    return [Word(units[unit][0], float(marks[at[0]]), float(marks[at[-1] + 1])) for unit, at in sorted(spans.items())]


def _moved(spectrum: Wave, factor: float) -> Wave:
    """Stretch the frequency axis (first axis) of a spectrum by `factor`: longer or shorter vocal tract."""
    bins = len(spectrum)
    source = np.minimum(np.arange(bins) / factor, bins - 1)
    below = source.astype(int)
    above = np.minimum(below + 1, bins - 1)
    share = (source - below)[:, None].astype(np.float32)
    moved: Wave = spectrum[below] * (1 - share) + spectrum[above] * share
    return moved
