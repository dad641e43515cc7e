"""Jobs: read one, decide on its storyboard, cancel it, let it go on."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from api.caller import Caller
from api.operation import operation
from api.quotas import count_raise
from ugcgen.cloud import firestore, storage
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import READ_TIMEOUT, Atomic
from ugcgen.domain.enums import BlockReason, CallState, JobStatus, PipelineStep, UnitState
from ugcgen.domain.errors import InvalidInput, NotFound, WrongState
from ugcgen.domain.job import Job, SceneView, every_scene
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros, micros
from ugcgen.domain.unit import Blocked, Unit, UnitKey
from ugcgen.engine import claims
from ugcgen.engine.advance import advance, decide
from ugcgen.engine.refs import job_ref, read_job, read_units, unit_ref
from ugcgen.engine.wake import wake
from ugcgen.ledger import calls
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS
from ugcgen.pipeline.transitions import asked_again, first_take, restart, unblock, waits_for_its_price

_OVER = {JobStatus.COMPLETED, JobStatus.CANCELLED, JobStatus.CANCELLING}


class JobRequest(Document):
    job_id: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")


class JobAnswer(Document):
    """A job, its scenes, and addresses under which its media can be read for a while."""

    job: Job
    scenes: list[SceneView]
    media: dict[str, str]
    report: dict[str, object] | None = None


class DecideStoryboard(JobRequest):
    """``approve`` goes on to the clips; ``retake`` draws the named scenes again, with a note for the illustrator;
    ``choose`` takes other variants of the scenes in ``chosen``, counted from 0 as they are shown. After a retake or a
    choice the storyboard is asked for again."""

    decision: Literal["approve", "retake", "choose"]
    scenes: list[int] = Field(default_factory=list)
    chosen: dict[int, int] = Field(default_factory=dict)
    note: str = Field(default="", max_length=500)


class ResumeJob(JobRequest):
    """Go on with what is blocked or failed; ``budget_usd`` raises the cap first."""

    budget_usd: float | None = Field(default=None, gt=0, le=1000)


class Accepted(Document):
    job_id: str
    status: JobStatus


class Cancelling(Accepted):
    spent: Micros


def owned_job(user_id: str, job_id: str) -> Job:
    """The user's own job. Raises NotFound for any other."""
    job = read_job(job_id)
    if job.user_id != user_id or job.deleted_at is not None:
        raise NotFound(f"there is no job {job_id}")
    return job


@operation("GET", "/jobs/{job_id}", "/library/{job_id}")
def get_job(caller: Caller, request: JobRequest) -> JobAnswer:
    """A job with its scenes, addresses under which its media can be read for a while, and at its end the report."""
    job = owned_job(caller.uid, request.job_id)
    snapshots = job_ref(job.id).collection("scenes").stream(timeout=READ_TIMEOUT)
    scenes = every_scene(job, (SceneView.model_validate(snapshot.to_dict()) for snapshot in snapshots))
    report = None
    if job.status is JobStatus.COMPLETED:
        finished = firestore.from_snapshot(Unit, unit_ref(job.id, PipelineStep.COMPLETE).get(timeout=READ_TIMEOUT))
        report = finished.result["report"] if finished else None
    return JobAnswer(job=job, scenes=scenes, media=_media(job, scenes), report=report)


@operation("POST", "/jobs/{job_id}/decision", "/video/generate")
def decide_storyboard(caller: Caller, request: DecideStoryboard) -> Accepted:
    """Record the decision in the units it concerns, then wake them; approved, the clips are filmed. Raises WrongState
    where nothing waits for it."""
    job = owned_job(caller.uid, request.job_id)
    review = firestore.from_snapshot(Unit, unit_ref(job.id, PipelineStep.STORYBOARD_REVIEW).get(timeout=READ_TIMEOUT))
    _require_review(job, review)
    match request.decision:
        case "approve":
            wake(claims.change(job.id, PipelineStep.STORYBOARD_REVIEW, _decided))
        case "retake":
            _retake(job, request)
        case "choose":
            _choose(job, request.chosen)
    return Accepted(job_id=job.id, status=JobStatus.RUNNING)


