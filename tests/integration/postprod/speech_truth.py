"""Speech whose word times the synthesiser itself knows: the measure of what `postprod.words` finds."""

import functools
from pathlib import Path

import hibari  # type: ignore[import-untyped]
import numpy as np
import onnxruntime  # type: ignore[import-untyped]

from postprod.sound.words import Word

_DURATIONS = "/Clip_output_0"
_STEP = 0.025


@functools.cache
def _voice() -> tuple[hibari.Hibari, onnxruntime.InferenceSession]:
    """The bundled voice, and its model once more with the phoneme lengths, an inner value, as an output.

    A message's bytes may be followed by more of the same message, so the output is added by appending
    `ModelProto.graph (7) { GraphProto.output (12) { name (1) } }`.
    """
    name = _DURATIONS.encode()
    output = b"\x0a" + bytes([len(name)]) + name
    graph = b"\x62" + bytes([len(output)]) + output
    voice = hibari.Hibari()
    model = Path(voice.model_path).read_bytes() + b"\x3a" + bytes([len(graph)]) + graph
    return voice, onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def speak(text: str, out: Path) -> list[Word]:
    """Write `text` as speech to the WAV file `out`; give back each word with its true time."""
    voice, durations = _voice()
    words, parts, at = [], [], 0.0
    for sentence in voice.split_sentences(text):
        (phonemes,) = voice.phonemize(sentence)
        ids = np.asarray([voice.ids(phonemes)], np.int64)
        (steps,) = durations.run([_DURATIONS], {"ids": ids, "speed": np.ones(1, np.float32)})
        edges = at + np.concatenate([[0], np.cumsum(steps.reshape(-1))]) * _STEP
        words += _timed(sentence.split(), phonemes, edges[1:-1])
        sound = voice.from_phonemes(phonemes, seed=0)
        assert abs(len(sound) / hibari.SAMPLE_RATE - (edges[-1] - at)) < _STEP
        parts.append(sound)
        at += len(sound) / hibari.SAMPLE_RATE
    hibari.write_wav(str(out), np.concatenate(parts))
    return words


def _timed(written: list[str], phonemes: str, edges: np.ndarray) -> list[Word]:
    """Phonemes come as words between spaces; punctuation is a phoneme of its own and is silence."""
    spoken, at = [], 0
    for group in phonemes.split(" "):
        sounding = [at + n for n, sound in enumerate(group) if sound not in ',.!?;:—…"()“”']
        spoken.append((float(edges[sounding[0]]), float(edges[sounding[-1] + 1])))
        at += len(group) + 1
    assert len(spoken) == len(written), (written, phonemes)
    return [Word(text, *times) for text, times in zip(written, spoken, strict=True)]
