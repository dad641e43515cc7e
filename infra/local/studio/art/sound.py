"""What a clip sounds like: the tone of the place, small noises of hands and things, and the line that is spoken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from infra.local.studio.voice import VOICES, speak

from .words import Place, Scene, spoken_line

RATE = 48_000

Stereo = np.ndarray[Any, np.dtype[np.float32]]
"""Two rows of samples, -1 to 1, at RATE."""
Mono = np.ndarray[Any, np.dtype[np.float32]]

# Level of the tone in dBFS, and the corner frequencies (Hz) of its low and high edge.
_ROOMS: dict[Place, tuple[float, float, float]] = {
    "bedroom": (-56, 60, 900),
    "kitchen": (-51, 50, 1400),
    "office": (-52, 90, 1800),
    "car": (-44, 30, 260),
    "outdoor": (-47, 200, 3200),
    "bathroom": (-54, 120, 2600),
    "living room": (-55, 60, 1000),
    "gym": (-48, 60, 1600),
    "cafe": (-45, 180, 1500),
    "backdrop": (-58, 80, 1200),
}


@dataclass(frozen=True)
class Sound:
    """The sound of a clip, and how loud the voice in it is at every frame (0 to 1; all zero when nobody speaks)."""

    samples: Stereo
    voice: Mono


def record(prompt: str, scene: Scene, seconds: float, fps: float, seed: int, said: float = 0.0) -> Sound:
    """The sound of `seconds` of a scene, whose line began `said` seconds before it.

    Raises ValueError if the line cannot be spoken.
    """
    count = round(seconds * RATE)
    dice = np.random.default_rng([seed & 0xFFFFFFFF, 48])
    mix = _room(scene.place, count, dice)
    for start in _noises(scene, seconds, dice):
        _add(mix, _rustle(dice), start)
    line = spoken_line(prompt)
    voice = np.zeros(count, np.float32)
    if line:
        spoken = _spoken(line, scene.text)
        place = round((0.3 if len(spoken) < count - 0.4 * RATE else 0.05) * RATE) if not said else 0
        spoken = spoken[round(said * RATE) :]
        heard = spoken[: max(0, count - place)]
        if len(heard) < len(spoken):
            heard = heard * np.minimum(1, np.arange(len(heard), 0, -1, dtype=np.float32) / (0.08 * RATE))
        voice[place : place + len(heard)] = heard
        mix += voice
    edge = np.minimum(1, np.arange(count, dtype=np.float32) / (0.01 * RATE))
    return Sound(
        np.clip(mix * edge * edge[::-1], -1, 1).astype(np.float32), _loudness(voice, round(seconds * fps), fps)
    )


def _spoken(line: str, text: str) -> Mono:
    """The line at RATE, at the level of a person close to the camera."""
    named = next((name for name in VOICES if re.search(rf"voice\b[^.\n]{{0,40}}\b{name.lower()}\b", text)), None)
    language = re.search(r"\blanguage\W{1,4}([a-z]{2}(?:-[a-z]{2})?)\b", text)
    masculine = len(re.findall(r"\b(?:man|male|he|his|guy)\b", text)) > len(
        re.findall(r"\b(?:woman|female|she|her|girl)\b", text)
    )
    speech = speak(line, named or ("Puck" if masculine else "Kore"), language.group(1) if language else "en")
    wave = speech.samples.astype(np.float32) / 32768
    at = np.arange(round(len(wave) * RATE / speech.rate)) * (speech.rate / RATE)
    wave = np.interp(at, np.arange(len(wave)), wave).astype(np.float32)
    loud = float(np.sqrt(np.mean(wave[np.abs(wave) > 0.01] ** 2))) if np.any(np.abs(wave) > 0.01) else 1.0
    return np.asarray(np.clip(wave * (0.13 / loud), -0.95, 0.95), np.float32)


def _room(place: Place, count: int, dice: np.random.Generator) -> Stereo:
    """Noise shaped like the air of a place; outdoors the wind comes and goes and a bird calls."""
    level, low, high = _ROOMS[place]
    # One spectrum of a power of two is far cheaper than a prime length; the noise repeats after 5.5 s unheard.
    length = 1 << 18
    frequency = np.fft.rfftfreq(length, 1 / RATE)
    shape = (
        1
        / (1 + (frequency / high) ** 2)
        * (frequency**2 / (frequency**2 + low**2))
        / np.sqrt(np.maximum(frequency, 20))
    )
    phases = np.exp(2j * np.pi * dice.random((2, len(frequency))))
    noise = np.fft.irfft(phases * shape, length).astype(np.float32)
    tone = np.tile(noise * (10 ** (level / 20) / noise.std()), -(-count // length))[:, :count]
    if place == "outdoor":
        t = np.arange(count) / RATE
        tone *= (1 + 0.4 * np.sin(2 * np.pi * 0.13 * t + dice.random())).astype(np.float32)
        for start in dice.uniform(0.3, max(0.4, count / RATE - 0.5), 2):
            _add(tone, _chirp(dice), float(start))
    return np.ascontiguousarray(tone, np.float32)


def _chirp(dice: np.random.Generator) -> Mono:
    t = np.arange(round(0.22 * RATE)) / RATE
    pitch = 3200 + 500 * dice.random() + 700 * np.sin(2 * np.pi * 14 * t)
    call = 0.006 * np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.sin(np.pi * t / t[-1]) ** 2
    return np.asarray(call, np.float32)


def _noises(scene: Scene, seconds: float, dice: np.random.Generator) -> list[float]:
    """When a hand or a thing is heard, in seconds."""
    busy = {"unboxing": 1.2, "applying": 0.5, "holding": 0.3, "pointing": 0.3, "at table": 0.4}.get(scene.action, 0.12)
    return [
        float(start) for start in np.sort(dice.uniform(0.2, max(0.3, seconds - 0.3), max(1, round(busy * seconds))))
    ]


def _rustle(dice: np.random.Generator) -> Mono:
    """A soft touch: noise that falls away within a fifth of a second."""
    t = np.arange(round(0.2 * RATE)) / RATE
    grains = np.convolve(dice.standard_normal(len(t)), np.ones(6) / 6, "same")
    level = 0.012 * (0.5 + dice.random())
    return (level * grains * np.exp(-t / (0.02 + 0.04 * dice.random())) * np.minimum(1, t / 0.004)).astype(np.float32)


def _add(mix: Stereo, sound: Mono, start: float) -> None:
    place = round(start * RATE)
    room = max(0, min(len(sound), mix.shape[1] - place))
    mix[:, place : place + room] += sound[:room]


def _loudness(voice: Mono, frames: int, fps: float) -> Mono:
    """The voice's level at each frame, 1.0 where it is loud."""
    if not voice.any():
        return np.zeros(frames, np.float32)
    window = round(RATE / fps)
    padded = np.pad(voice, (0, window))
    starts = (np.arange(frames) * RATE / fps).astype(int)
    level = np.array([np.sqrt(np.mean(padded[start : start + window] ** 2)) for start in starts])
    return np.asarray(np.clip(level / max(float(np.percentile(level[level > 0.005], 85)), 0.01), 0, 1), np.float32)
