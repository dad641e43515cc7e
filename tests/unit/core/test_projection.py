from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.jobs import LIMITS, START, brief
from ugcgen.domain.enums import BlockReason, JobStatus, PipelineStep, SpeechMode, UnitState
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.plan import Plan, plan
from ugcgen.pipeline.projection import Projection, project
from ugcgen.pipeline.steps import ORDER, STEPS, weight
from ugcgen.pipeline.transitions import new_unit

PLAN = plan(brief(4, 4), outline(brief(4, 4), LIMITS), reviewed=False)
"""Two short scenes with a voiceover: no scene is extended."""

S = UnitState


def units(states: Mapping[str, UnitState], planned: Plan = PLAN) -> dict[str, Unit]:
    made = {}
    for name, state in states.items():
        blocked = Blocked(reason=BlockReason.BUDGET, message=f"{name} needs money") if state is S.BLOCKED else None
        changes = {"state": state, "blocked": blocked, "error": "it broke" if state is S.FAILED else None}
        made[name] = new_unit("j1", "u1", planned[name], "f1", 0, START).model_copy(update=changes)
    return made


def done_until(step: PipelineStep, planned: Plan = PLAN) -> dict[str, UnitState]:
    """Everything of the steps before ``step`` done, in the table's order."""
    before = ORDER[: ORDER.index(step)]
    return {name: S.DONE for name, unit in planned.items() if unit.key.step in before}


def shown(states: Mapping[str, UnitState], status: JobStatus = JobStatus.RUNNING, planned: Plan = PLAN) -> Projection:
    return project(planned, units(states, planned), status)


SCRIPTED: dict[str, UnitState] = {"script_generation": S.DONE, "scene_prompts-01": S.DONE}


@pytest.mark.parametrize(
    ("states", "status", "expected"),
    [
        ({}, JobStatus.QUEUED, JobStatus.QUEUED),
        ({"script_generation": S.READY}, JobStatus.QUEUED, JobStatus.QUEUED),
        ({"script_generation": S.RUNNING}, JobStatus.QUEUED, JobStatus.RUNNING),
        ({"script_generation": S.WAITING}, JobStatus.QUEUED, JobStatus.RUNNING),
        (SCRIPTED, JobStatus.RUNNING, JobStatus.RUNNING),
        (SCRIPTED | {"scene_prompts-02": S.READY}, JobStatus.PAUSED, JobStatus.RUNNING),
        (SCRIPTED | {"scene_prompts-02": S.BLOCKED}, JobStatus.RUNNING, JobStatus.PAUSED),
        (SCRIPTED | {"scene_prompts-02": S.BLOCKED, "storyboard-01": S.WAITING}, JobStatus.RUNNING, JobStatus.RUNNING),
        (SCRIPTED | {"scene_prompts-02": S.FAILED, "storyboard-01": S.RUNNING}, JobStatus.RUNNING, JobStatus.RUNNING),
        (SCRIPTED | {"scene_prompts-02": S.FAILED, "storyboard-01": S.BLOCKED}, JobStatus.RUNNING, JobStatus.FAILED),
        (SCRIPTED | {"scene_prompts-02": S.FAILED}, JobStatus.RUNNING, JobStatus.FAILED),
        (SCRIPTED | {"scene_prompts-02": S.READY}, JobStatus.FAILED, JobStatus.RUNNING),
        (SCRIPTED | {"scene_prompts-02": S.BLOCKED}, JobStatus.CANCELLING, JobStatus.CANCELLING),
        (SCRIPTED | {"scene_prompts-02": S.CANCELLED}, JobStatus.CANCELLING, JobStatus.CANCELLED),
        (SCRIPTED | {"scene_prompts-02": S.FAILED}, JobStatus.CANCELLING, JobStatus.CANCELLED),
        (SCRIPTED | {"scene_prompts-02": S.READY}, JobStatus.CANCELLED, JobStatus.CANCELLED),
        (dict.fromkeys(PLAN, S.DONE), JobStatus.RUNNING, JobStatus.COMPLETED),
        (dict.fromkeys(PLAN, S.DONE), JobStatus.CANCELLING, JobStatus.CANCELLED),
        (dict.fromkeys(PLAN, S.DONE), JobStatus.COMPLETED, JobStatus.COMPLETED),
        (dict.fromkeys(PLAN, S.DONE) | {"storyboard-01": S.READY}, JobStatus.COMPLETED, JobStatus.RUNNING),
    ],
)
def test_status(states: dict[str, UnitState], status: JobStatus, expected: JobStatus) -> None:
    assert shown(states, status).status is expected


