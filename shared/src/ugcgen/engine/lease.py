"""Keeping a unit while long work goes on."""

import contextlib
import threading
from collections.abc import Iterator

from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import LostUnit
from ugcgen.engine import claims
from ugcgen.engine.claims import Hold

STORED, RENEWED = 1 / 6, 1 / 2
"""After which share of a lease a claim that is not stored yet is, and after which each time it is renewed."""


@contextlib.contextmanager
def kept(hold: Hold) -> Iterator[None]:
    """Keep the worker's lease alive until the block ends. Quick work costs no write."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(settings().lease_seconds * (RENEWED if hold.stored else STORED)):
            try:
                claims.keep(hold)
            except LostUnit as lost:
                log.warning("%s", lost)
                return
            except Exception:
                # The next beat tries again; if none gets through, the lease expires and the work is done once more.
                log.exception("the lease of %s/%s could not be renewed", hold.unit.job_id, hold.unit.id)

    thread = threading.Thread(target=beat, name=f"lease {hold.unit.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
