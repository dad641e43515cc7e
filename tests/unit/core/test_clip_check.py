"""A clip that its model cannot make is refused before anything is paid, with the nearest that it can."""

from typing import Any

import pytest

from ugcgen.domain.errors import InvalidInput
from ugcgen.models import video
from ugcgen.models.catalog import catalog
from ugcgen.models.clip import ClipOrder, Footage
from ugcgen.models.media import Picture

VEO = catalog().models["veo-3.1-lite-generate-001"]
PHOTO = Picture(name="p.png", sha256="0", label="a photo")
FOOTAGE = Footage(operation="o", video="v", sha256="0", seconds=4)


def order(**changes: Any) -> ClipOrder:
    usual = {"prompt": "A jar", "negative": "", "seconds": 4, "ratio": "9:16", "resolution": "720p", "seed": 1}
    return ClipOrder.model_validate(usual | changes)


@pytest.mark.parametrize(
    "changes", [{}, {"seconds": 8, "ratio": "16:9"}, {"seconds": 7, "extends": FOOTAGE}, {"references": (PHOTO,) * 3}]
)
def test_what_the_model_makes_is_let_through(changes: dict[str, Any]) -> None:
    video.check(VEO, order(**changes))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"seconds": 5}, "seconds", "makes clips of 4, 6 or 8 s, not 5; the nearest are 4 and 6"),
        ({"seconds": 6, "extends": FOOTAGE}, "seconds", "extends by 7 s, not 6; the nearest is 7"),
        ({"ratio": "1:1"}, "aspect_ratio", "makes 9:16 and 16:9, not 1:1; the nearest is 9:16"),
        ({"resolution": "4k"}, "quality", "makes 720p and 1080p, not 4k; the nearest is 1080p"),
        ({"resolution": "360p"}, "quality", "makes 720p and 1080p, not 360p; the nearest is 720p"),
        ({"references": (PHOTO,) * 4}, None, "takes at most 3 reference pictures, not 4"),
        ({"references": (PHOTO,), "first_frame": PHOTO}, None, "takes reference pictures or a first and last frame"),
    ],
)
def test_what_it_does_not_make_is_refused(changes: dict[str, Any], field: str | None, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        video.check(VEO, order(**changes))
    assert str(refused.value).startswith(f"{VEO.id} {sentence}")
    assert refused.value.field == field


def test_a_model_that_cannot_extend_says_so() -> None:
    with pytest.raises(InvalidInput, match="cannot extend a clip"):
        video.check(VEO.model_copy(update={"extension_lengths": ()}), order(seconds=7, extends=FOOTAGE))
