"""What a cut makes of a job: its shapes, sizes and qualities, and what cannot be cut at all."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.unit.core.jobs import LIMITS, brief
from ugcgen.domain.brief import Brief
from ugcgen.domain.cut import Cut
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import AspectRatio, Platform, Quality
from ugcgen.domain.errors import InvalidInput
from ugcgen.pipeline.cutting import check_cut, edit_of, film_quality, framings, picture_size
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.plan import plan


def cut_as(**cut: Any) -> Brief:
    return brief(4, 4).model_copy(update={"cut": Cut.model_validate(cut)})


def test_a_film_is_made_once_in_every_shape_as_large_and_good_as_anything_asks_for() -> None:
    wanted = cut_as(
        outputs=[
            {"resolution": "720p"},
            {"resolution": "4k", "quality": "high"},
            {"ratio": "1:1", "resolution": "720p", "quality": "draft"},
        ]
    )
    assert framings(wanted) == [AspectRatio.PORTRAIT, AspectRatio.SQUARE]
    assert picture_size(wanted, AspectRatio.PORTRAIT) == (2160, 3840)
    assert picture_size(wanted, AspectRatio.SQUARE) == (720, 720)
    assert film_quality(wanted, AspectRatio.PORTRAIT) is Quality.HIGH
    assert film_quality(wanted, AspectRatio.SQUARE) is Quality.DRAFT
    units = plan(wanted, outline(wanted, LIMITS), reviewed=False)
    assert {"post_production-film", "post_production-1x1-film", "post_production-1x1-body-02"} <= units.keys()
    assert units["post_production-1x1-film"].needs >= {"post_production-sound"}
    assert units["quality_check"].needs == {"post_production-film", "post_production-1x1-film"}


def test_a_transition_of_the_cut_is_a_part_of_the_film() -> None:
    wanted = cut_as(transitions={1: {"kind": "dissolve", "seconds": 0.25}})
    scenes = outline(wanted, LIMITS)
    assert "post_production-join-01" in plan(wanted, scenes, reviewed=False)
    assert "post_production-join-01" not in plan(brief(4, 4), scenes, reviewed=False)
    [join] = edit_of(wanted, scenes, AspectRatio.PORTRAIT).joins
    assert (join.kind, join.frames) == (TransitionKind.DISSOLVE, 6)


def test_a_clip_is_changed_in_seconds_and_shown_in_frames() -> None:
    wanted = cut_as(clips={2: {"trim_start": 0.5, "seconds": 2, "speed": 1.5, "fade_out": 0.5, "muted": True}})
    first, second = edit_of(wanted, outline(wanted, LIMITS), AspectRatio.PORTRAIT).scenes
    assert (first.frames, first.speed, first.clip_volume) == (96, 1, 0.35)
    assert (second.frames, second.trim_start, second.speed) == (48, 0.5, 1.5)
    assert (second.fade_out, second.clip_volume) == (12, 0)


@pytest.mark.parametrize(
    ("cut", "sentence"),
    [
        ({"clips": {3: {}}}, "cut.clips go by scene, 1 to 2 here, not 3"),
        ({"transitions": {2: {"kind": "fade"}}}, "cut.transitions go by scene, 1 to 1 here, not 2"),
        ({"clips": {1: {"seconds": 1, "fade_in": 2}}}, "scene 1 has 24 frames, fewer than it fades"),
        ({"clips": {1: {"seconds": 1}}, "transitions": {1: {"kind": "fade", "seconds": 2}}}, "its transitions need"),
    ],
)
def test_what_cannot_be_cut_is_told_before_anything_is_paid(cut: dict[str, Any], sentence: str) -> None:
    wanted = cut_as(**cut)
    with pytest.raises(InvalidInput, match=sentence):
        check_cut(wanted, outline(wanted, LIMITS))


def test_only_where_the_platform_says_it_the_film_need_not() -> None:
    silent = {"product_name": "Dew", "prompt": "A morning", "cut": {"disclosure": {"shown": False}}}
    assert not Brief.model_validate(silent | {"platform": Platform.TIKTOK}).cut.disclosure.shown
    with pytest.raises(ValidationError, match="general has no label of its own"):
        Brief.model_validate(silent | {"platform": Platform.GENERAL})
