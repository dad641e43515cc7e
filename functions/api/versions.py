"""Versions: jobs that were made again from others, each of which names the one before it."""

from typing import Any

from google.cloud.firestore import FieldFilter
from pydantic import Field, ValidationError

from api.caller import Caller
from api.casting import Casting
from api.generation import Started, StartGeneration, begun
from api.jobs import JobRequest, owned_job
from api.library import JobList, job_cards
from api.operation import Effort, operation
from api.paging import Snapshot
from ugcgen.cloud import firestore
from ugcgen.cloud.firestore import READ_TIMEOUT
from ugcgen.domain.brief import Brief
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.patch import merged
from ugcgen.engine.refs import job_ref


class MakeAgain(JobRequest):
    """``brief`` is a patch of the job's brief (RFC 7396); the other fields are as in startGeneration."""

    request_id: str = Field(min_length=8, max_length=64)
    brief: dict[str, Any] = Field(default_factory=dict)
    auto_approve: bool = False
    budget_usd: float | None = Field(default=None, gt=0, le=1000)


@operation("POST", "/jobs/{job_id}/again", "/library/{job_id}/again", effort=Effort.COSTLY)
def make_again(caller: Caller, request: MakeAgain) -> Started:
    """Start a job with the photos and the brief of another, changed. What comes to the same is not paid again; what
    was edited stays with the version that it was edited in. Raises as startGeneration does."""
    parent = owned_job(caller.uid, request.job_id)
    try:
        brief = Brief.model_validate(merged(parent.brief.model_dump(mode="json"), request.brief))
    except ValidationError as wrong:
        raise InvalidInput.of(wrong, "brief") from wrong
    wish = StartGeneration(
        request_id=request.request_id,
        brief=brief,
        product_id=parent.product_id,
        avatar_id=parent.avatar_id,
        auto_approve=request.auto_approve,
        budget_usd=request.budget_usd,
    )
    cast = Casting(
        brief=brief,
        product_images=parent.product_images,
        avatar_images=parent.avatar_ref_images,
        brought=parent.brought if _says_the_same(brief, parent.brief) else parent.brought.without_words,
    )
    return begun(caller.uid, wish, cast, parent)


def _says_the_same(one: Brief, other: Brief) -> bool:
    """Whether they differ in nothing that a script is written from, so that one fits the other."""
    after = {"cut", "music", "voice", "variants", "lighting"}
    return one.model_dump(exclude=after) == other.model_dump(exclude=after)


@operation("GET", "/jobs/{job_id}/versions", "/library/{job_id}/versions")
def list_versions(caller: Caller, request: JobRequest) -> JobList:
    """A job with all those that it was made from and that were made from it, the first one first."""
    first = job_ref(owned_job(caller.uid, request.job_id).id).get(timeout=READ_TIMEOUT)
    while first.get("parent_job_id"):
        before = job_ref(first.get("parent_job_id")).get(timeout=READ_TIMEOUT)
        if not before.exists:
            break
        first = before
    family, young = [first], [first]
    while young:
        young = [child for parent in young for child in _children(caller.uid, parent.id)]
        family += young
    there = sorted((one for one in family if one.get("deleted_at") is None), key=lambda one: one.get("created_at"))
    return JobList(jobs=job_cards(there))


def _children(user_id: str, job_id: str) -> list[Snapshot]:
    query = (
        firestore.client()
        .collection("jobs")
        .where(filter=FieldFilter("user_id", "==", user_id))
        .where(filter=FieldFilter("parent_job_id", "==", job_id))
    )
    return list(query.stream(timeout=READ_TIMEOUT))