def _require_review(job: Job, review: Unit | None) -> None:
    if review is None or review.state is not UnitState.BLOCKED or job.status in _OVER:
        raise WrongState(f"job {job.id} is {job.status}; its storyboard is not waiting for a decision")


@operation("POST", "/jobs/{job_id}/cancel")
def cancel_job(caller: Caller, request: JobRequest) -> Cancelling:
    """No new work is started; open operations are stopped or collected. Repeating it changes nothing.

    The answer says what was already spent, what open operations may still cost included.
    """
    job = owned_job(caller.uid, request.job_id)
    if job.status is JobStatus.COMPLETED:
        raise WrongState(f"job {job.id} is completed; there is nothing left to cancel")

    def attempt(atomic: Atomic) -> JobStatus:
        stored, seen = atomic.read(Job, job_ref(job.id))
        if stored is None or stored.status in _OVER:
            return stored.status if stored else JobStatus.CANCELLED
        atomic.update(seen, {"status": str(JobStatus.CANCELLING), "updated_at": now()})
        return JobStatus.CANCELLING

    status = firestore.atomically(attempt)
    advance(job)
    return Cancelling(job_id=job.id, status=status, spent=sum(unit.spent for unit in read_units(job.id).values()))


@operation("POST", "/jobs/{job_id}/resume")
def resume_job(caller: Caller, request: ResumeJob) -> Accepted:
    """Raise the cap if asked, then let blocked and failed units go on. Raises WrongState for a job that is over."""
    job = owned_job(caller.uid, request.job_id)
    if job.status in _OVER:
        raise WrongState(f"job {job.id} is {job.status}; start a new one")
    if request.budget_usd is not None:
        cap = micros(request.budget_usd)
        firestore.atomically(lambda atomic: _raise_cap(atomic, job.id, cap))
    withheld = {call.unit_id for call in calls.of_job(job.id) if call.state is CallState.REFUSED}
    for unit in read_units(job.id).values():
        if unit.state is UnitState.FAILED:
            # What was withheld is a result, and would be found again under the same takes.
            takes = MAX_REGEN_ATTEMPTS + 1 if unit.id in withheld else 0
            wake(claims.change(job.id, unit.id, lambda u, takes=takes: _restarted(u, takes)))  # type: ignore[misc]
        elif unit.blocked and _may_go_on(unit, unit.blocked):
            take = _next_take(unit, unit.blocked)
            wake(claims.change(job.id, unit.id, lambda u, take=take: unblock(u, take, now())))  # type: ignore[misc]
    advance(job)
    return Accepted(job_id=job.id, status=JobStatus.RUNNING)


