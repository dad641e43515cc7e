"""A job that was filmed and voiced, for post-production to work on: documents in Firestore, media in Storage."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from google.api_core.exceptions import AlreadyExists
from PIL import Image

from postprod.sound.words import speech_span, word_times
from postprod.units.render import render
from tests.integration.postprod.conftest import Ramp
from tests.integration.postprod.speech_truth import speak
from ugcgen.cloud import firestore, pubsub, storage, tasks
from ugcgen.cloud.settings import settings
from ugcgen.domain.brief import Brief, SceneWish
from ugcgen.domain.cut import Cut
from ugcgen.domain.enums import PipelineStep, Quality, SceneJoin, UnitState
from ugcgen.domain.job import Job, Money
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.engine.handle import Task
from ugcgen.engine.refs import job_ref, read_results, unit_ref
from ugcgen.models.catalog import Role, catalog
from ugcgen.models.quote import choose_models, quote
from ugcgen.pipeline.freshness import inputs, made_from, reads
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.segments import ANIMATIC
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS, STEPS
from ugcgen.pipeline.transitions import Done

SCENE_FRAMES = 72
LINES = {1: "I did not expect this.", 2: "My skin glows.", 3: "Try it now."}
CACHED = (settings, firestore.client, storage.bucket, pubsub.client, tasks.client)


@contextmanager
def service_process() -> Iterator[None]:
    """This process as a fresh one of the service, in the environment of now, with the topics that its units wake."""
    _forget_clients()
    for step in STEPS.values():
        with suppress(AlreadyExists):
            pubsub.client().create_topic(name=f"projects/{settings().google_cloud_project}/topics/{step.topic}")
    yield
    _forget_clients()


def _forget_clients() -> None:
    for cached in CACHED:
        cached.cache_clear()


def job_of(user: str, *scenes: SceneWish, cut: Cut | None = None) -> Job:
    """A draft job with its document in Firestore, and no unit yet."""
    brief = Brief(
        product_name="Lumi Glow", prompt="A glow", quality=Quality.DRAFT, scenes=list(scenes), cut=cut or Cut()
    )
    moment = datetime.now(UTC)
    choices = choose_models(catalog(), brief, moment.date(), settings().consistency_model)
    planned = outline(brief, choices[Role.VIDEO].model.limits)
    priced = quote(brief, planned, choices, (1, 0), 1, MAX_REGEN_ATTEMPTS, moment.date())
    job = Job(
        id=f"job-{uuid.uuid4().hex[:12]}",
        user_id=user,
        request_id="a-request",
        brief=brief,
        outline=planned,
        quote=priced,
        money=Money(cap=priced.high),
        product_name=brief.product_name,
        product_images=[f"users/{user}/media/product.jpg"],
        created_at=moment,
        updated_at=moment,
    )
    job_ref(job.id).create(firestore.to_document(job))
    return job


def unit_of(job: Job, key: UnitKey, state: UnitState = UnitState.READY, **fields: Any) -> Unit:
    """A unit of the job, as it is in Firestore from now on."""
    usual: dict[str, Any] = {"phase": STEPS[key.step].first_phase, "created_at": job.created_at, "user_id": job.user_id}
    place = {"step": key.step, "scene": key.scene, "segment": key.segment}
    wanted = reads(key, job)
    usual["made_from"] = made_from(wanted, read_results(job.id, wanted.results))
    unit = Unit.model_validate({"job_id": job.id, "state": state} | place | usual | fields)
    unit_ref(job.id, unit.id).set(firestore.to_document(unit))
    return unit


def stored_unit(job: Job, key: UnitKey) -> Unit:
    found = firestore.from_snapshot(Unit, unit_ref(job.id, key.id).get())
    assert found
    return found


def filmed(job: Job, scene: int) -> UnitKey:
    extended = job.outline[scene - 1].is_extended
    return UnitKey(step=PipelineStep.VIDEO_EXTENSION if extended else PipelineStep.VIDEO_GENERATION, scene=scene)


def put(user: str, file: Path, kind: str) -> dict[str, str]:
    """The file as an artifact: its object and digest."""
    data = file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    _, artifact = storage.put_once(storage.artifact_name(user, digest, file.suffix[1:]), data, kind)
    return {"name": artifact.name, "sha256": digest}


def segment_task(job: Job, segment: str) -> Task:
    return task_of(job, UnitKey(step=PipelineStep.POST_PRODUCTION, segment=segment))


_PROMPTS = {"product_visibility": "primary", "label_text": [], "references": []}


def frames_task(job: Job, step: PipelineStep, filmed: dict[str, Any]) -> Task:
    """The scene after it was filmed, in a job without any photo to compare it with."""
    job_ref(job.id).update({"product_images": []})
    unit_of(job, UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=1), UnitState.DONE, result=_PROMPTS)
    bare = job.model_copy(update={"product_images": []})
    return task_of(bare, UnitKey(step=step, scene=1), phase="frames", memo={"filmed": filmed})


def task_of(job: Job, key: UnitKey, **fields: Any) -> Task:
    """A unit with all that it reads, as the engine gives it to its work."""
    wanted = reads(key, job)
    return Task(unit_of(job, key, **fields), job, inputs(wanted, read_results(job.id, wanted.results)))


class Shoot:
    """A job of three scenes of three seconds, the third continuing the second, all of them drawn, filmed and voiced."""

    def __init__(
        self, user: str, folder: Path, ramp: Ramp, lines: Mapping[int, str] = LINES, cut: Cut | None = None
    ) -> None:
        wishes = [SceneWish(seconds=3), SceneWish(seconds=3), SceneWish(seconds=3, join=SceneJoin.CHAIN)]
        self.job = job_of(user, *wishes, cut=cut)
        for number, text in lines.items():
            still = folder / f"still-{number}.png"
            Image.new("RGB", (90, 160), (0, 60 * number, 90)).save(still)
            prompts = UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=number)
            unit_of(self.job, prompts, UnitState.DONE, result={"scene_number": number, "dialogue": text})
            drawn = UnitKey(step=PipelineStep.STORYBOARD, scene=number)
            unit_of(self.job, drawn, UnitState.DONE, result={"image": put(user, still, "image/png")})
            clip = put(user, ramp(SCENE_FRAMES, first=10 * number), "video/mp4")
            footage = {"scene_number": number, "clip": clip["name"], "sha256": clip["sha256"]}
            unit_of(self.job, filmed(self.job, number), UnitState.DONE, result=footage)
            sound = folder / f"{hashlib.sha256(text.encode()).hexdigest()}.wav"
            if not sound.exists():
                speak(text, sound)
            voice = put(user, sound, "audio/wav")
            spoken = {
                "scene_number": number,
                "voice": voice["name"],
                "sha256": voice["sha256"],
                "text": text,
                "words": [vars(word) for word in word_times(sound, text)],
                "speech": list(speech_span(sound)),
            }
            key = UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=number)
            unit_of(self.job, key, UnitState.DONE, result=spoken)

    def rendered(self) -> dict[str, dict[str, Any]]:
        """The results of every unit of post_production that is made of footage, in the order of the plan."""
        planned = plan_of(self.job)
        segments = [unit.key.segment for unit in planned.values() if unit.key.step is PipelineStep.POST_PRODUCTION]
        results = {}
        for segment in filter(None, segments):
            if segment == ANIMATIC:
                continue
            task = segment_task(self.job, segment)
            outcome = render(task)
            assert isinstance(outcome, Done)
            unit_of(self.job, task.unit.key, UnitState.DONE, result=outcome.result)
            results[segment] = outcome.result
        return results


def fetched(name: str, folder: Path) -> Path:
    file = folder / Path(name).name
    storage.get_file(name, file)
    return file
