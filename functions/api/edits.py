"""Edits: a person changes the script, one scene, a component of the bible, the voice, the music or the cut, while a job
runs or after it."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError

from agents import scene_prompt
from api.caller import Caller
from api.cuts import pinned
from api.jobs import JobRequest, owned_job
from api.operation import operation
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.bible_edits import BibleEdit
from ugcgen.domain.brief import Brief
from ugcgen.domain.enums import JobStatus, Music, PipelineStep
from ugcgen.domain.errors import InvalidInput, WrongState
from ugcgen.domain.job import Job
from ugcgen.domain.job_edits import JobEdits, SceneEdit
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros
from ugcgen.domain.script import Script
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.domain.voice import VoiceEdit
from ugcgen.domain.words import count_words
from ugcgen.engine.advance import decide
from ugcgen.engine.refs import read_units
from ugcgen.models.voices import voice_named
from ugcgen.pipeline.cutting import check_cut
from ugcgen.pipeline.freshness import SCRIPT, again_at_most, made_from, reads
from ugcgen.pipeline.plan import plan_of


class EditJob(JobRequest):
    """What changes; what is not named stays as it is, and None takes an earlier edit back.

    ``script_note`` has the script refined; a scene that was edited keeps its edits. ``preview`` answers without
    changing anything.
    """

    script_note: str | None = Field(default=None, min_length=1, max_length=1000)
    scenes: dict[int, SceneEdit | None] | None = None
    bible: BibleEdit | None = None
    voice: VoiceEdit | None = None
    music: Music | None = None
    cut: dict[str, Any] | None = None
    preview: bool = False

    @property
    def patch(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True, exclude={"job_id", "preview"})


class Edited(Document):
    """``units`` run again at most, and ``cost`` is the most that they may spend: less, where one of them comes to the
    same result or asks a model what it was asked before."""

    job_id: str
    version: int
    edits: JobEdits
    units: list[str]
    cost: Micros


@operation("PATCH", "/jobs/{job_id}")
def edit_job(caller: Caller, request: EditJob) -> Edited:
    """Apply the edit and run what depends on it again, in one commit. Raises InvalidInput, and WrongState for a job
    that was cancelled."""
    job = owned_job(caller.uid, request.job_id)
    patch = request.patch
    if request.cut:
        patch["cut"] = pinned(caller.uid, request.cut)
    before: dict[str, Unit] = {}

    def apply(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        before.clear()
        before.update(units)
        return edited(stored, patch), {}

    if request.preview:
        changed, _ = apply(job, read_units(job.id))
    else:
        changed = decide(job, apply)
    again = again_at_most(plan_of(changed), changed, before, foreseen(changed, before))
    cost = sum(changed.quote.of(unit_id) for unit_id in again)
    return Edited(job_id=job.id, version=changed.version, edits=changed.edits, units=again, cost=cost)


@operation("POST", "/jobs/{job_id}/update-artifacts")
def update_artifacts(caller: Caller, request: EditJob) -> Edited:
    """Change what a step wrote, within what editJob allows: status, step, owner and money are not among it."""
    return edit_job(caller, request)


def edited(job: Job, patch: Mapping[str, Any]) -> Job:
    """The job with the patch over its edits: a new version, unless that changes nothing."""
    if job.status in {JobStatus.CANCELLED, JobStatus.CANCELLING}:
        raise WrongState(f"job {job.id} is {job.status}; start a new one")
    edits = job.edits.patched(patch)
    _check(job, edits)
    if edits == job.edits:
        return job
    return job.model_copy(update={"edits": edits, "version": job.version + 1, "progress": 0})


def foreseen(job: Job, units: Mapping[str, Unit]) -> dict[str, dict[str, Any]]:
    """The prompts that the edited job's scenes will have, where there is a script and it stays."""
    script = units.get(SCRIPT)
    if script is None or not script.result or script.made_from != made_from(reads(script.key, job), {}):
        return {}
    written = Script.model_validate(script.result["script"])
    bible = ProductionBible.model_validate(script.result["bible"])
    return {
        UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=planned.scene_number).id: scene_prompt.composed(
            written, planned.scene_number, bible, job.edits, job.brief.speech, job.product_images
        ).model_dump(mode="json")
        for planned in job.outline
    }


def _check(job: Job, edits: JobEdits) -> None:
    """Raises InvalidInput for a scene or a person that the job has not, more words than fit, or an unknown voice."""
    if edits.bible.avatar_dna is not None and not job.avatar_ref_images:
        raise InvalidInput(
            "the job has no photo of a person, so there is no avatar_dna to edit; start one with avatar photos",
            field="bible.avatar_dna",
        )
    for number, edit in edits.scenes.items():
        if not 1 <= number <= len(job.outline):
            raise InvalidInput(f"the job has scenes 1 to {len(job.outline)}, not {number}", field=f"scenes.{number}")
        words, planned = count_words(edit.dialogue or ""), job.outline[number - 1]
        if words > planned.max_words:
            raise InvalidInput(
                f"scene {number} would have {words} words, at most {planned.max_words} fit into {planned.seconds:g} s; "
                "shorten the line",
                field=f"scenes.{number}.dialogue",
            )
    if edits.voice is not None and edits.voice.name is not None:
        voice_named(edits.voice.name)
    try:
        recut = Brief.model_validate(job.brief.model_dump() | {"cut": edits.recut(job.brief.cut)})
    except ValidationError as wrong:
        raise InvalidInput.of(wrong, "cut") from wrong
    check_cut(recut, job.outline)