@operation("POST", "/jobs/{job_id}/reopen", "/library/{job_id}/reopen")
def reopen_job(caller: Caller, request: JobRequest) -> Accepted:
    """Ask for a completed job's storyboard again, so that frames can be retaken or chosen anew. Raises WrongState for
    a job that is not completed."""
    job = owned_job(caller.uid, request.job_id)

    def reopened(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        if stored.status is not JobStatus.COMPLETED:
            raise WrongState(f"job {stored.id} is {stored.status}; only a completed one can be opened again")
        review = asked_again(units[PipelineStep.STORYBOARD_REVIEW], {"decision": "wait"})
        version = {"version": stored.version + 1, "progress": 0}
        return stored.model_copy(update=version), {review.id: review}

    return Accepted(job_id=job.id, status=decide(job, reopened).status)


def _may_go_on(unit: Unit, blocked: Blocked) -> bool:
    """Whether resuming is enough: a storyboard wants a decision, and a unit without money gets it from advance."""
    if blocked.reason is BlockReason.BUDGET:
        return not waits_for_its_price(unit)
    return blocked.reason is not BlockReason.STORYBOARD_REVIEW


def _next_take(unit: Unit, blocked: Blocked) -> dict[str, int]:
    """Another take, where the answer of the last one is still lost: it may have turned up in the meantime."""
    record = calls.read(blocked.call) if blocked.call else None
    if record is None or record.state is not CallState.UNCONFIRMED:
        return {}
    return {"take": first_take(unit) + 1}


def _raise_cap(atomic: Atomic, job_id: str, cap: Micros) -> None:
    """A larger cap, and the job running again: should we end before advancing it, the sweeper does."""
    job, seen = atomic.read(Job, job_ref(job_id))
    if job is None or job.status in _OVER:
        raise WrongState(f"job {job_id} is over; start a new one")
    if cap < job.money.cap:
        raise InvalidInput("the budget can be raised but not lowered while the job runs", field="budget_usd")
    count_raise(atomic, job.user_id, cap - job.money.cap)
    atomic.update(seen, {"money.cap": cap, "status": str(JobStatus.RUNNING), "updated_at": now()})


def _restarted(unit: Unit, takes: int) -> Unit:
    if unit.state is not UnitState.FAILED:
        return unit
    inputs = unit.inputs | ({"take": first_take(unit) + takes} if takes else {})
    return restart(unit, now()).model_copy(update={"inputs": inputs})


def _decided(unit: Unit) -> Unit:
    return unblock(unit, {"decision": "approve"}, now()) if unit.state is UnitState.BLOCKED else unit


def _retake(job: Job, request: DecideStoryboard) -> None:
    """New drawings of the named frames, and a review that asks again once they are there."""
    numbers = sorted(set(request.scenes)) or [scene.scene_number for scene in job.outline]
    _require_scenes(job, numbers, "scenes")

    def again(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        _require_review(stored, units.get(PipelineStep.STORYBOARD_REVIEW))
        frames = [units[UnitKey(step=PipelineStep.STORYBOARD, scene=number).id] for number in numbers]
        drawn_once_more = {
            frame.id: asked_again(frame, {"note": request.note, "drawing": frame.inputs.get("drawing", 1) + 1})
            for frame in frames
        }
        return stored, drawn_once_more

    decide(job, again)


def _choose(job: Job, chosen: Mapping[int, int]) -> None:
    """Other variants for some scenes. The frames are looked up in the ledger again, which costs nothing, so that all
    that follows from a frame follows from the chosen one."""
    if not chosen:
        raise InvalidInput("name the variant of at least one scene, as in {2: 1}", field="chosen")
    _require_scenes(job, chosen, "chosen")

    def choice(frame: Unit, number: int) -> Unit:
        variants = frame.result["frame"]["variants"]
        if not 0 <= number < len(variants):
            raise InvalidInput(
                f"scene {frame.scene} has variants 0 to {len(variants) - 1}, not {number}",
                field=f"chosen.{frame.scene}",
            )
        return asked_again(frame, {"chosen": variants[number]["image"]})

    def again(stored: Job, units: Mapping[str, Unit]) -> tuple[Job, dict[str, Unit]]:
        _require_review(stored, units.get(PipelineStep.STORYBOARD_REVIEW))
        frames = {scene: units[UnitKey(step=PipelineStep.STORYBOARD, scene=scene).id] for scene in chosen}
        return stored, {frame.id: choice(frame, chosen[scene]) for scene, frame in frames.items()}

    decide(job, again)


def _require_scenes(job: Job, numbers: Iterable[int], field: str) -> None:
    """Raises InvalidInput for a scene that the job has not."""
    unknown = [number for number in numbers if not 1 <= number <= len(job.outline)]
    if unknown:
        raise InvalidInput(f"the job has scenes 1 to {len(job.outline)}, not {unknown[0]}", field=field)


def _media(job: Job, scenes: list[SceneView]) -> dict[str, str]:
    """Signed addresses of everything the job shows, by the object's name."""
    names = [job.final_video_url, job.animatic_url, job.audio_url, *job.files.values()]
    names += [*job.product_images, *job.avatar_ref_images]
    for scene in scenes:
        names += [scene.storyboard, *scene.variants, scene.clip, scene.voice]
    return {name: storage.signed_url(name) for name in names if name}
