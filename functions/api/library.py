"""The library: a user's jobs, newest first, by status and by words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from google.cloud.firestore import FieldFilter, Query
from pydantic import Field

from api import small
from api.caller import Caller
from api.operation import operation
from api.paging import PageRequest, Snapshot, page
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.domain.enums import JobStatus, PipelineStep, Platform
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros
from ugcgen.domain.script import StoryboardFrame
from ugcgen.domain.search import words

MAX_STATUSES = len(JobStatus)
MOST_COUNTED = 4
"""Words of a search that are counted, to look for the rarest."""


class ListJobs(PageRequest):
    """Jobs in any of these statuses; all of them where none is named.

    ``search`` finds the jobs in whose title or product every one of its words begins a word.
    """

    status: list[JobStatus] = Field(default_factory=list, max_length=MAX_STATUSES)
    search: str = Field(default="", max_length=100)


class JobCard(Document):
    """What a library shows of a job. ``video`` and ``thumbnail`` are addresses that can be read for a while.

    ``purge_at`` is when a deleted one goes for good, ``published_at`` since when everybody sees its film.
    """

    job_id: str
    chat_id: str | None
    title: str
    product_name: str
    status: JobStatus
    current_step: PipelineStep
    progress: int
    message: str
    version: int
    platform: Platform | None
    spent: Micros
    thumbnail: str | None
    video: str | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    purge_at: datetime | None
    published_at: datetime | None


class JobList(Document):
    """``next_cursor`` names the next page, None on the last one."""

    jobs: list[JobCard]
    next_cursor: str | None = None


_PLAIN = set(JobCard.model_fields) - {"job_id", "spent", "thumbnail", "video"}
_READ = [*_PLAIN, "money.spent", "search", "files", "storyboard_scenes", "product_images", "final_video_url"]
_THUMBNAIL = "thumbnail.jpg"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@operation("GET", "/jobs", "/library")
def list_jobs(caller: Caller, request: ListJobs) -> JobList:
    """The caller's jobs, newest first, a page at a time. Deleted ones are not among them."""
    wanted = words(request.search)
    found, cursor = page(
        jobs_query(caller.uid, request.status, wanted),
        "created_at",
        request,
        lambda seen: wanted <= {*seen.get("search")},
    )
    return JobList(jobs=job_cards(found), next_cursor=cursor)


@operation("GET", "/library/deleted")
def list_deleted_jobs(caller: Caller, request: PageRequest) -> JobList:
    """The caller's jobs that can still be restored, the last deleted first."""
    query = (
        firestore.client()
        .collection("jobs")
        .select([*_READ, "deleted_at"])
        .where(filter=FieldFilter("user_id", "==", caller.uid))
        .where(filter=FieldFilter("deleted_at", ">", _LONG_AGO))
    )
    found, cursor = page(query, "deleted_at", request, lambda seen: seen.get("purge_at") > now())
    return JobList(jobs=job_cards(found), next_cursor=cursor)


def jobs_query(user_id: str, statuses: list[JobStatus], wanted: set[str]) -> Query:
    """The user's jobs with at least one of the wanted words, that which fewest have: Firestore looks for one at a time,
    and the others are looked for in what it finds."""
    filters = [FieldFilter("user_id", "==", user_id), FieldFilter("deleted_at", "==", None)]
    if statuses:
        filters.append(FieldFilter("status", "in", sorted({str(status) for status in statuses})))
    query: Query = firestore.client().collection("jobs").select(_READ)
    for one in filters:
        query = query.where(filter=one)
    if not wanted:
        return query
    longest = sorted(wanted, key=lambda word: (-len(word), word))[:MOST_COUNTED]
    found = [query.where(filter=FieldFilter("search", "array_contains", word)) for word in longest]
    return found[0] if len(found) == 1 else min(found, key=_how_many)


def _how_many(query: Query) -> int:
    counted: Any = query.count("jobs")  # its stubs are wrong
    [[jobs]] = counted.get(timeout=READ_TIMEOUT)
    return int(jobs.value)


def job_cards(found: Sequence[Snapshot]) -> list[JobCard]:
    """The cards of jobs' documents, or of at least the fields that are read for one."""
    stored = {seen.id: seen.to_dict() or {} for seen in found}
    stills = {job_id: still for job_id, job in stored.items() if (still := _still(job))}
    copies = small.addresses([*stills.values()], small.CARD)
    return [_card(job_id, job, copies.get(stills.get(job_id, ""))) for job_id, job in stored.items()]


def _card(job_id: str, stored: Mapping[str, Any], still: str | None) -> JobCard:
    film, picture = stored["final_video_url"], stored["files"].get(_THUMBNAIL)
    return JobCard(
        job_id=job_id,
        spent=stored["money"]["spent"],
        thumbnail=storage.signed_url(picture) if picture else still,
        video=storage.signed_url(film) if film else None,
        **{name: stored.get(name) for name in _PLAIN},
    )


def _still(stored: Mapping[str, Any]) -> str | None:
    """What there is to show of a job by now: the first frame drawn, or the product's photo. None where there is a film,
    of which there is a small picture already."""
    if _THUMBNAIL in stored["files"]:
        return None
    frames = (StoryboardFrame.model_validate(frame).image for frame in stored["storyboard_scenes"])
    return next(frames, None) or next(iter(stored["product_images"]), None)
