"""Explore: finished films that their owners show to everybody, and templates to begin a brief from.

What is published is a copy that names nobody: it stays as it is when its job is edited, and goes with the job.
"""

import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from google.cloud.firestore import DocumentReference, FieldFilter, Query
from pydantic import Field

from api.caller import Caller
from api.jobs import JobRequest, owned_job
from api.operation import Nothing, operation
from api.paging import PageRequest, page
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import WRITE_TIMEOUT
from ugcgen.domain.enums import AspectRatio, JobStatus, Platform, VideoStyle
from ugcgen.domain.errors import InvalidInput, WrongState
from ugcgen.domain.model import Document
from ugcgen.engine.refs import job_ref

_DATA = Path(__file__).with_name("explore.json")
_FILM, _THUMBNAIL = "film.mp4", "thumbnail.jpg"


class Category(Document):
    id: str
    name: str


class Template(Document):
    """``brief`` is what of a brief it fills in."""

    id: str
    category: str
    title: str
    about: str
    brief: dict[str, Any]


class Templates(Document):
    categories: list[Category]
    templates: list[Template]


class Example(Document):
    """A published film, ``examples/{id}``. ``video`` and ``thumbnail`` are objects, and addresses in an answer."""

    id: str
    title: str
    category: str
    platform: Platform
    style: VideoStyle
    aspect_ratio: AspectRatio
    seconds: float
    video: str
    thumbnail: str | None
    published_at: datetime


class PublishJob(JobRequest):
    category: str = Field(max_length=40)


class ListExamples(PageRequest):
    """Those of a category, or all."""

    category: str | None = Field(default=None, max_length=40)


class ExampleList(Document):
    examples: list[Example]
    next_cursor: str | None = None


@operation("GET", "/explore/templates")
def list_templates(caller: Caller, request: Nothing) -> Templates:
    """Categories, and templates to begin a brief from."""
    return _templates()


@operation("GET", "/explore")
def list_examples(caller: Caller, request: ListExamples) -> ExampleList:
    """Films that their owners published, newest first."""
    query = Query(firestore.client().collection("examples"))
    if request.category is not None:
        query = query.where(filter=FieldFilter("category", "==", request.category))
    found, cursor = page(query, "published_at", request)
    return ExampleList(examples=[_shown(Example.model_validate(one.to_dict())) for one in found], next_cursor=cursor)


@operation("POST", "/jobs/{job_id}/publish", "/library/{job_id}/publish")
def publish_job(caller: Caller, request: PublishJob) -> Example:
    """Show a finished film to everybody who is signed in, as it is now. Raises WrongState for a job without a film,
    InvalidInput for a category that there is not."""
    job = owned_job(caller.uid, request.job_id)
    if request.category not in (known := [category.id for category in _templates().categories]):
        raise InvalidInput(f"category: there is no {request.category!r}; choose {', '.join(known)}", field="category")
    if job.status is not JobStatus.COMPLETED or job.final_video_url is None:
        raise WrongState(f"job {job.id} is {job.status}; only a finished one can be published")
    example_id, picture = _id_of(job.id), job.files.get(_THUMBNAIL)
    storage.copy(job.final_video_url, _object(example_id, _FILM))
    if picture:
        storage.copy(picture, _object(example_id, _THUMBNAIL))
    example = Example(
        id=example_id,
        title=job.title,
        category=request.category,
        platform=job.brief.platform,
        style=job.brief.style,
        aspect_ratio=job.brief.aspect_ratio,
        seconds=sum(scene.seconds for scene in job.outline),
        video=_object(example_id, _FILM),
        thumbnail=_object(example_id, _THUMBNAIL) if picture else None,
        published_at=now(),
    )
    _ref(example_id).set(firestore.to_document(example), timeout=WRITE_TIMEOUT)
    job_ref(job.id).update({"published_at": example.published_at}, timeout=WRITE_TIMEOUT)
    return _shown(example)


@operation("DELETE", "/jobs/{job_id}/publish", "/library/{job_id}/publish")
def unpublish_job(caller: Caller, request: JobRequest) -> JobRequest:
    """Show a film to nobody else any more. Repeating it changes nothing."""
    withdraw(owned_job(caller.uid, request.job_id).id)
    return request


def withdraw(job_id: str) -> None:
    """Remove what was published of a job, if anything was."""
    example_id = _id_of(job_id)
    job_ref(job_id).update({"published_at": None}, timeout=WRITE_TIMEOUT)
    _ref(example_id).delete(timeout=WRITE_TIMEOUT)
    for name in (_FILM, _THUMBNAIL):
        storage.delete(_object(example_id, name))


@cache
def _templates() -> Templates:
    return Templates.model_validate(json.loads(_DATA.read_text(encoding="utf-8")))


def _shown(example: Example) -> Example:
    picture = storage.signed_url(example.thumbnail) if example.thumbnail else None
    return example.model_copy(update={"video": storage.signed_url(example.video), "thumbnail": picture})


def _id_of(job_id: str) -> str:
    """The same for the same job, which cannot be told from it."""
    return hashlib.sha256(f"example of {job_id}".encode()).hexdigest()[:20]


def _object(example_id: str, name: str) -> str:
    return f"examples/{example_id}/{name}"


def _ref(example_id: str) -> DocumentReference:
    reference: DocumentReference = firestore.client().collection("examples").document(example_id)
    return reference
