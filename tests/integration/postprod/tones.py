"""Tones of different pitch that stand for the sounds of a film, so that each can be looked for alone in the mix."""

from pathlib import Path
from typing import Any

import numpy as np

from postprod.sound.mix import mix
from postprod.sound.samples import Samples
from postprod.sound.voices import Voice
from ugcgen.domain.edit import Edit, Join, SceneCut
from ugcgen.domain.sound import AUDIO_RATE, SoundKind
from ugcgen.pipeline.timeline import lay_out

MUSIC, EFFECT, VOICEOVER = SoundKind.MUSIC, SoundKind.EFFECT, SoundKind.VOICEOVER
LOW, MIDDLE, HIGH = 300, 1000, 3000
SPOKEN = 2000
"""Hertz of the tones, the last in place of a voice."""

MONO = -20 * np.log10(np.sqrt(2))
"""dB of one channel's sound in each of two: the power stays the same."""


def sine(hertz: float, seconds: float, level: float = 0.1) -> np.ndarray:
    return level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * AUDIO_RATE)) / AUDIO_RATE)


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
