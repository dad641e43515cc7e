"""A running studio and the real SDK pointed at it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from google import genai
from google.genai import types

REPOSITORY = Path(__file__).parents[3]


@dataclass
class Running:
    """A studio process and what tests ask of it."""

    process: subprocess.Popen[str]
    base: str
    client: Any = field(init=False)  # the SDK's answers are unions that every line of a test would have to narrow

    def __post_init__(self) -> None:
        # One attempt: the SDK's own retries would hide what the server answers.
        options = types.HttpOptions(base_url=self.base, retry_options=types.HttpRetryOptions(attempts=1))
        self.client = genai.Client(api_key="a-key", http_options=options)

    def call(self, method: str, path: str, body: Any = None, key: str | None = "a-key") -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        if key:
            request.add_header("x-goog-api-key", key)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def fault(self, **rule: Any) -> None:
        self.call("POST", "/studio/faults", rule)

    def log(self) -> Any:
        return self.call("GET", "/studio/log")

    def finished(self, key: str, seconds: float = 60) -> Any:
        """The interaction once it is over."""

        def look() -> Any:
            found = self.client.interactions.get(key)
            return found if found.status != "in_progress" else None

        return until(look, seconds)


def until(look: Callable[[], Any], seconds: float = 30) -> Any:
    """What `look` returns as soon as it is not None or False; fails when that takes longer than `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing after {seconds} s")


@contextmanager
def running(data: Path, *options: str) -> Iterator[Running]:
    command = [sys.executable, "-m", "infra.local.studio", "--port", "0", "--data", str(data), *options]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield Running(process, process.stdout.readline().split()[-1])
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()
