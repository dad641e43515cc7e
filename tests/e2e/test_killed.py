"""Parts killed with SIGKILL in the middle of each kind of work: the bytes come out the same, and nothing is paid twice.

``make chaos`` strikes at every boundary of every step.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.e2e.backstage import Backstage, Finished
from tests.e2e.briefs import small
from tests.e2e.follow import Follow
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, JobStatus, UnitState

Condition = Callable[[Follow], object]


def in_phase(unit_id: str, phase: str, state: UnitState = UnitState.RUNNING) -> Condition:
    def holds(seen: Follow) -> bool:
        unit = seen.units.get(unit_id)
        return unit is not None and (unit.phase, unit.state) == (phase, state)

    return holds


@dataclass(frozen=True)
class Blow:
    """Which part is killed when, and how late the studio answers meanwhile so that there is a middle to hit."""

    unit: str
    phase: str
    part: str = "functions"
    state: UnitState = UnitState.RUNNING
    late: str | None = None

    def __str__(self) -> str:
        return f"{self.part} in {self.unit} {self.phase}"


BLOWS = [
    Blow("storyboard-02", "draw", late="image"),
    Blow("video_generation-01", "film", state=UnitState.WAITING, late="video"),
    # Post-production stores its claim of what is soon done only with the outcome.
    Blow("video_extension-02", "frames", part="postprod", state=UnitState.READY),
    Blow("post_production-body-01", "render", part="postprod", state=UnitState.READY),
]


TRIES = 3
"""Quick work may be over before anybody hears of its middle; then another job is struck."""


@pytest.mark.parametrize("blow", BLOWS, ids=str)
def test_a_part_killed_in_the_middle_of_a_step(blow: Blow, stage: Backstage, undisturbed: Finished) -> None:
    assert any(struck_in_the_middle(blow, stage, undisturbed) for _ in range(TRIES)), "always struck after the middle"


def struck_in_the_middle(blow: Blow, stage: Backstage, undisturbed: Finished) -> bool:
    """Whether the blow was in time. The job comes to its right end either way."""
    person, mark = stage.person(), stage.studio.mark()
    if blow.late:
        stage.studio.latency(**{blow.late: 1.5})
    job_id = person.start(small())
    in_the_middle = in_phase(blow.unit, blow.phase, blow.state)
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: in_the_middle(seen) or seen.state(blow.unit) is UnitState.DONE, 90)
    if blow.late and blow.state is UnitState.RUNNING:
        wait_for_a_call_of(stage, job_id, blow.unit)
    stage.cloud.kill(blow.part)
    unit = stage.units(job_id)[blow.unit]
    in_flight = stage.in_flight(job_id)
    print(f"{len(in_flight)} calls in flight at the kill:", *(f"{call.unit_id} ({call.kind})" for call in in_flight))
    stage.studio.latency()
    stage.cloud.start(blow.part)

    job = stage.recover(job_id)
    assert job.status is JobStatus.COMPLETED, job.error_message
    assert stage.artifacts(job_id) == undisturbed.artifacts
    assert_nothing_paid_twice(stage, job_id, mark, undisturbed, in_flight)
    return (unit.phase, unit.state) == (blow.phase, blow.state)


def wait_for_a_call_of(stage: Backstage, job_id: str, unit_id: str) -> None:
    """Returns while a paid call of the unit is under way, or once the unit is done."""
    deadline = time.monotonic() + 20
    while unit_id not in {call.unit_id for call in stage.in_flight(job_id)}:
        if stage.units(job_id)[unit_id].state is UnitState.DONE:
            return
        assert time.monotonic() < deadline, f"{unit_id} sent no call"


def test_the_tasks_server_killed_while_work_is_pending(stage: Backstage, undisturbed: Finished) -> None:
    person, mark = stage.person(), stage.studio.mark()
    # Long enough that the clip is not there yet when the server is killed, however late that is heard of.
    stage.studio.latency(video=4)
    job_id = person.start(small())
    with stage.follow(job_id) as seen:
        seen.until(in_phase("video_extension-02", "film", UnitState.WAITING), 90)
        stage.cloud.kill("tasks")
        stage.studio.latency()
        # The clip is announced by the webhook; what comes after it needs a task, which nobody takes.
        seen.until(lambda seen: seen.units["video_extension-02"].phase == "frames", 30)
    stage.cloud.start("tasks")
    job = stage.recover(job_id)
    assert job.status is JobStatus.COMPLETED, job.error_message
    assert stage.artifacts(job_id) == undisturbed.artifacts
    assert_nothing_paid_twice(stage, job_id, mark, undisturbed, [])


def test_every_message_lost(stage: Backstage, undisturbed: Finished) -> None:
    person, mark = stage.person(), stage.studio.mark()
    stage.studio.latency(image=1.5)
    job_id = person.start(small())
    with stage.follow(job_id) as seen:
        seen.until(in_phase("storyboard-01", "draw"), 90)
    # Killed first, so that the messages under way are not acknowledged; they die with Pub/Sub, which keeps nothing.
    stage.cloud.kill("functions")
    in_flight = stage.in_flight(job_id)
    stage.cloud.kill("pubsub")
    stage.studio.latency()
    stage.cloud.start("pubsub")
    stage.cloud.start("functions")
    job = stage.recover(job_id)
    assert job.status is JobStatus.COMPLETED, job.error_message
    assert stage.artifacts(job_id) == undisturbed.artifacts
    assert_nothing_paid_twice(stage, job_id, mark, undisturbed, in_flight)


def assert_nothing_paid_twice(
    stage: Backstage, job_id: str, mark: int, undisturbed: Finished, in_flight: list[CallRecord]
) -> None:
    """The studio took what it took of the undisturbed job, and again only calls whose answer died with their caller.

    Questions to text models may be repeated under their key; a picture or a voice is another take, under another
    key; a clip is not ordered again, since the webhook says which operation it is.
    """
    calls = stage.calls(job_id)
    allowed = {call.key for call in in_flight}
    assert {call.key for call in calls if call.sends > 1} <= {call.key for call in in_flight if call.kind == "text"}
    assert {call.key for call in calls if call.state is not CallState.SUCCEEDED} <= allowed
    repeated = stage.studio.bill(mark) - undisturbed.bill
    assert repeated <= Counter((call.model, call.kind) for call in in_flight if call.kind != "video")
    assert undisturbed.bill <= stage.studio.bill(mark)
    # A call that was in flight may have died before it arrived; every other one was sent once and taken once.
    assert (
        stage.studio.bill(mark)
        <= stage.bill(job_id)
        <= stage.studio.bill(mark) + Counter((call.model, call.kind) for call in in_flight)
    )
