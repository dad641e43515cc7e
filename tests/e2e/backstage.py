"""Behind the stage: the documents, objects and processes that no client sees, and the ways to disturb them."""

import hashlib
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests
from google.cloud import firestore

from infra.local.cloud import LocalCloud
from tests.e2e.follow import Follow, Units
from tests.e2e.person import Person
from tests.e2e.studio import Bill, Studio
from ugcgen.domain.call import CallRecord
from ugcgen.domain.enums import CallState, JobStatus, PipelineStep
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, UnitKey, WakeUp
from ugcgen.pipeline.steps import STEPS

ENDED = {JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}
AT_REST = ENDED | {JobStatus.PAUSED}
TIMEOUT_S = 60
SWEEP_EVERY_S = 1.0


class Backstage:
    def __init__(self, cloud: LocalCloud, client: firestore.Client) -> None:
        self.cloud = cloud
        self.studio = Studio(cloud.urls["studio"])
        self._client = client

    # People and their jobs

    def person(self) -> Person:
        return Person(self.cloud.urls["functions"], self.cloud.env["GOOGLE_CLOUD_PROJECT"])

    def follow(self, job_id: str) -> Follow:
        return Follow(self._client, job_id)

    def rest(self, job_id: str, seconds: float = 150) -> Job:
        """The job once it has ended or waits for a person, as it got there by itself."""
        with self.follow(job_id) as seen:
            seen.until(lambda seen: seen.job and seen.job.status in AT_REST, seconds)
            return self.job(job_id)

    def recover(self, job_id: str, seconds: float = 150) -> Job:
        """The job once it has ended, with the sweeper run every second instead of every minute."""
        deadline = time.monotonic() + seconds
        while (job := self.job(job_id)).status not in ENDED:
            assert time.monotonic() < deadline, f"{job.status} after {seconds:g} s: {_states(self.units(job_id))}"
            self.sweep()
            time.sleep(SWEEP_EVERY_S)
        return job

    def sweep(self) -> None:
        requests.post(f"{self.cloud.urls['functions']}/schedule/sweeper", timeout=TIMEOUT_S).raise_for_status()

    # Documents and objects

    def job(self, job_id: str) -> Job:
        return Job.model_validate(self._client.document(f"jobs/{job_id}").get().to_dict())

    def units(self, job_id: str) -> Units:
        found = (Unit.model_validate(one.to_dict()) for one in self._client.collection(f"jobs/{job_id}/units").stream())
        return {unit.id: unit for unit in found}

    def calls(self, job_id: str) -> list[CallRecord]:
        """The ledger's records of the calls that this job sent."""
        query = self._client.collection("calls").where(filter=firestore.FieldFilter("job_id", "==", job_id))
        return [CallRecord.model_validate(one.to_dict()) for one in query.stream()]

    def bill(self, *job_ids: str) -> Bill:
        """What the ledger says was sent: POSTs by model and kind."""
        sent: Bill = Counter()
        for job_id in job_ids:
            for call in self.calls(job_id):
                sent[call.model, call.kind] += call.sends
        return +sent

    def in_flight(self, job_id: str) -> list[CallRecord]:
        """Calls that were sent and not answered."""
        return [call for call in self.calls(job_id) if call.state is CallState.SENDING]

    def artifacts(self, job_id: str) -> dict[str, str]:
        """The sha256 of every object that a unit's result names, by unit and place in the result.

        A signature is another every time, so what was signed at the end is left out; what it was made from is not.
        """
        return {
            f"{unit_id}{place}": hashlib.sha256(self.read(name)).hexdigest()
            for unit_id, unit in sorted(self.units(job_id).items())
            if unit.step is not PipelineStep.COMPLETE
            for place, name in _objects(unit.result)
        }

    def read(self, name: str) -> bytes:
        url = f"{self.cloud.urls['storage']}/storage/v1/b/{self.cloud.env['GCS_BUCKET']}/o/{quote(name, safe='')}"
        reply = requests.get(url, params={"alt": "media"}, timeout=TIMEOUT_S)
        reply.raise_for_status()
        return reply.content

    # Doubles of what the product itself sends

    def publish(self, message: WakeUp) -> None:
        """A wake-up on the topic of its unit's step, whoever does the phase that the unit is in."""
        topic = STEPS[UnitKey.parse(message.unit).step].topic
        url = f"{self.cloud.urls['pubsub']}/v1/projects/{self.cloud.env['GOOGLE_CLOUD_PROJECT']}/topics/{topic}:publish"
        data = b64encode(message.model_dump_json().encode()).decode()
        requests.post(url, json={"messages": [{"data": data}]}, timeout=TIMEOUT_S).raise_for_status()

    def post(self, message: WakeUp) -> None:
        """A wake-up to post-production, as Cloud Tasks brings it; the answer is nobody's concern."""
        requests.post(f"{self.cloud.urls['postprod']}/units", json=message.model_dump(), timeout=TIMEOUT_S)


@dataclass(frozen=True)
class Finished:
    """A job that nobody disturbed: what was seen of it, what the studio counted, and the sha256 of all it made."""

    person: Person
    job: Job
    seen: list[Job]
    bill: Bill
    artifacts: dict[str, str]


def _states(units: Units) -> str:
    return ", ".join(f"{unit_id} {unit.state} {unit.error or ''}" for unit_id, unit in sorted(units.items()))


def _objects(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every object name inside a unit's result, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _objects(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _objects(inner, f"{place}[{index}]")
    elif isinstance(value, str) and value.startswith("users/"):
        yield place, value