@pytest.mark.parametrize("step", [step for step in ORDER if step is not PipelineStep.VIDEO_EXTENSION])
def test_steps_in_order(step: PipelineStep) -> None:
    seen = shown(done_until(step))
    position = ORDER.index(step)
    assert seen.current_step is step
    assert seen.last_completed_step == (ORDER[position - 1] if position else None)
    assert seen.progress == (STEPS[ORDER[position - 1]].until if position else 0)


def test_a_step_without_units_is_over_when_the_one_before_it_is() -> None:
    filming = done_until(PipelineStep.VIDEO_GENERATION) | {"video_generation-01": S.DONE}
    assert shown(filming).current_step is PipelineStep.VIDEO_GENERATION
    assert shown(filming).progress == 50
    filmed = filming | {"video_generation-02": S.DONE}
    assert shown(filmed).current_step is PipelineStep.AUDIO_GENERATION
    assert shown(filmed).last_completed_step is PipelineStep.VIDEO_EXTENSION
    assert shown(filmed).progress == 75


def test_two_steps_without_units_in_a_row() -> None:
    spoken = brief(4, speech=SpeechMode.NATIVE)
    native = plan(spoken, outline(spoken, LIMITS), reviewed=False)
    assert shown(done_until(PipelineStep.STORYBOARD_REVIEW, native), planned=native).progress == 35
    filmed = done_until(PipelineStep.POST_PRODUCTION, native)
    assert shown(filmed, planned=native).current_step is PipelineStep.POST_PRODUCTION
    assert shown(filmed, planned=native).progress == 85


def test_a_step_that_runs_beside_earlier_ones_counts_and_is_not_the_current_one() -> None:
    spoken = done_until(PipelineStep.VIDEO_GENERATION) | {"audio_generation-01": S.DONE, "audio_generation-02": S.DONE}
    seen = shown(spoken)
    assert (seen.current_step, seen.progress) == (PipelineStep.VIDEO_GENERATION, 40 + 10)
    assert seen.last_completed_step is PipelineStep.STORYBOARD_REVIEW


@given(st.dictionaries(st.sampled_from(list(PLAN)), st.sampled_from(UnitState)), st.sampled_from(JobStatus))
def test_progress_is_100_when_the_job_is_completed_and_only_then(
    states: dict[str, UnitState], status: JobStatus
) -> None:
    seen = shown(states, status)
    assert 0 <= seen.progress <= 100
    assert (seen.progress == 100) == (seen.status is JobStatus.COMPLETED)


@given(st.permutations(list(PLAN)))
def test_progress_never_goes_back(order: list[str]) -> None:
    steps = [shown(dict.fromkeys(order[:count], S.DONE)).progress for count in range(len(order) + 1)]
    assert steps == sorted(steps)


def test_the_weights_are_the_whole() -> None:
    assert sum(weight(step) for step in ORDER) == 100


def test_a_pause_names_every_reason_and_a_failure_every_error() -> None:
    paused = shown(SCRIPTED | {"scene_prompts-02": S.BLOCKED, "storyboard-01": S.BLOCKED})
    assert [reason.unit for reason in paused.paused_for] == ["scene_prompts-02", "storyboard-01"]
    assert paused.paused_for[1].message == "storyboard-01 needs money"
    failed = shown(SCRIPTED | {"scene_prompts-02": S.FAILED, "storyboard-01": S.FAILED})
    assert failed.error_message == "scene_prompts-02: it broke; storyboard-01: it broke"
    assert shown(SCRIPTED).error_message is None


def test_what_is_spent_is_the_sum_over_all_calls() -> None:
    there = units(SCRIPTED)
    there["script_generation"].paid = {"a": 3, "b": 4}
    there["scene_prompts-01"].paid = {"c": 5}
    assert project(PLAN, there, JobStatus.RUNNING).spent == 12


def test_the_message_counts_only_while_the_job_runs() -> None:
    assert shown(SCRIPTED | {"scene_prompts-02": S.READY}).message == "scene prompts: 1 of 2"
    assert shown({"script_generation": S.RUNNING}).message == "script generation"
    assert shown(SCRIPTED | {"scene_prompts-02": S.BLOCKED}).message == "paused"
