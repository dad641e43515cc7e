"""What an ad still wants: a list that says what to do, and what blocks."""

from typing import Any

import pytest

from agents.requirements import Missing, Readiness, missing
from tests.unit.functions.demo import BRIEF, OUTLINE
from ugcgen.domain.enums import Platform

READY = Readiness(brief=BRIEF, outline=OUTLINE, product_images=2, avatar_images=3)


def test_the_demo_job_wants_nothing() -> None:
    assert missing(READY) == []


@pytest.mark.parametrize(
    ("changes", "code", "field", "blocks", "said"),
    [
        ({"product_images": 0}, Missing.PRODUCT_IMAGES, "product_images", True, "label can be read"),
        ({"key_trouble": "GEMINI_API_KEY is not set"}, Missing.API_KEY, "api_key", True, "GEMINI_API_KEY is not set."),
        ({"avatar_images": 0}, Missing.AVATAR, "avatar_images", False, "3 to 10 photos"),
        ({"avatar_images": 2}, Missing.ANGLE_COVERAGE, "avatar_images", False, "front, left profile, right profile"),
        (
            {"brief": BRIEF.model_copy(update={"platform": Platform.TIKTOK})},
            Missing.PLATFORM,
            "platform",
            False,
            "40 s long; on tiktok those of 15 to 30 s",
        ),
        (
            {"brief": BRIEF.model_copy(update={"prompt": "A glow", "selling_points": []})},
            Missing.SCRIPT,
            "prompt",
            False,
            "selling_points",
        ),
        (
            {"outline": [OUTLINE[4].model_copy(update={"seconds": 30}), OUTLINE[1], OUTLINE[4]]},
            Missing.ARC,
            "scenes",
            False,
            "opens with a cta scene, before anybody knows why to look; scene 1 asks to act before the ad is told",
        ),
    ],
)
def test_each_thing_that_is_missing(
    changes: dict[str, Any], code: Missing, field: str, blocks: bool, said: str
) -> None:
    (found,) = missing(READY.model_copy(update=changes))
    assert (found.code, found.field, found.blocks) == (code, field, blocks)
    assert said in found.sentence


def test_what_blocks_comes_first() -> None:
    found = missing(READY.model_copy(update={"avatar_images": 0, "key_trouble": "none"}))
    assert [one.blocks for one in found] == [True, False]


def test_a_prompt_without_spaces_says_as_much_as_one_with_them() -> None:
    told = "友だちが洗面所で、朝のスキンケアに使っている美容液を見せてくれる。"
    assert (
        missing(READY.model_copy(update={"brief": BRIEF.model_copy(update={"prompt": told, "selling_points": []})}))
        == []
    )
