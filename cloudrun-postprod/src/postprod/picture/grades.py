"""The grades that come with the product, made by formula, and all changes of colour as one function of colour.

A colour is Y'CbCr after BT.709: luma from 0 to 1 and two colour differences from -0.5 to 0.5. In these a grade is a
curve for the luma, a factor for the colour, and a tint each for shadows and highlights. So luma depends on luma alone,
and what is added to the colours does too: curves can do all of it (see `Coloring.curves`), for less than a table costs.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ugcgen.domain.cube import Cube
from ugcgen.domain.look import Grade, Look

Pixels = npt.NDArray[np.float64]
"""Colours in the last axis, of three."""

_KR, _KB = 0.2126, 0.0722

_STEPS = 33
"""Along each side of a lattice."""


@dataclass(frozen=True)
class Recipe:
    """One grade. `contrast` bends the luma to an S (1 is the most that keeps it rising), `fade` lifts black and lowers
    white by as much of full scale, `chroma` scales colour; the tints are (Cb, Cr) added at black and at white, less
    towards the middle."""

    contrast: float = 0.0
    fade: float = 0.0
    chroma: float = 1.0
    shadows: tuple[float, float] = (0.0, 0.0)
    highlights: tuple[float, float] = (0.0, 0.0)

    @property
    def tinted(self) -> bool:
        return any((*self.shadows, *self.highlights))

    def luma(self, y: Pixels) -> Pixels:
        bent = y + self.contrast * y * (1 - y) * (2 * y - 1)
        return self.fade + (1 - 2 * self.fade) * bent

    def apply(self, color: Pixels) -> Pixels:
        y = color[..., :1]
        tint = (1 - y) ** 2 * np.array(self.shadows) + y**2 * np.array(self.highlights)
        return np.concatenate([self.luma(y), color[..., 1:] * self.chroma + tint], axis=-1)


RECIPES = {
    Grade.NONE: Recipe(),
    Grade.NATURAL: Recipe(contrast=0.22, chroma=1.04),
    Grade.WARM: Recipe(contrast=0.12, shadows=(-0.008, 0.006), highlights=(-0.045, 0.022)),
    Grade.COOL: Recipe(contrast=0.15, chroma=0.94, shadows=(0.022, -0.014), highlights=(0.018, -0.012)),
    Grade.FILM: Recipe(contrast=0.38, fade=0.035, chroma=0.9, shadows=(0.014, -0.022), highlights=(-0.035, 0.016)),
    Grade.VIBRANT: Recipe(contrast=0.3, chroma=1.25),
    Grade.MONO: Recipe(contrast=0.35, chroma=0.0),
}


@dataclass(frozen=True)
class Balance:
    """A correction of exposure and white: luma times `gain` plus `lift`, and what is added to the two colours."""

    gain: float = 1.0
    lift: float = 0.0
    cb: float = 0.0
    cr: float = 0.0

    def apply(self, color: Pixels) -> Pixels:
        y = np.clip(color[..., :1] * self.gain + self.lift, 0, 1)
        return np.concatenate([y, color[..., 1:] + np.array([self.cb, self.cr])], axis=-1)


@dataclass(frozen=True)
class Coloring:
    """All that is done to colours, in this order: the balance, the grade or table at its strength, the saturation."""

    balance: Balance = Balance()
    recipe: Recipe = Recipe()
    table: Cube | None = field(default=None, hash=False)
    strength: float = 1.0
    saturation: float = 1.0

    @classmethod
    def of(cls, look: Look, balance: Balance = Balance(), table: Cube | None = None) -> "Coloring":
        """The colours of `look`; `table` is the one that its `lut` names."""
        if look.strength == 0:
            return cls(balance, saturation=look.saturation)
        recipe = Recipe() if table else RECIPES[look.grade]
        return cls(balance, recipe, table, look.strength, look.saturation)

    @property
    def is_identity(self) -> bool:
        return self == Coloring(strength=self.strength)

    def apply(self, color: Pixels) -> Pixels:
        """The changed colours; may lie beyond what can be shown."""
        balanced = self.balance.apply(color)
        if self.table:
            graded = to_ycbcr(self._looked_up(np.clip(to_rgb(balanced), 0, 1)))
        else:
            graded = self.recipe.apply(balanced)
        mixed: Pixels = balanced + self.strength * (graded - balanced)
        scaled: Pixels = mixed * np.array([1, self.saturation, self.saturation])
        return scaled

    def curves(self) -> tuple[str, str, str]:
        """What becomes of luma, Cb and Cr, tints apart, as FFmpeg writes functions of an 8-bit code `val`.

        Not where there is a table.
        """
        balance, recipe, scale = self.balance, self.recipe, 1 + self.strength * (self.recipe.chroma - 1)
        bent = f"ld(0)+{recipe.contrast:.5g}*ld(0)*(1-ld(0))*(2*ld(0)-1)"
        graded = f"{recipe.fade:.5g}+{1 - 2 * recipe.fade:.5g}*({bent})"
        luma = f"clip(16.5+219*({self._balanced}*{1 - self.strength:.5g}+{self.strength:.5g}*({graded})),16,235)"
        cb, cr = (
            f"clip(128.5+{self.saturation * scale:.5g}*(val-128+{224 * shift:.5g}),16,240)"
            for shift in (balance.cb, balance.cr)
        )
        return luma, cb, cr

    def tints(self) -> tuple[str, str]:
        """What is added to Cb and Cr, and 128, as functions of the luma's code `val` before its curve."""
        cb, cr = (
            f"128.5+{224 * self.saturation * self.strength:.5g}"
            f"*({shadow:.5g}*pow(1-{self._balanced},2)+{highlight:.5g}*pow(ld(0),2))"
            for shadow, highlight in zip(self.recipe.shadows, self.recipe.highlights, strict=True)
        )
        return cb, cr

    @property
    def _balanced(self) -> str:
        """The luma from 0 to 1, which stays in variable 0."""
        return f"st(0,clip((val-16)/219*{self.balance.gain:.5g}+{self.balance.lift:.5g},0,1))"

    def lattice(self) -> Pixels:
        """What becomes of red, green and blue at even steps from 0 to 1, red changing fastest, as RGB of 0 to 1."""
        steps = np.linspace(0, 1, _STEPS)
        blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
        inputs = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
        return np.clip(to_rgb(self.apply(to_ycbcr(inputs))), 0, 1)

    def _looked_up(self, rgb: Pixels) -> Pixels:
        assert self.table
        low, high = np.array(self.table.low), np.array(self.table.high)
        place = np.clip((rgb - low) / (high - low), 0, 1) * (self.table.size - 1)
        return _curved(self._entries, place) if self.table.dimensions == 1 else _inside(self._entries, place)

    @cached_property
    def _entries(self) -> Pixels:
        assert self.table
        return np.array(self.table.entries).reshape(*[self.table.size] * self.table.dimensions, 3)


