"""One small job on the whole local cloud with a slow provider: how long it takes, and how much it writes."""

import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import requests

from infra.local.cloud import LocalCloud
from infra.local.parts import REPO
from tests.bench.critical_path import longest_chain, own_seconds
from tests.bench.here import use
from tests.bench.tap import FirestoreTap
from ugcgen.domain.brief import Brief, SceneWish
from ugcgen.domain.enums import JobStatus, Quality
from ugcgen.domain.job import Job
from ugcgen.engine.refs import read_job, read_units
from ugcgen.ledger import calls
from ugcgen.pipeline.plan import plan_of
from ugcgen_cli import endpoint
from ugcgen_cli.client import Client
from ugcgen_cli.photos import check_photos

IMAGE_DELAY_S, CLIP_DELAY_S = 15.0, 60.0
PHOTOS = REPO / "examples" / "photos"
DEADLINE_S = 400.0

# Three cuts: without a chained scene the job is shortest, and what stands between its units weighs most.
BRIEF = Brief(
    product_name="Lumi Glow",
    brand="Lumi",
    prompt="A woman tells how a vitamin C serum brought the glow back to her skin",
    quality=Quality.DRAFT,
    scenes=[SceneWish(seconds=3), SceneWish(seconds=4), SceneWish(seconds=3)],
)


@dataclass(frozen=True)
class JobRun:
    start_s: float
    job_s: float
    critical_path_s: float
    path: list[str]
    units: int
    writes: dict[str, int]
    refused_commits: int


def run_job() -> JobRun:
    """Start a local cloud, run the job to its end, stop the cloud. Raises RuntimeError where the job does not complete.

    ``job_s`` is from the job's creation to its completion as its document says, so nothing of the client counts.

    ``critical_path_s`` is the heaviest path through the job's plan, a unit weighing what it cannot be quicker than:
    a unit that orders clips the provider's delay for each, all others the time from their first claim to their last
    settle. So the submit, the poll or webhook, the download and the bookkeeping of a clip count against us, as does
    everything between two units: commit, message, delivery, claim, and waiting for a free slot of post-production.
    What counts for us is work that the job needs: answers of models, drawing delays and rendering. A unit that failed
    and was tried again would hide that loss in its own time, so such a run is not taken.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, FirestoreTap() as tap:
        began = time.monotonic()
        with LocalCloud(Path(folder), env={"FIRESTORE_EMULATOR_HOST": tap.address}) as cloud:
            start_s = time.monotonic() - began
            emulator = cloud.urls["firestore"].removeprefix("http://")
            tap.connect(emulator)
            use(cloud.env | {"FIRESTORE_EMULATOR_HOST": emulator})
            delays = {"image": IMAGE_DELAY_S, "video": CLIP_DELAY_S}
            requests.post(f"{cloud.urls['studio']}/studio/latency", json=delays, timeout=10).raise_for_status()
            job = finished(started(cloud))
            return _measured(job, start_s, tap)


def started(cloud: LocalCloud) -> str:
    """The id of the job, started as a client starts it."""
    photos = check_photos(PHOTOS / f"{kind}-front.jpg" for kind in ("product", "avatar"))
    with Client(endpoint.local(cloud.data)) as client:
        product, avatar = (client.upload(photo) for photo in photos)
        return client.start(BRIEF, [product], [avatar], auto_approve=True, budget=None).job_id


def finished(job_id: str) -> Job:
    """The job once it is completed. Raises RuntimeError where that does not come."""
    deadline = time.monotonic() + DEADLINE_S
    while (job := read_job(job_id)).status is not JobStatus.COMPLETED:
        if job.status in {JobStatus.FAILED, JobStatus.PAUSED} or time.monotonic() > deadline:
            raise RuntimeError(f"the job is {job.status}: {job.error_message or job.paused_for or job.message}")
        time.sleep(1)
    return job


def _measured(job: Job, start_s: float, tap: FirestoreTap) -> JobRun:
    units = read_units(job.id)
    if failed := [unit.id for unit in units.values() if unit.failures]:
        raise RuntimeError(f"{', '.join(failed)} failed and was tried again; its time says nothing, run again")
    orders = Counter(call.unit_id for call in calls.of_job(job.id) if call.kind == "video")
    own = {unit_id: own_seconds(unit, orders[unit_id], CLIP_DELAY_S) for unit_id, unit in units.items()}
    length, path = longest_chain(plan_of(job), own)
    assert job.completed_at
    return JobRun(
        start_s=start_s,
        job_s=(job.completed_at - job.created_at).total_seconds(),
        critical_path_s=length,
        path=[f"{unit_id} {own[unit_id]:.2f} s" for unit_id in path],
        units=len(units),
        writes=dict(tap.writes),
        refused_commits=tap.lost,
    )
