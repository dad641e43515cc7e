"""How well a similarity tells what is the same from what is another: rates of error, with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from postprod.likeness.calibration import Curve

USELESS = 0.2
"""An equal error rate from which a trait is no evidence."""


def wilson(errors: int, of: int) -> tuple[float, float]:
    """The 95 % confidence interval of a rate, by Wilson."""
    if of == 0:
        return 0.0, 1.0
    z, share = 1.96, errors / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Trial:
    """Raw similarities of what is the same and of what is another. Distances have ``falls``: less is more alike."""

    same: Sequence[float]
    other: Sequence[float]
    falls: bool = False

    @property
    def auc(self) -> float:
        """The chance that the same is more alike than another, by Mann and Whitney."""
        same, other = self._alike
        return float(np.mean((same[:, None] > other) + 0.5 * (same[:, None] == other)))

    @property
    def equal_error(self) -> tuple[float, float]:
        """The raw value at which both kinds of error are as frequent, the middle where several are, and the rate."""
        same, other = self._alike
        cuts = np.unique(np.concatenate([same, other]))
        cuts = np.concatenate([cuts, (cuts[1:] + cuts[:-1]) / 2])
        worst = np.array([max(float((same < cut).mean()), float((other >= cut).mean())) for cut in cuts])
        best = cuts[worst <= worst.min() + 1e-9]
        return float(self._way * (best.min() + best.max()) / 2), float(worst.min())

    def errors(self, curve: Curve, threshold: float) -> tuple[int, int]:
        """What is the same and scores below the threshold, and what is another and does not."""
        rejected = sum(curve.at(raw) < threshold for raw in self.same)
        accepted = sum(curve.at(raw) >= threshold for raw in self.other)
        return rejected, accepted

    def points(self) -> list[tuple[float, float]]:
        """The ROC at a few rates: how much of another passes (as the same), and how much of the same does."""
        same, other = self._alike
        cuts = [np.quantile(other, 1 - rate) for rate in (0.01, 0.05, 0.1, 0.2)]
        return [(float((other > cut).mean()), float((same > cut).mean())) for cut in cuts]

    def curve(self) -> Curve | None:
        """Scores for raw values; None where the trait is no evidence.

        0.65 is the point of equal error: below it, another is likelier than the same. 0.75 lies half-way from there
        to the first tenth of the same, 0.9 is the median of the same and 1 its best twentieth; 0.25 is the median of
        the others, 0 their least twentieth.
        """
        same, other = self._alike
        raw, rate = self.equal_error
        equal = self._way * raw
        tenth = float(np.quantile(same, 0.1))
        if rate >= USELESS:
            return None
        points = [
            (float(np.quantile(other, 0.05)), 0.0),
            (min(float(np.quantile(other, 0.5)), float(np.quantile(same, 0.01))), 0.25),
            (equal, 0.65),
            ((equal + max(tenth, equal)) / 2, 0.75),
            (float(np.quantile(same, 0.5)), 0.9),
            (float(np.quantile(same, 0.95)), 1.0),
        ]
        # Where two points fall together, the better score is the one that is earned there.
        rising = points[:1]
        for value, score in points[1:]:
            if value > rising[-1][0]:
                rising.append((value, score))
            else:
                rising[-1] = rising[-1][0], score
        return Curve(raw=[round(self._way * value, 4) for value, _ in rising], score=[score for _, score in rising])

    @property
    def _way(self) -> int:
        return -1 if self.falls else 1

    @property
    def _alike(self) -> tuple[np.ndarray, np.ndarray]:
        return self._way * np.array(self.same), self._way * np.array(self.other)
