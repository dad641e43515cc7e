import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.jobs import LIMITS
from ugcgen.domain.brief import MAX_SCENES, Brief, ClipLimits, SceneWish
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import Platform, SceneJoin, SceneType
from ugcgen.domain.errors import InvalidInput
from ugcgen.pipeline.outline import DEFAULT_SECONDS, arc, extension_steps, outline

VEO = ClipLimits(model="veo", lengths=(4, 6, 8), extension_lengths=(7,), longest=37)
SHORT = ClipLimits(model="short", lengths=(4, 6, 8), longest=8)


def brief(**wishes: object) -> Brief:
    return Brief.model_validate({"product_name": "Dew", "prompt": "A morning"} | wishes)


def scenes(*seconds: float, **wishes: object) -> Brief:
    return brief(scenes=[SceneWish(seconds=each) for each in seconds], **wishes)


@pytest.mark.parametrize("count", range(2, 13))
def test_an_arc_hooks_first_calls_to_action_last_and_demonstrates_between(count: int) -> None:
    types = arc(count)
    assert len(types) == count
    assert (types[0], types[-1]) == (SceneType.HOOK, SceneType.CTA)
    assert count < 3 or SceneType.DEMONSTRATION in types[1:-1]


def test_an_ad_of_one_scene_is_a_testimonial() -> None:
    assert arc(1) == [SceneType.TESTIMONIAL]


def test_five_scenes_tell_the_problem_before_the_solution() -> None:
    assert arc(5)[1:4] == [SceneType.PROBLEM, SceneType.SOLUTION, SceneType.DEMONSTRATION]


@pytest.mark.parametrize("platform", Platform)
def test_a_brief_without_lengths_gets_those_usual_on_its_platform(platform: Platform) -> None:
    planned = outline(brief(platform=platform), LIMITS)
    assert sum(scene.seconds for scene in planned) == DEFAULT_SECONDS[platform]
    assert all(scene.seconds <= 8 and not scene.is_extended for scene in planned)


@given(st.floats(min_value=0.1, max_value=160))
def test_an_even_split_adds_up_to_the_total_with_whole_seconds_but_for_one(total: float) -> None:
    planned = outline(brief(total_seconds=total, transition="cut"), LIMITS)
    lengths = [scene.seconds for scene in planned]
    assert sum(lengths) == pytest.approx(total)
    assert max(lengths) - min(lengths) <= 1
    assert sum(length != int(length) for length in lengths) <= 1
    assert [scene.scene_number for scene in planned] == list(range(1, len(planned) + 1))


def test_words_fit_the_time() -> None:
    assert [scene.max_words for scene in outline(scenes(4, 0.3, words_per_minute=150, transition="cut"), LIMITS)] == [
        10,
        1,
    ]


@given(
    st.sampled_from([LIMITS, VEO, ClipLimits(model="odd", lengths=(5,), extension_lengths=(5, 8), longest=60)]),
    st.floats(min_value=0.1, max_value=60),
)
def test_extensions_are_lengths_the_model_has_and_cover_what_is_asked(limits: ClipLimits, seconds: float) -> None:
    steps = extension_steps(seconds, limits)
    assert set(steps) <= set(limits.extension_lengths)
    assert seconds - 1e-6 <= sum(steps) < seconds + limits.extension_lengths[0]
    # The total alone is kept in the outline, so that it must split again into a price of the same.
    assert sum(extension_steps(sum(steps), limits)) == sum(steps)


@pytest.mark.parametrize(
    ("limits", "seconds", "clip", "extension"),
    [
        (LIMITS, 2, 3, 0),
        (LIMITS, 7.2, 8, 0),
        (LIMITS, 8, 8, 0),
        (LIMITS, 12, 8, 4),
        (LIMITS, 8.5, 8, 3),
        (LIMITS, 20, 8, 12),
        (LIMITS, 40, 8, 32),
        (VEO, 5, 6, 0),
        (VEO, 9, 8, 7),
        (VEO, 36, 8, 28),
    ],
)
def test_clip_and_extension_lengths(limits: ClipLimits, seconds: float, clip: float, extension: float) -> None:
    scene = outline(scenes(seconds), limits)[0]
    assert (scene.clip_seconds, scene.extension_seconds) == (clip, extension)
    assert clip + extension <= limits.longest


def test_a_chained_scene_is_joined_by_a_cut_and_the_first_scene_by_nothing() -> None:
    wishes = [SceneWish(seconds=4, join=SceneJoin.CHAIN), SceneWish(seconds=4), SceneWish(seconds=4, join="chain")]
    planned = outline(brief(scenes=wishes), LIMITS)
    assert [scene.join for scene in planned] == [SceneJoin.CUT, SceneJoin.CUT, SceneJoin.CHAIN]
    assert [scene.transition for scene in planned] == [
        TransitionKind.CUT,
        TransitionKind.CROSSFADE,
        TransitionKind.CUT,
    ]


@pytest.mark.parametrize(
    ("wanted", "limits", "sentence", "field"),
    [
        (
            scenes(4, max_scene_duration=2),
            LIMITS,
            "max_scene_duration is 2 s but omni makes no clip below 3 s; set it to 3 or more",
            "max_scene_duration",
        ),
        (
            scenes(4, 9),
            SHORT,
            "scene 2 is 9 s but short makes at most 8 s and cannot extend; shorten the scene to 8 s or split it",
            "scenes.1.seconds",
        ),
        (
            scenes(41),
            LIMITS,
            "scene 1 is 41 s but omni makes at most 40 s with extensions; shorten the scene to 40 s or split it",
            "scenes.0.seconds",
        ),
        (
            # 37 s would fit but for the last extension, which is 7 s or nothing.
            scenes(37),
            VEO,
            "scene 1 is 37 s but veo makes at most 36 s with extensions; shorten the scene to 36 s or split it",
            "scenes.0.seconds",
        ),
        (
            scenes(4, 1.6, 4),
            LIMITS,
            "scene 2 is 1.6 s, no longer than the transitions around it (1.6 s); make it longer or use the "
            "transition 'cut'",
            "scenes.1.seconds",
        ),
        (
            brief(total_seconds=100, max_scene_duration=4),
            LIMITS,
            "100 s in scenes of at most 4 s are 25 scenes, more than the 20 of an ad; set max_scene_duration to 5 or "
            "more, or total_seconds to 80 or less",
            "total_seconds",
        ),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_nearest_choice(
    wanted: Brief, limits: ClipLimits, sentence: str, field: str
) -> None:
    with pytest.raises(InvalidInput, match=re.escape(sentence) + "$") as refused:
        outline(wanted, limits)
    assert refused.value.field == field


def test_the_nearest_choices_that_the_errors_name_can_be_made() -> None:
    assert outline(scenes(36), VEO)
    assert outline(scenes(40), LIMITS)
    assert outline(scenes(4, 1.7, 4), LIMITS)
    assert len(outline(brief(total_seconds=100, max_scene_duration=5), LIMITS)) == MAX_SCENES
    assert len(outline(brief(total_seconds=80, max_scene_duration=4), LIMITS)) == MAX_SCENES


def test_a_brief_says_its_length_once() -> None:
    with pytest.raises(ValueError, match="total_seconds is 10 but the scenes add up to 8; keep one of the two"):
        scenes(4, 4, total_seconds=10)
