"""The journal: every call the studio took or turned away, as a bill would see it."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from infra.local.studio.catalog import Kind


@dataclass
class Call:
    """One request for a model. `accepted` means that the provider would bill it."""

    model: str
    kind: Kind
    prompt: str
    request: str
    """The fingerprint of all that was asked; empty where it could not be read."""
    at: str
    accepted: bool = False
    fault: str = ""
    reason: str = ""
    """Why it was refused."""
    id: str = ""
    """The interaction or operation it opened, if any."""
    tokens: dict[str, int] = field(default_factory=dict)


class Journal:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[Call] = []

    def open(self, model: str, kind: Kind, prompt: str, request: str, fault: str) -> Call:
        call = Call(model, kind, prompt[:200], request, now(), fault=fault)
        with self._lock:
            self._calls.append(call)
        return call

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()

    def report(self) -> dict[str, Any]:
        """All calls, and accepted and refused counts per model and kind."""
        with self._lock:
            calls = [asdict(call) for call in self._calls]
        tally = Counter((call["model"], call["kind"], call["accepted"]) for call in calls)
        counts: dict[str, dict[str, dict[str, int]]] = {}
        for (model, kind, accepted), count in sorted(tally.items()):
            entry = counts.setdefault(model, {}).setdefault(kind, {"accepted": 0, "refused": 0})
            entry["accepted" if accepted else "refused"] += count
        return {
            "accepted": sum(1 for call in calls if call["accepted"]),
            "refused": sum(1 for call in calls if not call["accepted"]),
            "counts": counts,
            "calls": calls,
        }


def now() -> str:
    """The time as Google's APIs write it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
