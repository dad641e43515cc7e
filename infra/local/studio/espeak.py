"""eSpeak NG through ctypes: many languages, word events, robotic but intelligible."""

from __future__ import annotations

import ctypes
import threading
from functools import cache
from typing import Any

import espeakng_loader  # type: ignore[import-untyped]
import numpy as np

from infra.local.studio.speech import RATE, Wave, Word, aligned

_RETRIEVAL = 1  # AUDIO_OUTPUT_RETRIEVAL: samples go to the callback
_EVENT_END, _EVENT_WORD = 0, 1
_UTF8 = 1
_RATE, _PITCH = 1, 3  # espeak_PARAMETER
_WORDS_A_MINUTE, _MIDDLE_PITCH = 175, 50  # its defaults; the pitch goes from 0 to 100 over two octaves


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Synthesizer:
    """The library keeps one global state and one callback, so one lock covers a whole utterance."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lib = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate: int = self._lib.espeak_Initialize(_RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), 0)
        if self.rate <= 0:
            raise RuntimeError("eSpeak NG could not be initialised with the data of the espeakng-loader package")
        self._samples: list[np.ndarray[Any, np.dtype[np.int16]]] = []
        self._events: list[tuple[int, int]] = []
        self._callback = _Callback(self._receive)
        self._lib.espeak_SetSynthCallback(self._callback)

    def _receive(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._samples.append(np.ctypeslib.as_array(wave, shape=(count,)).copy())
        index = 0
        while events[index].type != _EVENT_END:
            if events[index].type == _EVENT_WORD:
                self._events.append((events[index].text_position, events[index].audio_position))
            index += 1
        return 0

    def speak(self, text: str, voice: str, rate: float, pitch: float) -> tuple[Wave, list[tuple[int, float]]]:
        """Samples in [-1, 1] at `rate`, and (character position, seconds) of each word event."""
        with self._lock:
            self._samples, self._events = [], []
            if self._lib.espeak_SetVoiceByName(voice.encode()) != 0:
                raise ValueError(f"no voice speaks the language {voice.partition('+')[0]!r}")
            self._lib.espeak_SetParameter(_RATE, round(_WORDS_A_MINUTE * rate), 0)
            self._lib.espeak_SetParameter(_PITCH, max(0, min(100, round(_MIDDLE_PITCH + pitch * 100 / 24))), 0)
            raw = text.encode()
            self._lib.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, _UTF8, None, None)
            self._lib.espeak_Synchronize()
            wave = np.concatenate(self._samples).astype(np.float32) / np.float32(32768)
            return wave, [(position - 1, ms / 1000) for position, ms in self._events]


@cache
def _synthesizer() -> _Synthesizer:
    return _Synthesizer()


def utter(
    text: str, language: str, male: bool, variant: int, rate: float = 1, pitch: float = 0
) -> tuple[Wave, list[Word]]:
    """Speak `text`; `variant` chooses among the library's variants of a male or female voice, `rate` is a factor on
    its pace and `pitch` semitones.

    Raises ValueError when no voice speaks the language.
    """
    timbre = f"m{variant % 8 + 1}" if male else f"f{variant % 5 + 1}"
    engine = _synthesizer()
    wave, events = engine.speak(text, f"{_voice_of(language)}+{timbre}", rate, pitch)
    seconds = len(wave) / engine.rate
    at = np.arange(int(seconds * RATE)) * engine.rate / RATE
    resampled = np.interp(at, np.arange(len(wave)), wave).astype(np.float32)
    starts = [start for _, start in events] + [seconds]
    positions = [position for position, _ in events] + [len(text)]
    heard = [
        Word(chunk, start, end)
        for first, last, start, end in zip(positions, positions[1:], starts, starts[1:], strict=False)
        if (chunk := text[first:last].strip())
    ]
    # Function words come as one event with their neighbour: a chunk may hold two written words.
    return resampled, aligned(text.split(), heard) if heard else [Word(text, 0.0, seconds)]


def _voice_of(language: str) -> str:
    """eSpeak's own names where they differ from the language tag."""
    tag = language.lower()
    base = tag.split("-")[0]
    special = {"zh": "cmn", "no": "nb", "pt-br": "pt-br", "es-mx": "es-419", "es-us": "es-419", "fr-be": "fr-be"}
    return special.get(tag) or special.get(base) or base
