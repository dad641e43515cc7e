"""Following a job as it happens, by Firestore's own listeners."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from google.cloud import firestore

from ugcgen.domain.enums import UnitState
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit

Units = dict[str, Unit]

LOOK_EVERY_S = 1.0
"""How often it is looked whether the listeners still listen."""

SILENT_S = 5.0
"""After how long without news the listeners begin again."""


class Follow:
    """Listens to a job's document and units for the length of a ``with`` block.

    ``jobs`` is every state of the document that was shown; ``changes`` are the units whenever one of them changed.
    The emulator now and then ends a listener that two commits write to at once ("Failed to frame message"), which the
    library takes for its own end, and it may keep a change to itself that falls into a listener's beginning: who waits
    here listens again.
    """

    def __init__(self, client: firestore.Client, job_id: str) -> None:
        self.job_id = job_id
        self.jobs: list[Job] = []
        self.units: Units = {}
        self.changes: list[Unit] = []
        self._document = client.collection("jobs").document(job_id)
        self._news = threading.Condition()
        self._listen = (
            lambda: self._document.on_snapshot(self._job_changed),
            lambda: self._document.collection("units").on_snapshot(self._units_changed),
        )

    def __enter__(self) -> Self:
        self.watches = [listen() for listen in self._listen]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for watch in self.watches:
            watch.unsubscribe()

    @property
    def job(self) -> Job | None:
        """The document as last shown."""
        return self.jobs[-1] if self.jobs else None

    def until(self, condition: Callable[[Self], object], seconds: float = 60) -> None:
        """Returns as soon as the condition holds of what was seen. Fails the test where it does not in time."""
        heard = time.monotonic()
        deadline = heard + seconds
        while True:
            with self._news:
                if condition(self):
                    return
                left = deadline - time.monotonic()
                assert left > 0, f"not within {seconds:g} s: {self.job and self.job.status}; {self.states()}"
                told = self._news.wait(min(left, LOOK_EVERY_S))
            is_silent = not told and time.monotonic() - heard >= SILENT_S
            if told or is_silent:
                heard = time.monotonic()
            self._listen_again(everywhere=is_silent)

    def state(self, unit_id: str) -> UnitState | None:
        """The unit's state, or None where it is not there yet."""
        unit = self.units.get(unit_id)
        return unit.state if unit else None

    def states(self) -> str:
        return ", ".join(f"{unit_id} {unit.state}" for unit_id, unit in sorted(self.units.items())) or "no units"

    def _listen_again(self, everywhere: bool) -> None:
        for place, (watch, listen) in enumerate(zip(self.watches, self._listen, strict=True)):
            if everywhere or not watch.is_active:
                watch.unsubscribe()
                self.watches[place] = listen()

    def _job_changed(self, documents: list[Any], changes: Any, read_time: Any) -> None:
        with self._news:
            self.jobs += [Job.model_validate(document.to_dict()) for document in documents if document.exists]
            self._news.notify_all()

    def _units_changed(self, documents: list[Any], changes: list[Any], read_time: Any) -> None:
        with self._news:
            self.units = {document.id: Unit.model_validate(document.to_dict()) for document in documents}
            self.changes += [self.units[change.document.id] for change in changes if change.document.id in self.units]
            self._news.notify_all()
