"""The plan of a run: which fault strikes at which boundary. Written by the runner, read by the product's processes."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from tests.chaos.boundaries import Kind

Side = Literal["before", "after"]


class Fault(StrEnum):
    """What happens at a boundary. ``before`` it nothing has been done, ``after`` it everything has."""

    KILL = "kill"  # SIGKILL of the process
    EXCEPTION = "exception"  # the platform's client raises; after: it was done all the same
    CONFLICT = "conflict"  # it landed, and the client's own retry was told that somebody was first
    DELAY = "delay"  # longer than a lease
    DUPLICATE = "duplicate"  # done twice, at the same time
    REORDER = "reorder"  # held back until the next one has gone
    LOST = "lost"  # said to be done, and never done
    FULL_DISK = "full_disk"  # no file grows beyond a few kilobytes while a message is handled
    RESTART = "restart"  # the emulators are restarted in good order while it waits here
    # The provider's, played by the studio.
    LOST_REPLY = "lost_reply"
    RATE_LIMIT = "rate_limit"  # a storm of 429
    ERROR = "error"  # 503
    EXPIRED = "expired"


AT_THE_PROVIDER = {Fault.LOST_REPLY, Fault.RATE_LIMIT, Fault.ERROR, Fault.EXPIRED}

FITTING: dict[Kind, dict[Side, tuple[Fault, ...]]] = {
    Kind.TRANSACTION: {
        "before": (Fault.KILL, Fault.EXCEPTION, Fault.DELAY, Fault.CONFLICT),
        "after": (Fault.KILL, Fault.EXCEPTION),
    },
    Kind.WRITE: {"before": (Fault.KILL, Fault.EXCEPTION), "after": (Fault.KILL, Fault.EXCEPTION)},
    Kind.READ: {"before": (Fault.EXCEPTION,)},
    Kind.PUBLISH: {
        "before": (Fault.KILL, Fault.EXCEPTION, Fault.DUPLICATE, Fault.REORDER, Fault.LOST),
        "after": (Fault.KILL, Fault.EXCEPTION),
    },
    Kind.ENQUEUE: {
        "before": (Fault.KILL, Fault.EXCEPTION, Fault.DUPLICATE, Fault.REORDER, Fault.LOST),
        "after": (Fault.KILL, Fault.EXCEPTION),
    },
    Kind.WAKE: {"before": (Fault.KILL, Fault.EXCEPTION), "after": (Fault.KILL,)},
    Kind.UPLOAD: {"before": (Fault.KILL, Fault.EXCEPTION), "after": (Fault.KILL, Fault.EXCEPTION)},
    Kind.DOWNLOAD: {"before": (Fault.EXCEPTION,)},
    Kind.PAID_CALL: {
        "before": (Fault.KILL, Fault.LOST_REPLY, Fault.RATE_LIMIT, Fault.ERROR),
        "after": (Fault.KILL,),
    },
    Kind.FREE_CALL: {"before": (Fault.KILL, Fault.EXCEPTION), "after": (Fault.KILL,)},
    Kind.REQUEST: {
        "before": (Fault.KILL, Fault.EXCEPTION, Fault.DUPLICATE),
        "after": (Fault.KILL, Fault.EXCEPTION),
    },
    Kind.HANDLING: {
        "before": (Fault.KILL, Fault.EXCEPTION, Fault.DUPLICATE, Fault.DELAY),
        "after": (Fault.KILL, Fault.EXCEPTION),
    },
}
"""The faults that fit a boundary's kind. A read changes nothing, so dying at it is dying at the boundary before it."""


@dataclass(frozen=True)
class Strike:
    """A fault at a side of a boundary: at the first hit of a unit whose id begins with ``unit``."""

    boundary: str
    side: Side
    fault: Fault
    unit: str = ""

    @property
    def id(self) -> str:
        return f"{self.boundary} {self.side} {self.fault}" + (f" in {self.unit}" if self.unit else "")


def fits(strike: Strike, boundary: str, side: str, unit: str) -> bool:
    """Whether the strike is meant for a hit there."""
    return strike.boundary == boundary and strike.side == side and unit.startswith(strike.unit)


@dataclass(frozen=True)
class Odds:
    """Random faults: each hit of a boundary is struck with the chance that its fault has here."""

    seed: int
    chances: dict[str, float]


@dataclass(frozen=True)
class Plan:
    """What the processes of one cloud are to suffer until they are given another plan. ``over`` are jobs of earlier
    runs, whose late messages are left in peace."""

    strikes: tuple[Strike, ...] = ()
    odds: Odds | None = None
    over: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        partial = folder / "plan.partial"
        partial.write_text(json.dumps(asdict(self)))
        partial.replace(folder / "plan.json")


def read_plan(folder: Path) -> Plan:
    data: dict[str, Any] = json.loads((folder / "plan.json").read_text())
    strikes = tuple(Strike(**strike | {"fault": Fault(strike["fault"])}) for strike in data["strikes"])
    return Plan(strikes, Odds(**data["odds"]) if data["odds"] else None, tuple(data["over"]))
