"""The engine against the emulators: a normal day, and two or more workers at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.integration.core.stage import (
    PATIENCE,
    SCRIPTED,
    TWO,
    Sent,
    Stage,
    approve,
    at_once,
    before,
    deliver,
    in_future,
    outcome_of,
    stored_job,
    stored_unit,
    wake_of,
)
from tests.unit.core.jobs import brief
from tests.unit.core.work import COST
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import BlockReason, JobStatus, UnitState
from ugcgen.domain.errors import LeaseHeld, NotFound
from ugcgen.domain.unit import Waiting, WakeUp
from ugcgen.engine import claims
from ugcgen.engine.advance import advance
from ugcgen.engine.handle import Task, handle
from ugcgen.engine.refs import job_ref, read_units
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.steps import Service
from ugcgen.pipeline.transitions import Done, Outcome

DRAWN: dict[str, Any] = {"phase": "compare", "paid": {"drawing": COST}}
"""A frame that is paid for, in its last phase."""


def test_a_job_goes_from_its_first_unit_to_completed(stage: Stage) -> None:
    job = stage.job(brief(4, 12, transition=TransitionKind.CROSSFADE))
    advance(job)
    stage.drive(job)
    paused = stored_job(job.id)
    assert paused.status is JobStatus.PAUSED
    assert [(reason.unit, reason.reason) for reason in paused.paused_for] == [
        ("storyboard_review", BlockReason.STORYBOARD_REVIEW)
    ]
    approve(job)
    stage.drive(job)
    ended, units = stored_job(job.id), read_units(job.id)
    assert (ended.status, ended.progress, ended.paused_for) == (JobStatus.COMPLETED, 100, [])
    assert units.keys() == plan_of(job).keys()
    assert {unit.state for unit in units.values()} == {UnitState.DONE}
    assert ended.money.spent == COST * len(job.quote.lines) == sum(unit.spent for unit in units.values())
    assert ended.money.allotted == job.quote.total
    assert ended.title == "Dew in the morning" and ended.script is not None and len(ended.video_scenes) == 2
    assert ended.completed_at is not None and ended.final_video_url


def test_the_scene_that_people_see_is_written_with_the_outcome(stage: Stage) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED)
    unit = stage.unit(job, "storyboard-02", phase="compare")
    deliver(unit, lambda task: Done(at_once(task).result, view={"storyboard": "x.png"}))  # type: ignore[union-attr]
    seen = job_ref(job.id).collection("scenes").document("02").get().to_dict()
    assert seen and seen["storyboard"] == "x.png" and seen["updated_at"]


def test_a_message_for_a_deleted_job_is_acknowledged(stage: Stage, sent: Sent) -> None:
    handle(WakeUp(job="core-gone", unit="complete", run=1), at_once, at_once, Service.FUNCTIONS)
    assert not sent.wakes


def test_a_late_message_for_a_phase_of_the_other_service_is_left_to_it(stage: Stage) -> None:
    job = stage.job(TWO)
    unit = stage.unit(job, "video_generation-01", phase="frames")
    handle(wake_of(unit), at_once, at_once, Service.FUNCTIONS)
    assert stored_unit(job, unit.id) == unit


def test_the_last_two_scenes_settling_at_once_make_their_successor_once(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED)
    scenes = [stage.unit(job, f"storyboard-0{n}", **DRAWN) for n in (1, 2)]
    together = threading.Barrier(2, timeout=PATIENCE)
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(deliver, scene, before(together.wait)) for scene in scenes]
        assert [outcome_of(each) for each in both] == ["ok", "ok"]
    assert stored_unit(job, "storyboard_review").state is UnitState.READY
    assert len(sent.to("storyboard_review")) == 1
    assert stored_job(job.id).money.spent == 3 * COST


def test_many_workers_of_one_job_do_not_lose_each_others_money(stage: Stage, sent: Sent) -> None:
    job = stage.job(brief(4, 4, 4, 4, 4, 4))
    stage.done(job, "script_generation", *[f"scene_prompts-0{n}" for n in range(1, 7)])
    scenes = [stage.unit(job, f"storyboard-0{n}", **DRAWN) for n in range(1, 7)]
    together = threading.Barrier(6, timeout=PATIENCE)
    with ThreadPoolExecutor() as pool:
        all_six = [pool.submit(deliver, scene, before(together.wait)) for scene in scenes]
        assert [outcome_of(each) for each in all_six] == ["ok"] * 6
    advance(job)
    assert len(sent.to("storyboard_review")) == 1
    assert stored_job(job.id).money.spent == 7 * COST


def test_two_poll_tasks_at_once_look_once(stage: Stage) -> None:
    job = stage.job(TWO)
    stage.done(job, "storyboard_review")
    waiting = Waiting(call="a", poll_seq=1, due_at=in_future(-1))
    unit = stage.unit(job, "video_generation-01", state=UnitState.WAITING, waiting=waiting)
    looked: list[int] = []
    second: list[str] = []

    def look(task: Task) -> Outcome:
        looked.append(task.unit.fence)
        with pytest.raises(LeaseHeld):
            deliver(unit, look)
        second.append("held")
        return at_once(task)

    deliver(unit, look)
    assert (looked, second) == ([1], ["held"])
    deliver(unit, look)  # delivered again: the unit is in its next phase by now
    assert looked == [1]
    assert stored_unit(job, unit.id).phase == "frames"


def test_a_poll_that_comes_with_another_is_taken_by_one_of_them(stage: Stage) -> None:
    job = stage.job(TWO)
    stage.done(job, "storyboard_review")
    waiting = Waiting(call="a", poll_seq=1, due_at=in_future(-1))
    unit = stage.unit(job, "video_generation-01", state=UnitState.WAITING, waiting=waiting)
    looked: list[int] = []
    together = threading.Barrier(2, timeout=PATIENCE)

    def poll() -> None:
        together.wait()
        deliver(unit, before(lambda: looked.append(1)))

    with ThreadPoolExecutor() as pool:
        ends = sorted(outcome_of(each) for each in [pool.submit(poll), pool.submit(poll)])
    assert looked == [1]
    assert ends in (["LeaseHeld", "ok"], ["ok", "ok"])  # the second comes while the first works, or after it


def test_eight_writers_of_one_document_all_land(stage: Stage) -> None:
    job = stage.job(TWO)
    unit = stage.unit(job, "storyboard-01")
    together = threading.Barrier(8, timeout=PATIENCE)

    def add(number: int) -> None:
        together.wait()
        claims.change(job.id, unit.id, lambda u: u.model_copy(update={"memo": u.memo | {f"n{number}": number}}))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    assert stored_unit(job, unit.id).memo == {f"n{n}": n for n in range(8)}


def test_changing_a_unit_that_is_not_there_is_told(stage: Stage) -> None:
    job = stage.job(TWO)
    with pytest.raises(NotFound, match=f"there is no unit complete of job {job.id}"):
        claims.change(job.id, "complete", lambda unit: unit)
    with pytest.raises(NotFound, match="there is no job nothing"):
        advance(job.model_copy(update={"id": "nothing"}))
