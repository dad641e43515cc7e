"""Crashes between every commit and its message, which the sweeper repairs."""

import contextlib

import pytest

from tests.integration.core.stage import (
    ONE,
    SCRIPTED,
    TWO,
    Crash,
    Sent,
    SetTo,
    Stage,
    approve,
    begin,
    deliver,
    in_future,
    stored_job,
    stored_unit,
)
from tests.unit.core.work import COST
from ugcgen.domain.enums import JobStatus, UnitState
from ugcgen.engine.advance import advance
from ugcgen.engine.refs import read_units, unit_ref
from ugcgen.engine.sweep import sweep


def count_of_messages(stage: Stage, sent: Sent) -> int:
    job = stage.job(ONE)
    advance(job)
    stage.drive(job)
    approve(job)
    stage.drive(job)
    assert stored_job(job.id).status is JobStatus.COMPLETED
    return sent.tries


def test_a_crash_before_any_message_costs_a_sweep_and_never_the_job(stage: Stage, sent: Sent, set_to: SetTo) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)
    for crash_at in range(1, count_of_messages(stage, sent) + 1):
        sent.tries, sent.crash_at = 0, crash_at
        job = stage.job(ONE)
        for act in (begin, approve):
            with contextlib.suppress(Crash):
                act(job)
            stage.drive(job)
            sweep()
            stage.drive(job)
        ended, units = stored_job(job.id), read_units(job.id)
        assert ended.status is JobStatus.COMPLETED, f"crash before message {crash_at}"
        assert sent.tries > crash_at
        assert ended.money.spent == COST * len(job.quote.lines)
        assert {unit.fence for unit_id, unit in units.items() if unit_id.startswith("post")} == {1}


def test_a_crash_after_the_last_settle_is_found_by_the_sweeper(
    stage: Stage, sent: Sent, set_to: SetTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01")
    unit = stage.unit(job, "storyboard-02", phase="compare")

    def crash(job_id: str) -> None:
        raise Crash

    with monkeypatch.context() as patch, pytest.raises(Crash):
        patch.setattr("ugcgen.engine.handle.advance", crash)
        deliver(unit)
    assert stored_unit(job, unit.id).state is UnitState.DONE
    assert "storyboard_review" not in read_units(job.id)
    sweep()
    assert len(sent.to("storyboard_review")) == 1


def test_a_redelivered_message_of_a_finished_unit_advances_from_what_is_there(stage: Stage, sent: Sent) -> None:
    job = stage.job(TWO)
    stage.done(job, *SCRIPTED, "storyboard-01", "storyboard-02")
    deliver(stored_unit(job, "storyboard-01"))
    deliver(stored_unit(job, "storyboard-02"))
    assert len(sent.to("storyboard_review")) == 1


def test_the_sweeper_passes_by_what_it_cannot_read(stage: Stage, sent: Sent, set_to: SetTo) -> None:
    set_to(SWEEP_AFTER_SECONDS=0)
    broken, job = stage.job(TWO), stage.job(TWO)
    stage.unit(broken, "script_generation")
    unit_ref(broken.id, "script_generation").update({"state": "asleep", "wake_by": in_future(-3600)})
    stage.unit(job, "script_generation")
    sweep()
    assert len(sent.to("script_generation")) == 1
    assert sent.to("script_generation")[0].message.job == job.id


def test_the_sweeper_leaves_what_moved_a_moment_ago(stage: Stage, sent: Sent) -> None:
    stage.unit(stage.job(TWO), "script_generation")
    sweep()
    assert not sent.wakes
