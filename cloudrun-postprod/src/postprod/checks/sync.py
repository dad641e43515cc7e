"""Whether sound and picture keep together: their lengths, and each voice where the plan puts it.

A voice is looked for in the mix by its phase alone (GCC-PHAT), which music and ducking hardly touch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from postprod.checks.look import Samples
from postprod.checks.report import Check, found_at
from postprod.sound.voices import Voice
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE

_RATE = 16_000
_LONGEST = 4.0
"""Seconds of a voice that are looked for: enough to know it by."""
_REACH = 1.0
"""Seconds to either side of its place in which it is looked for."""
_SURE = 6.0
"""How far the peak must stand out, in standard deviations of everything else, to be the voice."""


@dataclass(frozen=True)
class Late:
    """The voice of scene `scene` (its index) is heard `seconds` after its place; before it, where that is negative."""

    scene: int
    start: float
    seconds: float


def sync_check(late: Sequence[Late], fps: int) -> Check:
    """The worst of them against one frame."""
    wrong = sorted((one for one in late if abs(one.seconds) >= 1 / fps), key=lambda one: -abs(one.seconds))
    worst = max((one.seconds for one in late), key=abs, default=0.0)
    return Check(
        name="sync",
        ok=not wrong,
        value=round(worst, 4),
        expected=f"every voice within {1 / fps:.4f} s of its place",
        stretches=found_at((one.start, one.start + 1) for one in wrong),
    )


def lateness(samples: Samples, voices: Sequence[Voice], media: Mapping[str, Path], fps: int) -> list[Late]:
    """How late each voice is, of those that are found for certain. One that is played faster is not looked for."""
    mix = _decimated(samples.mean(axis=1)) if len(samples) else np.zeros(0, np.float32)
    found = []
    for voice in voices:
        if voice.tempo != 1 or voice.source not in media:
            continue
        spoken = _mono(media[voice.source])[round(voice.skip * _RATE) :][: round(min(voice.seconds, _LONGEST) * _RATE)]
        start = voice.start / fps
        first = max(0, round((start - _REACH) * _RATE))
        heard = mix[first : round((start + voice.seconds + _REACH) * _RATE)]
        at = place(spoken, heard)
        if at is not None:
            found.append(Late(voice.scene, start, (first + at) / _RATE - start))
    return found


def place(spoken: npt.NDArray[np.float32], heard: npt.NDArray[np.float32]) -> int | None:
    """The sample of `heard` at which `spoken` begins, or None where nothing there stands out as it."""
    if not len(spoken) or len(heard) < len(spoken) // 2:
        return None
    size = 1 << (len(spoken) + len(heard)).bit_length()
    crossed = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(spoken, size))
    weight = np.abs(crossed)
    match = np.fft.irfft(crossed / (weight + 1e-3 * weight.max() + 1e-12), size)[: len(heard)]
    peak = int(np.argmax(match))
    return peak if match[peak] > _SURE * match.std() else None


def _decimated(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    step = AUDIO_RATE // _RATE
    whole = len(samples) // step * step
    return np.asarray(samples[:whole].reshape(-1, step).mean(axis=1), dtype=np.float32)


def _mono(recording: Path) -> npt.NDArray[np.float32]:
    try:
        with av.open(str(recording)) as container:
            resampler = av.AudioResampler(format="flt", layout="mono", rate=_RATE)
            frames = [*container.decode(audio=0), None]
            parts = [part.to_ndarray()[0] for frame in frames for part in resampler.resample(frame)]
    except (av.FFmpegError, IndexError) as error:
        raise MediaError(f"{recording.name} cannot be decoded as sound: {error}") from error
    return np.concatenate(parts).astype(np.float32)
