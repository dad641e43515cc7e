import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark

from postprod.picture.grades import RECIPES, Balance, Coloring, to_rgb, to_ycbcr
from postprod.picture.match import NEUTRAL, Palette, balance
from ugcgen.domain.cube import Cube
from ugcgen.domain.look import Grade, Look

PLAIN = Look.plain()
COLORS = np.random.default_rng(1).random((200, 3))
unit = st.floats(0.02, 0.98)
palettes = st.builds(Palette, unit, st.floats(0, 0.5), st.floats(-0.4, 0.4), st.floats(-0.4, 0.4))


def lut(change, size: int = 9) -> Cube:
    steps = np.linspace(0, 1, size)
    entries = [tuple(change(np.array([r, g, b]))) for b in steps for g in steps for r in steps]
    return Cube(3, size, (0, 0, 0), (1, 1, 1), tuple(entries))


def rgb(coloring: Coloring) -> np.ndarray:
    return to_rgb(coloring.apply(to_ycbcr(COLORS)))


def test_primaries_have_the_luma_of_the_standard() -> None:
    assert to_ycbcr(np.eye(3))[:, 0] == approx([0.2126, 0.7152, 0.0722])
    assert to_rgb(to_ycbcr(COLORS)) == approx(COLORS)


def test_a_plain_look_changes_no_color() -> None:
    assert Coloring.of(PLAIN).is_identity
    assert rgb(Coloring.of(PLAIN)) == approx(COLORS)
    assert Coloring.of(PLAIN).lattice() == approx(np.clip(Coloring().lattice(), 0, 1))


@mark.parametrize("grade", list(Grade))
def test_at_no_strength_every_grade_is_none(grade: Grade) -> None:
    assert Coloring.of(PLAIN.model_copy(update={"grade": grade, "strength": 0})).is_identity


@mark.parametrize("grade", [grade for grade in Grade if grade is not Grade.NONE])
def test_strength_goes_evenly_from_the_clip_to_the_grade(grade: Grade) -> None:
    full, half = (Coloring.of(PLAIN.model_copy(update={"grade": grade, "strength": s})) for s in (1.0, 0.5))
    assert np.abs(rgb(full) - COLORS).max() > 0.03
    assert rgb(half) == approx((rgb(full) + COLORS) / 2)


@mark.parametrize("grade", list(Grade))
def test_brighter_stays_brighter(grade: Grade) -> None:
    assert np.all(np.diff(RECIPES[grade].luma(np.linspace(0, 1, 256))) > 0)


def test_saturation_scales_color_and_leaves_luma() -> None:
    before, after = (to_ycbcr(c) for c in (COLORS, rgb(Coloring(saturation=0.9))))
    assert after[:, 0] == approx(before[:, 0])
    assert after[:, 1:] == approx(0.9 * before[:, 1:])


def test_a_table_is_looked_up_and_takes_the_place_of_the_grade() -> None:
    swapped = lut(lambda color: color[::-1])
    look = PLAIN.model_copy(update={"grade": Grade.FILM, "lut": "stored"})
    assert rgb(Coloring.of(look, table=swapped)) == approx(COLORS[:, ::-1])
    half = look.model_copy(update={"strength": 0.5})
    assert rgb(Coloring.of(half, table=swapped)) == approx((COLORS + COLORS[:, ::-1]) / 2)


def test_a_curve_works_on_each_channel_over_its_range() -> None:
    table = Cube(1, 3, (0, 0, 0), (2, 1, 1), ((0, 0, 0), (1, 0.25, 0.5), (1, 1, 1)))
    found = rgb(Coloring(table=table))
    assert found[:, 0] == approx(COLORS[:, 0])
    assert found[:, 1] == approx(np.interp(COLORS[:, 1], [0, 0.5, 1], [0, 0.25, 1]))
    assert found[:, 2] == approx(COLORS[:, 2])


@given(palettes, palettes)
def test_matching_is_bounded_whatever_the_clip(own: Palette, reference: Palette) -> None:
    found = balance(own, reference)
    assert 1 / 1.16 < found.gain < 1.16
    assert abs(found.gain * own.brightness + found.lift - own.brightness) < 0.062
    assert max(abs(found.cb), abs(found.cr)) <= 0.02


def test_a_clip_near_the_palette_goes_half_of_the_way() -> None:
    own = Palette(NEUTRAL.brightness + 0.04, NEUTRAL.contrast, NEUTRAL.cb - 0.02, NEUTRAL.cr)
    found = balance(own, NEUTRAL)
    assert found == Balance(gain=1.0, lift=approx(-0.02), cb=approx(0.01), cr=0.0)
    assert balance(NEUTRAL, NEUTRAL) == Balance()
