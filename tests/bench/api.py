"""``python -m tests.bench.api``: requests per second and waiting times of the API, in ``out/bench/api.json``.

The local cloud on loopback, one functions process, a few clients at once that ask again as soon as they are answered.
Everything is counted and checked as always, with limits that nobody reaches. The talk is in ``tests.bench.chat``.
"""

import json
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import requests
from rich.console import Console

from infra.local.auth import unsigned_token
from infra.local.cloud import PROJECT, LocalCloud
from infra.local.parts import REPO
from tests.bench import chat
from tests.bench.here import use
from ugcgen.cloud import storage

OUT = REPO / "out" / "bench" / "api.json"
CLIENTS = 8
SECONDS = 8.0
TIMEOUT_S = 30
BUDGETS = ("JOBS_BUDGET_USD", "DAILY_BUDGET_USD")
LIMITS = ("READS_PER_MINUTE", "CHANGES_PER_MINUTE", "STARTS_PER_MINUTE", "JOBS_PER_DAY", "JOBS_AT_ONCE")
BRIEF = {"product_name": "Lumi Glow", "prompt": "A glow", "quality": "draft", "scenes": [{"seconds": 3}]}
PHOTO = REPO / "examples" / "photos" / "product-front.jpg"

Ask = Callable[[requests.Session], requests.Response]


@dataclass(frozen=True)
class Load:
    """Of one kind of request: ``p50`` and ``p99`` are milliseconds, ``errors`` any answer but 200."""

    clients: int
    requests: int
    per_second: float
    p50: float
    p99: float
    errors: int


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        parts = ("firestore", "pubsub", "storage", "tasks", "studio", "functions")
        limits = dict.fromkeys(LIMITS, "10000000") | dict.fromkeys(BUDGETS, "10000000")
        with LocalCloud(Path(folder), parts, env=limits) as cloud:
            use(cloud.env)
            api, studio = f"{cloud.urls['functions']}/api/v1", cloud.urls["studio"]
            people = [a_person()[0] for _ in range(chat.PEOPLE)]
            chat.many_at_once(api, people[:1])  # the first one waits for imports
            measured = {
                "talk of twenty": asdict(chat.many_at_once(api, people)),
                "first words": [
                    asdict(chat.first_words(api, people[0], studio, cloud.env["GEMINI_API_KEY"], thinking))
                    for thinking in (0, chat.THINKING_S)
                ],
            } | {name: asdict(load(ask)) for name, ask in asked(api).items()}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(measured, indent=2))
    Console().print_json(data=measured)


def asked(api: str) -> dict[str, Ask]:
    """The requests by name. Jobs are started by several users, as the starts of one are counted in a row."""
    people = cycle([a_person() for _ in range(4 * CLIENTS)])

    def start(session: requests.Session) -> requests.Response:
        header, photo = next(people)
        wish: dict[str, Any] = {"request_id": uuid.uuid4().hex, "brief": BRIEF, "product_images": [photo]}
        return session.post(f"{api}/generation/start", json=wish, headers=header, timeout=TIMEOUT_S)

    header, photo = a_person()
    wish = {"request_id": uuid.uuid4().hex, "brief": BRIEF, "product_images": [photo]}
    begun = requests.post(f"{api}/generation/start", json=wish, headers=header, timeout=TIMEOUT_S)
    first = begun.json()["job_id"]
    return {
        "health": lambda session: session.get(f"{api}/health", timeout=TIMEOUT_S),
        "read a job": lambda session: session.get(f"{api}/jobs/{first}", headers=header, timeout=TIMEOUT_S),
        "list jobs": lambda session: session.get(f"{api}/jobs", headers=header, timeout=TIMEOUT_S),
        "start a job": start,
    }


def a_person() -> tuple[dict[str, str], str]:
    """The headers of somebody new, and a photo of theirs."""
    user = f"user-{uuid.uuid4().hex[:12]}"
    photo = storage.pinned_name(user, "0" * 64, "jpg")
    storage.put_once(photo, PHOTO.read_bytes(), "image/jpeg")
    return {"Authorization": f"Bearer {unsigned_token(user, PROJECT)}"}, photo


def load(ask: Ask) -> Load:
    until = time.monotonic() + SECONDS

    def client(_: int) -> list[tuple[float, bool]]:
        answers = []
        with requests.Session() as session:
            while time.monotonic() < until:
                began = time.monotonic()
                answers.append((ask(session).status_code == 200, time.monotonic() - began))
        return [(seconds, good) for good, seconds in answers]

    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = [answer for each in clients.map(client, range(CLIENTS)) for answer in each]
    waits = sorted(seconds for seconds, _ in answers)
    return Load(
        clients=CLIENTS,
        requests=len(answers),
        per_second=round(len(answers) / SECONDS, 1),
        p50=round(1000 * waits[len(waits) // 2], 1),
        p99=round(1000 * waits[int(len(waits) * 0.99)], 1),
        errors=sum(not good for _, good in answers),
    )


if __name__ == "__main__":
    main()
