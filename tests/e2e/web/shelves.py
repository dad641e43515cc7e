"""Jobs as the library finds them, without the work of making them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from google.cloud import firestore

from ugcgen.cloud.firestore import to_document
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import JobStatus, SceneType
from ugcgen.domain.job import Job, Money, Quote, SceneView
from ugcgen.domain.script import Script, ScriptScene
from ugcgen.domain.search import index_of

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
BATCH = 250
SCENE = PlannedScene(scene_number=1, scene_type=SceneType.HOOK, seconds=6, clip_seconds=6, max_words=15)
LINES = ("Look at this glow.", "One drop in the morning, and it stays all day.", "Get yours today.")


def a_job(user_id: str, number: int, title: str, **fields: Any) -> Job:
    """A finished job, begun `number` minutes after the first one."""
    began = BEGAN + timedelta(minutes=number)
    return Job.model_validate(
        {
            "id": f"{user_id}-{number:04}",
            "user_id": user_id,
            "request_id": f"{user_id}-{number:04}",
            "title": title,
            "search": index_of([title]),
            "status": JobStatus.COMPLETED,
            "progress": 100,
            "brief": Brief(product_name=title, prompt="A glow"),
            "outline": [SCENE],
            "quote": Quote(lines=[], low=1_000_000, total=2_000_000, high=3_000_000, models={}),
            "money": Money(cap=3_000_000, spent=1_234_000, simulated=True),
            "product_name": title,
            "product_images": [],
            "created_at": began,
            "updated_at": began,
            "completed_at": began,
            **fields,
        }
    )


def a_told_job(user_id: str, number: int, title: str, **fields: Any) -> Job:
    """A finished job whose scenes say `LINES`."""
    scenes = [
        ScriptScene(
            scene_number=at,
            scene_type=SceneType.HOOK,
            duration_seconds=SCENE.seconds,
            dialogue=line,
            action="She holds it up",
            expression="glad",
        )
        for at, line in enumerate(LINES, 1)
    ]
    written = Script(title=title, total_duration=SCENE.seconds * len(LINES), scenes=scenes)
    outline = [SCENE.model_copy(update={"scene_number": at}) for at in range(1, len(LINES) + 1)]
    return a_job(user_id, number, title, script=written, outline=outline, **fields)


def keep_scenes(client: firestore.Client, job: Job, **made: Any) -> None:
    """Put what was made of each scene beside its job: the same for all of them."""
    scenes = client.collection("jobs").document(job.id).collection("scenes")
    for scene in job.outline:
        view = SceneView(scene_number=scene.scene_number, **made)
        scenes.document(str(scene.scene_number)).set(to_document(view))


def keep(client: firestore.Client, jobs: Iterable[Job]) -> None:
    """Put the jobs into the store, many at a time."""
    left = list(jobs)
    for at in range(0, len(left), BATCH):
        batch = client.batch()
        for job in left[at : at + BATCH]:
            batch.set(client.collection("jobs").document(job.id), to_document(job))
        batch.commit()
