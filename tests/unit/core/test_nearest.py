import pytest

from ugcgen.models import ability
from ugcgen.models.catalog import catalog
from ugcgen.models.nearest import nearest_lengths, nearest_name, nearest_ratio, nearest_step

VEO = catalog().models["veo-3.1-lite-generate-001"]


@pytest.mark.parametrize(
    ("wanted", "near"), [(5, [4, 6]), (1, [4]), (9, [8]), (7.5, [6, 8])], ids=["between", "below", "above", "half"]
)
def test_a_length_has_neighbours(wanted: float, near: list[float]) -> None:
    assert nearest_lengths(wanted, (4, 6, 8)) == near


def test_the_lengths_that_can_be_had_are_said() -> None:
    assert ability.no_length(VEO, 5, extends=False) == "makes clips of 4, 6 or 8 s, not 5; the nearest are 4 and 6"
    assert ability.no_length(VEO, 12, extends=False) == "makes clips of 4, 6 or 8 s, not 12; the nearest is 8"
    assert ability.no_length(VEO, 4, extends=True) == "extends by 7 s, not 4; the nearest is 7"
    still = VEO.model_copy(update={"extension_lengths": ()})
    assert ability.no_length(still, 4, extends=True) == "cannot extend a clip"


@pytest.mark.parametrize(("ratio", "near"), [("4:5", "1:1"), ("3:2", "16:9"), ("2:3", "9:16"), ("1:1", "1:1")])
def test_a_ratio_has_a_nearest_shape(ratio: str, near: str) -> None:
    assert nearest_ratio(ratio, ("9:16", "16:9", "1:1")) == near


def test_a_square_is_as_far_from_upright_as_from_wide() -> None:
    assert nearest_ratio("1:1", ("9:16", "16:9")) == "9:16"


@pytest.mark.parametrize(
    ("wanted", "offered", "step"),
    [
        ("360p", ("720p", "1080p"), "720p"),
        ("1080p", ("720p", "1080p", "4k"), "1080p"),
        ("1080p", ("4k", "720p"), "4k"),
        ("4k", ("720p", "1080p"), None),
        ("2K", ("1K", "4K"), "4K"),
    ],
)
def test_a_step_is_never_below_what_was_wanted(wanted: str, offered: tuple[str, ...], step: str | None) -> None:
    assert nearest_step(wanted, offered) == step


def test_a_name_that_looks_like_no_other_has_no_nearest() -> None:
    assert nearest_name("Korre", ["Kore", "Orus"]) == "Kore"
    assert nearest_name("zzz", ["Kore", "Orus"]) is None
