"""The editor: documents in which somebody works on a cut, kept beside the job until they are compiled into it."""

import uuid
from typing import Any

from pydantic import Field, ValidationError

from api.caller import Caller
from api.cuts import pinned
from api.deletion import remove_objects_of
from api.edits import Edited, EditJob, edit_job
from api.jobs import JobRequest, owned_job
from api.operation import operation
from api.paging import PageRequest, page
from api.shelf import ID, Shelf
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.domain.cut import Cut
from ugcgen.domain.editing import EditDocument
from ugcgen.domain.errors import Contended, InvalidInput
from ugcgen.domain.job import Job
from ugcgen.domain.model import Document
from ugcgen.domain.patch import difference, merged
from ugcgen.pipeline.cutting import check_cut

EDITS = Shelf(EditDocument, "edits", "editor document")


class EditRequest(Document):
    edit_id: str = Field(pattern=ID)


class UpdateEdit(EditRequest):
    """``cut`` is a patch (RFC 7396) over the cut of the document as it was at ``version``."""

    version: int = Field(ge=1)
    title: str | None = Field(default=None, min_length=1, max_length=120)
    cut: dict[str, Any] = Field(default_factory=dict)


class CompileEdit(EditRequest):
    """``preview`` says what would be made again, without changing anything."""

    preview: bool = False


class EditList(Document):
    edits: list[EditDocument]
    next_cursor: str | None = None


@operation("GET", "/editor/edits")
def list_edits(caller: Caller, request: PageRequest) -> EditList:
    """The caller's editor documents, the last changed first."""
    found, cursor = page(EDITS.of(caller.uid), "updated_at", request)
    return EditList(edits=[EditDocument.model_validate(one.to_dict()) for one in found], next_cursor=cursor)


@operation("POST", "/editor/edits")
def create_edit(caller: Caller, request: JobRequest) -> EditDocument:
    """Begin to work on a job's cut, as it is now. Raises NotFound."""
    job, moment = owned_job(caller.uid, request.job_id), now()
    document = EditDocument(
        id=uuid.uuid4().hex[:20],
        user_id=caller.uid,
        job_id=job.id,
        title=job.title,
        cut=job.cut,
        created_at=moment,
        updated_at=moment,
    )
    return EDITS.create(document.id, document)


@operation("GET", "/editor/edits/{edit_id}")
def get_edit(caller: Caller, request: EditRequest) -> EditDocument:
    """One editor document. Raises NotFound."""
    return EDITS.owned(caller.uid, request.edit_id)


@operation("PATCH", "/editor/edits/{edit_id}")
def update_edit(caller: Caller, request: UpdateEdit) -> EditDocument:
    """Change the cut of a document; the job stays as it is. Raises InvalidInput for a cut that cannot be made,
    Contended where somebody changed the document since that version."""
    job = owned_job(caller.uid, EDITS.owned(caller.uid, request.edit_id).job_id)
    patch = pinned(caller.uid, request.cut)

    def to(document: EditDocument) -> EditDocument:
        if document.version != request.version:
            raise Contended(
                f"the document is at version {document.version}, not {request.version}; read it and change that"
            )
        changes = {"cut": _recut(job, document.cut, patch), "title": request.title or document.title}
        return document.model_copy(update=changes | {"version": document.version + 1})

    return EDITS.change(caller.uid, request.edit_id, to)


@operation("DELETE", "/editor/edits/{edit_id}")
def delete_edit(caller: Caller, request: EditRequest) -> EditRequest:
    """Forget an editor document; what was compiled of it stays in its job. Raises NotFound."""
    document = EDITS.owned(caller.uid, request.edit_id)
    EDITS.delete(document.id)
    remove_objects_of(caller.uid, firestore.to_document(document))
    return request


@operation("POST", "/editor/compile", "/editor/compile/{edit_id}")
def compile_edit(caller: Caller, request: CompileEdit) -> Edited:
    """Give the document's cut to its job, which renders again what shows it. Raises as editJob does."""
    document = EDITS.owned(caller.uid, request.edit_id)
    job = owned_job(caller.uid, document.job_id)
    wanted = difference(_plain(job.cut), _plain(document.cut))
    done = edit_job(caller, EditJob(job_id=job.id, cut=wanted, preview=request.preview))
    if not request.preview:
        version = {"compiled": document.version}
        EDITS.change(caller.uid, document.id, lambda stored: stored.model_copy(update=version))
    return done


def _recut(job: Job, cut: Cut, patch: dict[str, Any]) -> Cut:
    try:
        changed = Cut.model_validate(merged(_plain(cut), patch))
        brief = type(job.brief).model_validate(job.brief.model_dump() | {"cut": changed})
    except ValidationError as wrong:
        raise InvalidInput.of(wrong, "cut") from wrong
    check_cut(brief, job.outline)
    return changed


def _plain(cut: Cut) -> dict[str, Any]:
    return cut.model_dump(mode="json", exclude_none=True)