def to_ycbcr(rgb: Pixels) -> Pixels:
    """RGB of 0 to 1 as Y'CbCr after BT.709."""
    red, blue = rgb[..., 0], rgb[..., 2]
    y = _KR * red + (1 - _KR - _KB) * rgb[..., 1] + _KB * blue
    return np.stack([y, (blue - y) / (2 - 2 * _KB), (red - y) / (2 - 2 * _KR)], axis=-1)


def to_rgb(color: Pixels) -> Pixels:
    """Y'CbCr after BT.709 as RGB; colours that no screen shows lie outside 0 to 1."""
    y, cb, cr = np.moveaxis(color, -1, 0)
    red, blue = y + (2 - 2 * _KR) * cr, y + (2 - 2 * _KB) * cb
    return np.stack([red, (y - _KR * red - _KB * blue) / (1 - _KR - _KB), blue], axis=-1)


def _curved(entries: Pixels, place: Pixels) -> Pixels:
    steps = np.arange(len(entries))
    return np.stack([np.interp(place[..., n], steps, entries[:, n]) for n in range(3)], axis=-1)


def _inside(entries: Pixels, place: Pixels) -> Pixels:
    """Trilinear interpolation at `place` (red, green, blue in steps) of `entries`, indexed blue, green, red."""
    last = len(entries) - 1
    lower = np.minimum(place.astype(int), last - 1)
    part = place - lower
    found = np.zeros_like(place)
    for corner in np.ndindex(2, 2, 2):
        share = np.prod(np.where(corner, part, 1 - part), axis=-1, keepdims=True)
        red, green, blue = np.moveaxis(lower + corner, -1, 0)
        found += share * entries[blue, green, red]
    return found
