"""Runs: where something holds for a while, as pairs of a start and an end that is no more part of it."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Run = tuple[int, int]
Seconds = tuple[float, float]


def runs(mask: npt.NDArray[np.bool_], at_least: float = 1) -> list[Run]:
    """The runs of true in `mask` of at least so many entries, the longest first."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8))).reshape(-1, 2)
    found = [(int(start), int(end)) for start, end in edges if end - start >= at_least]
    return sorted(found, key=lambda run: (run[0] - run[1], run[0]))


def in_seconds(found: Iterable[Run], rate: float) -> list[Seconds]:
    """The same runs, of entries at `rate` a second."""
    return [(start / rate, end / rate) for start, end in found]
