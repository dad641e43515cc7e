"""A stage: one local cloud that is struck by faults, one run at a time, and looked after as a platform would do it."""

import json
import logging
import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import requests
from google.api_core.exceptions import GoogleAPICallError
from google.auth.credentials import AnonymousCredentials
from google.cloud import firestore

from infra.local.cloud import LocalCloud
from infra.local.errors import LocalCloudError
from infra.local.parts import REPO
from tests.chaos.boundaries import boundaries
from tests.chaos.checks import Told
from tests.chaos.photos import draw_photos
from tests.chaos.plan import Plan
from tests.chaos.scenarios import Scenario
from tests.e2e.backstage import ENDED, Backstage
from tests.e2e.person import Person, Refused
from tests.integration.functions.served_pages import serving
from ugcgen.domain.enums import CallState, DeliveryState
from ugcgen.domain.job import Job

SETTINGS = {
    "LEASE_SECONDS": "3",
    "SWEEP_AFTER_SECONDS": "1",
    "LOST_AFTER_SECONDS": "6",
    "CONSISTENCY_FRAME_SAMPLE_RATE": "0.3",
}
"""Short times, so that what died is noticed after seconds instead of a minute."""

SWEEP_EVERY_S = 2.0
LOOK_EVERY_S = 0.05
ASK_EVERY_S, ASK_MANY_EVERY_S = 0.25, 1.0
PATIENCE_S, PATIENCE_MORE_S = 150.0, 8.0
"""How long a job may take to end by itself, and how much longer each further one that is made at once."""
QUIET_S = 0.3
"""How long Firestore is given to finish what had arrived, before it is saved and restarted."""

_TRIED_AGAIN = (requests.ConnectionError, requests.Timeout, requests.HTTPError, ValueError)

log = logging.getLogger(__name__)

_MAKING_CLIENTS = threading.Lock()

Hit = dict[str, Any]
T = TypeVar("T")


def _insisted(ask: Callable[[], T], deadline: float) -> T:
    """What a client that asks again is answered in the end."""
    while True:
        try:
            return ask()
        except Refused as refused:
            if refused.code < 500 or time.monotonic() > deadline:
                raise
        except _TRIED_AGAIN:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.2)


@dataclass(frozen=True)
class Played:
    """What is left of a run: its jobs, every hit of a boundary, the studio's calls, what others were told, and how long
    it took."""

    jobs: list[Job]
    hits: list[Hit]
    calls: list[dict[str, Any]]
    told: Told
    seconds: float


