"""What can be wrong with sound, found in a film's samples: silence, clipping, another loudness than planned."""

from collections.abc import Sequence
from math import log10

import numpy as np

from postprod.checks.look import Samples, Seen
from postprod.checks.report import Check, Severity, found_at
from postprod.checks.runs import Seconds, in_seconds, runs
from ugcgen.domain.sound import AUDIO_RATE, SoundPlan

QUIETEST = -60.0
"""LUFS below which a film has no sound to speak of."""
SILENT_SECONDS = 3.0
MISSED_SECONDS = 1.0
"""Seconds of a silence in which somebody should speak that are a fault."""
FLAT = 3
"""So many samples in a row at full scale are a clipped wave; a single one is its peak."""
LOUDNESS_TOLERANCE = 1.0
PEAK_TOLERANCE = 0.3

_FLOOR = -99.0
"""The figure told in place of minus infinity."""
_HOP = AUDIO_RATE // 100
_SILENT = 10 ** (-50 / 20)
_FULL_SCALE = 0.999
_NEAR = 0.1
"""Seconds between clipped waves that are told as one."""


def sound_checks(seen: Seen, plan: SoundPlan, spoken: Sequence[Seconds]) -> list[Check]:
    """Loudness, true peak, clipping and silence. `spoken` is when somebody should be heard speaking."""
    wanted = plan.loudness_lufs + 20 * log10(max(plan.master_volume, 1e-3))
    quiet = (seen.loudness or 0.0) < QUIETEST and (not spoken or wanted < QUIETEST)
    silent, cut = silences(seen.samples, SILENT_SECONDS), clippings(seen.samples)
    missed = any(_shared(stretch, said) > MISSED_SECONDS for stretch in silent for said in spoken)
    return [
        *_level_checks(seen, plan, wanted, quiet),
        Check(
            name="clipping",
            ok=not cut,
            value=len(cut),
            expected=f"no {FLAT} samples in a row at full scale",
            stretches=found_at(cut),
        ),
        Check(
            name="silence",
            ok=quiet or not silent,
            value=len(silent),
            expected=f"no silence for {SILENT_SECONDS} s, least of all where somebody speaks",
            stretches=found_at(silent),
            severity=Severity.FAIL if missed else Severity.WARN,
        ),
    ]


def _level_checks(seen: Seen, plan: SoundPlan, wanted: float, quiet: bool) -> list[Check]:
    loudness, peak = (max(value or 0.0, _FLOOR) for value in (seen.loudness, seen.true_peak))
    return [
        Check(
            name="loudness",
            ok=quiet or abs(loudness - wanted) <= LOUDNESS_TOLERANCE,
            value=loudness,
            expected=f"{wanted:.1f} LUFS within {LOUDNESS_TOLERANCE:g}",
        ),
        Check(
            name="true_peak",
            ok=peak <= plan.true_peak_dbtp + PEAK_TOLERANCE,
            value=peak,
            expected=f"at most {plan.true_peak_dbtp:g} dBTP within {PEAK_TOLERANCE:g}",
        ),
    ]


def silences(samples: Samples, at_least: float) -> list[Seconds]:
    """Where nothing above -50 dB is heard for so many seconds, the longest first."""
    hops = len(samples) // _HOP
    power = np.square(samples[: hops * _HOP]).reshape(hops, -1).mean(axis=1)
    return in_seconds(runs(power < _SILENT**2, at_least * 100), 100)


def clippings(samples: Samples) -> list[Seconds]:
    """Where waves are cut flat at full scale, the longest first."""
    flat = np.max(np.abs(samples), axis=1) >= _FULL_SCALE
    cut: list[Seconds] = []
    for start, end in in_seconds(sorted(runs(flat, FLAT)), AUDIO_RATE):
        if cut and start - cut[-1][1] < _NEAR:
            cut[-1] = (cut[-1][0], end)
        else:
            cut.append((start, end))
    return sorted(cut, key=lambda run: run[0] - run[1])


def _shared(one: Seconds, other: Seconds) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])
