"""What the protocol adds to a unit: claim, settle and advance around work that is empty, on Google's emulators."""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from infra.local.cloud import LocalCloud
from tests.bench.here import use
from ugcgen.cloud import firestore, pubsub
from ugcgen.cloud.settings import settings
from ugcgen.domain.brief import Brief, SceneWish
from ugcgen.domain.enums import PipelineStep
from ugcgen.domain.job import Job, Money
from ugcgen.domain.unit import UnitKey, WakeUp
from ugcgen.engine.advance import advance
from ugcgen.engine.handle import Task, handle
from ugcgen.engine.refs import job_ref
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.quote import choose_models, quote
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS, STEPS, Service
from ugcgen.pipeline.transitions import Done, Outcome

WARM_UP, JOBS, SCENES = 20, 10, 5
"""Jobs handled before the first that counts: the emulator runs on a JVM, which takes that long to compile itself."""


def unit_overhead() -> list[float]:
    """Milliseconds of handling one wake-up of ``scene_prompts``, for each scene of some jobs once all is warm.

    The work returns at once, so what is left is the protocol: the claim's commit, the settle's, and an advance that
    reads the job and its units, creates the scene's next unit with its money and publishes its message.
    """
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        LocalCloud(Path(folder), parts=("firestore", "pubsub", "storage", "tasks")) as cloud,
    ):
        use(cloud.env)
        for step in STEPS.values():
            pubsub.client().create_topic(name=f"projects/{settings().google_cloud_project}/topics/{step.topic}")
        runs = [_scene_prompts_of(f"bench-{number}") for number in range(WARM_UP + JOBS)]
    return [milliseconds for run in runs[WARM_UP:] for milliseconds in run]


def _scene_prompts_of(job_id: str) -> list[float]:
    job = _job(job_id)
    job_ref(job_id).create(firestore.to_document(job))
    advance(job)
    _handled(job_id, UnitKey(step=PipelineStep.SCRIPT_GENERATION))
    scenes = [UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=number) for number in range(1, SCENES + 1)]
    return [_handled(job_id, scene) for scene in scenes]


def _handled(job_id: str, key: UnitKey) -> float:
    message = WakeUp(job=job_id, unit=key.id, run=1)
    began = time.perf_counter()
    handle(message, _nothing, _nothing, Service.FUNCTIONS)
    return (time.perf_counter() - began) * 1000


def _nothing(task: Task) -> Outcome:
    return Done()


def _job(job_id: str) -> Job:
    brief = Brief(product_name="Lumi Glow", prompt="A glow", scenes=[SceneWish(seconds=6)] * SCENES)
    moment = datetime.now(UTC)
    choices = choose_models(catalog(), brief, moment.date(), settings().consistency_model)
    planned = outline(brief, choices[Role.VIDEO].model.limits)
    priced = quote(brief, planned, choices, (1, 1), 1, MAX_REGEN_ATTEMPTS, moment.date())
    return Job(
        id=job_id,
        user_id="bench",
        request_id=job_id,
        brief=brief,
        outline=planned,
        quote=priced,
        money=Money(cap=priced.high),
        product_name=brief.product_name,
        product_images=["users/bench/media/product.jpg"],
        created_at=moment,
        updated_at=moment,
    )


def median(milliseconds: list[float]) -> float:
    return statistics.median(milliseconds)
