"""The last step of the sound: the loudness that the platform wants, as a file that was measured to have it.

One gain for the whole film wherever its peaks allow that. Peaks that would go over are turned down by a limiter that
looks ahead, and nothing else is. Lossy coding moves peaks a little, so it is the coded file that is measured, and coded
again until it is right.
"""

import tempfile
from pathlib import Path

import ffmpeg
import numpy as np
from ffmpeg.dag.nodes import OutputStream

from postprod.ffmpeg import Watch, run, whole_file
from postprod.probe import probe
from postprod.sound.loudness import SILENCE_LUFS, Measured, measure
from postprod.sound.samples import Samples, decibels, in_decibels, read
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE, SoundPlan

_CODEC_HEADROOM = 0.3
"""dB by which coding usually raises a peak."""

_CLOSE_ENOUGH = 0.2
"""LU from the wanted loudness at which the film is left as it is."""

_MOST_LIMITING = 15.0
"""dB by which a peak is turned down at most; a film of nothing but peaks stays quieter instead."""

_ROUNDS = 4

_BLOCK = AUDIO_RATE // 1000
_LOOK = 20
"""Blocks of 1 ms over which the limiter's gain goes down before a peak and comes back after it."""


def write_master(mixed: Samples, plan: SoundPlan, out: Path, watch: Watch) -> Measured:
    """Code the mix to `out`, AAC in MP4, as loud as planned. Gives what was measured of the file.

    Its true peak is at most the planned one. `master_volume` turns it down from there. What is silent stays silent.
    Raises MediaError if the file does not come out as long as the mix.
    """
    before = measure(mixed)
    wanted = plan.loudness_lufs if before.integrated > SILENCE_LUFS else before.integrated
    aim, ceiling = wanted, plan.true_peak_dbtp - _CODEC_HEADROOM
    with tempfile.TemporaryDirectory() as folder, whole_file(out) as part:
        raw = Path(folder) / "master.f32"
        for _ in range(_ROUNDS):
            loud, reached = _as_loud(mixed, before, aim, ceiling)
            (loud * np.float32(plan.master_volume)).tofile(raw)
            run(_encoded(raw, part), "bring the sound to its loudness", watch)
            _require_length(part, len(mixed))
            found = measure(read(part, "the finished sound"))
            if not np.isfinite(found.integrated):
                break
            lowered = in_decibels(plan.master_volume)
            over = found.true_peak - lowered - plan.true_peak_dbtp
            in_coding = reached - (found.integrated - lowered)
            if over <= 0 and abs(wanted + in_coding - aim) <= _CLOSE_ENOUGH:
                break
            ceiling -= over + 0.05 if over > 0 else 0
            aim = wanted + in_coding
    return found


def _as_loud(mixed: Samples, before: Measured, lufs: float, ceiling: float) -> tuple[Samples, float]:
    """The mix with no true peak above `ceiling` dBTP at `lufs`, or what loudness it reaches."""
    between = max(0.0, before.true_peak - in_decibels(float(np.abs(mixed).max(initial=0))))
    most = ceiling - before.true_peak + _MOST_LIMITING
    gain = min(lufs - before.integrated, most) if np.isfinite(before.integrated) else 0.0
    for _ in range(_ROUNDS):
        louder = mixed * np.float32(decibels(gain))
        loud = limited(louder, decibels(ceiling - between))
        reached = before.integrated + gain if loud is louder else measure(loud).integrated
        missing = lufs - reached
        if loud is louder or missing < _CLOSE_ENOUGH / 2 or gain == most:
            break
        gain = min(gain + missing, most)
    return loud, reached


def limited(samples: Samples, ceiling: float) -> Samples:
    """The sound with no sample over `ceiling`: around a peak all goes down together, smoothly, before it comes."""
    padded = np.pad(np.abs(samples).max(axis=1), (0, -len(samples) % _BLOCK))
    peaks = padded.reshape(-1, _BLOCK).max(axis=1)
    if not peaks.size or peaks.max() <= ceiling:
        return samples
    allowed = np.minimum(1, ceiling / np.maximum(peaks, ceiling))
    # Each block is held at the least gain of its neighbours, one further than the smoothing reaches, so that neither
    # that nor the straight lines between the blocks' middles come above what any peak allows.
    reach = _LOOK + 1
    around = np.lib.stride_tricks.sliding_window_view(np.pad(allowed, reach, constant_values=1), 2 * reach + 1)
    window = np.hanning(2 * _LOOK + 3)[1:-1]
    gains = np.convolve(np.pad(around.min(axis=1), _LOOK, mode="edge"), window / window.sum(), "valid")
    middles = (np.arange(len(gains)) + 0.5) * _BLOCK - 0.5
    gain = np.interp(np.arange(len(samples)), middles, gains).astype(np.float32)
    held: Samples = samples * gain[:, None]
    return held


def _encoded(raw: Path, out: Path) -> OutputStream:
    source = ffmpeg.input(raw, f="f32le", extra_options={"ar": AUDIO_RATE, "ac": 2})
    return source.audio.output(
        filename=out,
        f="mp4",
        acodec="aac",
        bitexact=True,
        map_metadata="-1",
        extra_options={"b:a": "192k"},
    )


def _require_length(out: Path, length: int) -> None:
    sound = probe(out).sound
    found = round(sound.seconds * AUDIO_RATE) if sound else 0
    if found != length:
        raise MediaError(f"the sound came out with {found} samples instead of {length}")
