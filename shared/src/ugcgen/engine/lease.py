"""Keeping a lease while long work goes on."""

import contextlib
import threading
from collections.abc import Iterator

from ugcgen.cloud.logs import log
from ugcgen.cloud.settings import settings
from ugcgen.domain.errors import LostUnit
from ugcgen.domain.unit import Unit
from ugcgen.engine import claims


@contextlib.contextmanager
def kept(unit: Unit) -> Iterator[None]:
    """Renew the unit's lease at every third of its length until the block ends. Quick work costs no write."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(settings().lease_seconds / 3):
            try:
                claims.renew(unit)
            except LostUnit as lost:
                log.warning("%s", lost)
                return
            except Exception:
                # The next beat tries again; if none gets through, the lease expires and the work is done once more.
                log.exception("the lease of %s/%s could not be renewed", unit.job_id, unit.id)

    thread = threading.Thread(target=beat, name=f"lease {unit.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
