"""What tests ask of the studio: its bad days, its delays, and its own account of the calls it took."""

from collections import Counter
from typing import Any

import requests

TIMEOUT_S = 30

Bill = Counter[tuple[str, str]]
"""Paid calls by model and kind."""


class Studio:
    def __init__(self, url: str) -> None:
        self._url = url

    def fault(self, fault: str, **rule: Any) -> None:
        """Have a bad day; see ``infra/local/studio/bad_day.py`` for the rules."""
        self._ask("POST", "/studio/faults", {"fault": fault, **rule})

    def latency(self, **seconds: float) -> None:
        """Answer no sooner than this, by kind; kinds that are not named answer at once."""
        self._ask("POST", "/studio/latency", seconds)

    def good_day(self) -> None:
        self._ask("DELETE", "/studio/faults")
        self.latency()

    def mark(self) -> int:
        """A place in the journal, for ``calls`` and ``bill``."""
        return len(self._journal())

    def calls(self, since: int) -> list[dict[str, Any]]:
        return self._journal()[since:]

    def bill(self, since: int) -> Bill:
        """The calls since a mark that a provider would bill."""
        return Counter((call["model"], call["kind"]) for call in self.calls(since) if call["accepted"])

    def interaction(self, operation: str) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("GET", f"/v1beta/interactions/{operation}")
        return found

    def _journal(self) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = self._ask("GET", "/studio/log")["calls"]
        return calls

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        reply = requests.request(
            method, f"{self._url}{path}", json=body, headers={"x-goog-api-key": "a-key"}, timeout=TIMEOUT_S
        )
        reply.raise_for_status()
        return reply.json()
