import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.jobs import LIMITS, brief
from ugcgen.domain.brief import Brief, SceneWish
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import PipelineStep, SceneJoin, SpeechMode, Voiceover
from ugcgen.domain.unit import UnitKey
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.plan import Plan, plan, scene_shown

ANIMATIC = "post_production-animatic"

BRIEFS = st.builds(
    lambda wishes, transition, speech: Brief(
        product_name="Dew", prompt="A morning", scenes=wishes, transition=transition, speech=speech
    ),
    st.lists(
        st.builds(SceneWish, seconds=st.sampled_from([4.0, 8.0, 12.0]), join=st.sampled_from(SceneJoin)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([TransitionKind.CUT, TransitionKind.CROSSFADE]),
    st.sampled_from(SpeechMode),
)


def planned(wanted: Brief) -> Plan:
    return plan(wanted, outline(wanted, LIMITS), reviewed=True)


def needs(units: Plan, unit_id: str) -> set[str]:
    return set(units[unit_id].needs)


@given(BRIEFS)
def test_a_plan_is_a_graph_in_an_order_that_can_be_followed_to_the_end(wanted: Brief) -> None:
    units = planned(wanted)
    seen: set[str] = set()
    for unit_id, unit in units.items():
        assert unit.id == unit_id
        assert unit.needs <= seen
        seen.add(unit_id)
    needed = {need for unit in units.values() for need in unit.needs}
    assert seen - needed == {"complete", ANIMATIC}, "every unit leads to the end, or is there to be looked at"


@given(BRIEFS)
def test_every_unit_name_is_read_back(wanted: Brief) -> None:
    for unit_id, unit in planned(wanted).items():
        assert UnitKey.parse(unit_id) == unit.key


def test_a_unit_name_without_a_step_is_refused() -> None:
    with pytest.raises(ValueError, match="painting"):
        UnitKey.parse("painting-01")


def test_cut_scenes_are_filmed_side_by_side() -> None:
    units = planned(brief(4, 4))
    assert needs(units, "video_generation-01") == {"storyboard_review"}
    assert needs(units, "video_generation-02") == {"storyboard_review"}


def test_a_chained_scene_waits_for_the_end_of_the_one_before() -> None:
    units = planned(brief(12, 4, join=SceneJoin.CHAIN))
    assert needs(units, "video_generation-02") == {"storyboard_review", "video_extension-01"}


def test_only_a_longer_scene_is_extended_and_its_extension_is_what_is_cut() -> None:
    units = planned(brief(4, 12))
    assert "video_extension-01" not in units
    assert needs(units, "video_extension-02") == {"video_generation-02"}
    assert needs(units, "post_production-body-02") == {"video_extension-02", "audio_generation-02"}


def test_the_voiceover_waits_for_the_approval_alone_so_that_it_runs_beside_the_clips() -> None:
    assert needs(planned(brief(4, 4)), "audio_generation-02") == {"storyboard_review"}


def test_a_continuous_voiceover_is_one_unit_that_every_scene_waits_for() -> None:
    units = planned(brief(4, 4, voiceover=Voiceover.CONTINUOUS))
    assert [unit for unit in units if unit.startswith("audio_generation")] == ["audio_generation"]
    assert needs(units, "audio_generation") == {"storyboard_review"}
    assert needs(units, "post_production-body-02") == {"video_generation-02", "audio_generation"}


def test_clips_that_speak_themselves_have_no_voiceover() -> None:
    units = planned(brief(4, 4, speech=SpeechMode.NATIVE))
    assert not [unit for unit in units.values() if unit.key.step is PipelineStep.AUDIO_GENERATION]
    assert needs(units, "post_production-sound") == {"video_generation-01", "video_generation-02"}


def test_a_transition_is_rendered_from_both_its_scenes_and_a_cut_is_not_rendered() -> None:
    units = planned(brief(4, 4, 4, transition=TransitionKind.CROSSFADE))
    assert needs(units, "post_production-join-01") == {
        f"{step}-0{n}" for step in ("video_generation", "audio_generation") for n in (1, 2)
    }
    assert "post_production-join-03" not in units
    assert {"post_production-join-01", "post_production-join-02"} <= needs(units, "post_production-film")
    assert not [unit_id for unit_id in planned(brief(4, 4)) if "join" in unit_id]


@pytest.mark.parametrize(
    ("unit_id", "scene"),
    [("storyboard-03", 3), ("post_production-body-02", 2), ("post_production-join-02", None), ("complete", None)],
)
def test_the_scene_a_unit_is_about(unit_id: str, scene: int | None) -> None:
    assert scene_shown(UnitKey.parse(unit_id)) == scene
