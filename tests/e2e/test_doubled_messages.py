"""Every wake-up twice, late, out of order, and of runs that are over: the result is the same and is paid once."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from tests.e2e.backstage import Backstage, Finished
from tests.e2e.briefs import small
from tests.e2e.follow import Follow
from ugcgen.domain.enums import JobStatus, UnitState
from ugcgen.domain.unit import WakeUp

LATEST_S = 1.5


class Echo:
    """Sends a wake-up of every state that a unit is seen in again, to both services, now or up to a while later.

    One in three is of the run before, one in three says that a wait is over, and each time a wake-up of some earlier
    state goes with it.
    """

    def __init__(self, stage: Backstage, seen: Follow) -> None:
        self.sent: list[WakeUp] = []
        self._stage = stage
        self._seen = seen
        self._over = threading.Event()
        self._random = random.Random(7)
        self._pool = ThreadPoolExecutor(8, "echo")
        self._listener = threading.Thread(target=self._listen, name="echo")

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._listener.join()
        self._pool.shutdown()

    def _listen(self) -> None:
        heard, over = 0, False
        while not over:
            # Looked at first: what was seen before the end is sent, too.
            over = self._over.wait(0.02)
            for unit in self._seen.changes[heard:]:
                heard += 1
                stale, early = (self._random.random() < 1 / 3 for _ in range(2))
                fresh = WakeUp(job=unit.job_id, unit=unit.id, run=unit.run - stale, early=early)
                self.sent += [fresh, self._random.choice(self.sent or [fresh])]
                for message in self.sent[-2:]:
                    self._pool.submit(self._send, message, self._random.uniform(0, LATEST_S))

    def _send(self, message: WakeUp, late: float) -> None:
        time.sleep(late)
        self._stage.publish(message)
        self._stage.post(message)


def test_every_message_twice_late_and_out_of_order(stage: Backstage, undisturbed: Finished) -> None:
    person, mark = stage.person(), stage.studio.mark()
    job_id = person.start(small())
    with stage.follow(job_id) as seen, Echo(stage, seen) as echo:
        # One listener tells of the job, another of its units: either may be first.
        seen.until(lambda seen: seen.job and seen.job.completed_at and seen.state("complete") is UnitState.DONE, 150)
    job = stage.job(job_id)
    assert job.status is JobStatus.COMPLETED
    assert {message.unit for message in echo.sent} == stage.units(job_id).keys()
    assert stage.artifacts(job_id) == undisturbed.artifacts
    assert stage.studio.bill(mark) == undisturbed.bill
    assert all(call.sends == 1 for call in stage.calls(job_id))
