"""Jobs as the library finds them, without the work of making them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from google.cloud import firestore

from ugcgen.cloud.firestore import to_document
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import JobStatus, SceneType
from ugcgen.domain.job import Job, Money, Quote
from ugcgen.domain.search import index_of

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
BATCH = 250
SCENE = PlannedScene(scene_number=1, scene_type=SceneType.HOOK, seconds=6, clip_seconds=6, max_words=15)


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


def keep(client: firestore.Client, jobs: Iterable[Job]) -> None:
    """Put the jobs into the store, many at a time."""
    left = list(jobs)
    for at in range(0, len(left), BATCH):
        batch = client.batch()
        for job in left[at : at + BATCH]:
            batch.set(client.collection("jobs").document(job.id), to_document(job))
        batch.commit()