class Stage:
    """A local cloud whose functions and post-production can be struck, for the length of a ``with`` block."""

    def __init__(self, folder: Path) -> None:
        self._chaos = folder / "chaos"
        self._chaos.mkdir(parents=True)
        self._product, self._avatar = draw_photos(folder)
        self._write_sites()
        Plan().write(self._chaos)
        self._folder = folder
        (folder / "scratch").mkdir()
        self._open = ExitStack()
        self._over: list[str] = []
        self._calls_before: list[dict[str, Any]] = []
        self._closing = threading.Event()
        self._keeping = threading.Lock()
        self._keeper = threading.Thread(target=self._keep_up, name="keeper", daemon=True)

    @property
    def drawn(self) -> Path:
        """Where the studio keeps what it has drawn."""
        return self._folder / "cloud" / "studio" / "made"

    def __enter__(self) -> Self:
        self.receiver = self._open.enter_context(serving())
        env = SETTINGS | {
            "ALLOWED_PRIVATE_HOSTS": f"127.0.0.1:{self.receiver.port}",
            "CHAOS_DIR": str(self._chaos),
            "TMPDIR": str(self._folder / "scratch"),  # what is killed leaves its files
            "PYTHONPATH": os.pathsep.join([str(REPO / "tests" / "chaos" / "injector"), str(REPO)]),
        }
        self.cloud = self._open.enter_context(LocalCloud(self._folder / "cloud", env=env))
        with _MAKING_CLIENTS:
            os.environ["FIRESTORE_EMULATOR_HOST"] = self.cloud.env["FIRESTORE_EMULATOR_HOST"]
            self._client = firestore.Client(
                project=self.cloud.env["GOOGLE_CLOUD_PROJECT"],
                credentials=AnonymousCredentials(),  # type: ignore[no-untyped-call]
            )
            list(self._client.collections())  # connects: the variable may be another stage's afterwards
        self.backstage = Backstage(self.cloud, self._client)
        self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._keeper.join()
        self._open.close()

    def play(
        self, scenario: Scenario, plan: Plan, bad_day: Sequence[dict[str, Any]] = (), restart: str = "", count: int = 1
    ) -> Played:
        """Start jobs of people of their own, and see them to their end or the end of the time.

        ``restart`` is the part to restart where the plan has a worker wait for it.
        """
        with ThreadPoolExecutor(8) as people:
            chats = dict(people.map(lambda _: self._enrolled(), range(count)))
        self._calm()
        for rule in (*bad_day, *scenario.bad_day):
            self.backstage.studio.fault(**rule)
        mark, began = len(self._calls()), time.monotonic()
        replace(plan, over=tuple(self._over)).write(self._chaos)
        deadline = began + PATIENCE_S + count * PATIENCE_MORE_S
        with ThreadPoolExecutor(8) as people:
            started = list(people.map(lambda one: self._started(scenario, one[0], one[1], deadline), chats.items()))
        jobs = self._seen_to_their_end(scenario, dict(started), deadline, restart)
        took = time.monotonic() - began
        self._wait_for_collection([job.id for job in jobs])
        told = self._told(dict(started), chats)
        Plan().write(self._chaos)
        self.backstage.studio.good_day()
        self._over += [job.id for job in jobs]
        return Played(jobs, self._hits(), self._calls()[mark:], told, took)

    def _enrolled(self) -> tuple[Person, str]:
        """Somebody new, whose webhook is told of everything, and their chat."""
        person, deadline = self.backstage.person(), time.monotonic() + PATIENCE_S
        _insisted(lambda: person.call("addWebhook", url=self.receiver.url), deadline)
        return person, _insisted(lambda: person.call("createChat"), deadline)["id"]

    def _started(self, scenario: Scenario, person: Person, chat_id: str, deadline: float) -> tuple[str, Person]:
        """A job, by a client that asks again under the same request id until it is answered."""
        request_id = uuid.uuid4().hex

        def start() -> str:
            wishes = scenario.wishes(person, scenario.brief) | {"chat_id": chat_id}
            return person.start(scenario.brief, [self._product], [self._avatar], request_id=request_id, **wishes)

        return _insisted(start, deadline), person

    def _seen_to_their_end(
        self, scenario: Scenario, people: dict[str, Person], deadline: float, restart: str
    ) -> list[Job]:
        over: dict[str, Job] = {}
        swept = time.monotonic()
        while len(over) < len(people) and time.monotonic() < deadline:
            time.sleep(ASK_EVERY_S if len(people) == 1 else ASK_MANY_EVERY_S)
            if restart and (self._chaos / "restart-wanted").exists() and not (self._chaos / "restart-done").exists():
                self._restart(restart)
                (self._chaos / "restart-done").touch()
            # What is down now is looked at again in a moment.
            with suppress(GoogleAPICallError, requests.RequestException):
                for job in self._jobs(people.keys() - over.keys()):
                    if job.status in ENDED:
                        over[job.id] = job
                    else:
                        self._act(scenario, people[job.id], job)
            if time.monotonic() - swept > SWEEP_EVERY_S:
                self._tick("sweeper")
                self._tick("collector")
                swept = time.monotonic()
        return [over.get(job_id) or self.backstage.job(job_id) for job_id in people]

    def _jobs(self, ids: Iterable[str]) -> list[Job]:
        """The jobs as they are now, in one request."""
        documents = [self._client.document(f"jobs/{job_id}") for job_id in ids]
        return [Job.model_validate(found.to_dict()) for found in self._client.get_all(documents)]

    def _act(self, scenario: Scenario, person: Person, job: Job) -> None:
        for act in scenario.acts:
            if act.when(job, lambda: self.backstage.units(job.id)):
                try:
                    person.call(act.call, job_id=job.id, **act.data(job))
                except (Refused, *_TRIED_AGAIN) as refused:
                    log.info("%s: %s", act.call, refused)

    def _wait_for_collection(self, ids: list[str]) -> None:
        """Operations that nobody waits for any more are collected in the course of time."""
        deadline = time.monotonic() + PATIENCE_S / 2
        while time.monotonic() < deadline:
            records = [record for job_id in ids for record in self.backstage.calls(job_id)]
            if not any(record.state is CallState.SUBMITTED for record in records):
                return
            self._tick("collector")
            time.sleep(ASK_MANY_EVERY_S)

    def _told(self, people: Mapping[str, Person], chats: Mapping[Person, str]) -> Told:
        """What others were told of the jobs, once all is told that is going to be, or when the time is over."""
        deadline = time.monotonic() + PATIENCE_S / 2
        while self._is_telling(people) and time.monotonic() < deadline:
            self._tick("sweeper")
            time.sleep(ASK_EVERY_S)
        arrived = [
            headers["webhook-id"]
            for headers, body in list(self.receiver.received)
            if json.loads(body)["data"]["job_id"] in people
        ]
        events = {event.id: (job_id, event.get("milestone")) for job_id in people for event in self._events(job_id)}
        lines = {
            job_id: [
                message.get("content")
                for message in self._client.collection(f"chats/{chats[person]}/messages").stream()
                if message.get("job_id") == job_id
            ]
            for job_id, person in people.items()
        }
        return Told(events, arrived, lines)

    def _is_telling(self, people: Mapping[str, Person]) -> bool:
        for job_id, person in people.items():
            events = self._events(job_id)
            for webhook in self._client.collection(f"users/{person.user_id}/webhooks").stream():
                sent = {one.id: one.get("state") for one in webhook.reference.collection("deliveries").stream()}
                if any(sent.get(event.id) != DeliveryState.DELIVERED for event in events):
                    return True
        return False

    def _events(self, job_id: str) -> list[Any]:
        of_job = firestore.FieldFilter("data.job_id", "==", job_id)
        return list(self._client.collection("events").where(filter=of_job).stream())

    def _tick(self, schedule: str) -> None:
        """Run a scheduled function now."""
        with suppress(requests.RequestException):
            requests.post(f"{self.cloud.urls['functions']}/schedule/{schedule}", timeout=60)

    def _restart(self, part: str) -> None:
        """In good order: nothing that an emulator has acknowledged is lost, and all that calls it sees it go."""
        if part in {"functions", "postprod"}:
            (self._chaos / "restart-done").touch()  # it waits for what is under way
            with self._keeping:
                self.cloud.restart(part)
            return
        # What is written after Firestore's export and before its end would be lost, as it never is in the cloud.
        product = [self.cloud.pids[name] for name in ("functions", "postprod") if name in self.cloud.pids]
        for pid in product:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(QUIET_S)
        if part == "studio":
            self._calls_before = self._calls()  # its journal is in its memory
        try:
            self.cloud.stop(part)
        finally:
            for pid in product:
                os.kill(pid, signal.SIGCONT)
        self.cloud.start(part)

    def _keep_up(self) -> None:
        """Start again what was killed, as Cloud Run does."""
        while not self._closing.wait(LOOK_EVERY_S):
            # One that is killed while it starts is started once more.
            with self._keeping, suppress(LocalCloudError, requests.RequestException):
                for part in self.cloud.ended:
                    self.cloud.kill(part)  # what its group has left
                    self.cloud.start(part)

    def _calm(self) -> None:
        for name in ("struck-*", "restart-*"):
            for path in self._chaos.glob(name):
                path.unlink()
        os.truncate(self._chaos / "journal.jsonl", 0)

    def _calls(self) -> list[dict[str, Any]]:
        return self._calls_before + self.backstage.studio.calls(0)

    def _hits(self) -> list[Hit]:
        lines = (self._chaos / "journal.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def _write_sites(self) -> None:
        sites: dict[str, list[list[Any]]] = {}
        for boundary in boundaries():
            sites.setdefault(boundary.path, []).append([boundary.kind, *boundary.lines, boundary.id])
        (self._chaos / "sites.json").write_text(json.dumps(sites))
