"""How loud a sound is, by EBU R 128: FFmpeg's own meter, run in this process."""

from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph

from postprod.sound.samples import Samples, decibels, in_decibels, silence
from ugcgen.domain.sound import AUDIO_RATE

SILENCE_LUFS = -60.0
"""What is quieter than this is taken for silence and not made louder."""

SPEECH_LUFS = -20.0
"""What voices and music are brought to before their volumes count."""

_GATE = -70.0
"""LUFS that the meter starts from: it has heard nothing louder."""

_MOST_GAIN = 24.0
"""dB by which a recording is made louder at most; more would be noise."""


@dataclass(frozen=True)
class Measured:
    """Integrated loudness in LUFS and true peak in dBTP; both are -inf for silence."""

    integrated: float
    true_peak: float


def measure(samples: Samples) -> Measured:
    """What the meter says of a sound. Less than a block of it, 0.4 s, is measured as if silence followed."""
    said = _metered(samples, "peak=true:metadata=1:framelog=quiet")
    return Measured(_integrated(said), in_decibels(float(said["lavfi.r128.true_peak"])))


def levelled(samples: Samples) -> Samples:
    """The sound at the loudness of speech, so that all voices are equally loud; silence stays silence."""
    found = _integrated(_metered(samples, "metadata=1:framelog=quiet"))
    if found < SILENCE_LUFS:
        return samples
    return samples * np.float32(decibels(min(SPEECH_LUFS - found, _MOST_GAIN)))


def _integrated(said: dict[str, str]) -> float:
    loudness = float(said["lavfi.r128.I"])
    return loudness if loudness > _GATE else -np.inf


def _metered(samples: Samples, options: str) -> dict[str, str]:
    """The last word of FFmpeg's meter on a sound."""
    meter = Graph()
    source = meter.add_abuffer(format="flt", sample_rate=AUDIO_RATE, layout="stereo", time_base=Fraction(1, AUDIO_RATE))
    meter.link_nodes(source, meter.add("ebur128", options), meter.add("abuffersink"))
    meter.configure()
    said: dict[str, str] = {}
    # The meter speaks every 0.1 s; silence at the end lets it finish its last word.
    rest = max(AUDIO_RATE // 10, AUDIO_RATE * 2 // 5 - len(samples))
    for chunk in (*np.split(samples, range(AUDIO_RATE, len(samples), AUDIO_RATE)), silence(rest)):
        frame = av.AudioFrame.from_ndarray(chunk.reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate = AUDIO_RATE
        meter.push(frame)
        said |= _said(meter)
    meter.push(None)
    said |= _said(meter)
    return said


def _said(meter: Graph) -> dict[str, str]:
    said: dict[str, str] = {}
    while True:
        try:
            said |= meter.pull().metadata
        except (av.BlockingIOError, av.EOFError):
            return said
