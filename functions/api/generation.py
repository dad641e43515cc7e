"""Starting a job: the quote, and the start that commits a ready unit before anything is paid."""

import hashlib
from collections.abc import Iterable

from pydantic import Field

from agents.requirements import Readiness, Requirement, missing
from api.caller import Caller
from api.casting import Casting, casting
from api.chats import ChatRequest, get_chat
from api.cuts import pinned
from api.jobs import owned_job
from api.operation import Effort, operation
from api.quotas import count_start
from api.shelf import ID
from api.wording import check_script
from ugcgen.cloud import firestore
from ugcgen.cloud.clock import now
from ugcgen.cloud.firestore import Atomic
from ugcgen.cloud.settings import is_simulated, settings
from ugcgen.domain.bible import Strategy
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.cut import Cut
from ugcgen.domain.enums import UnitState
from ugcgen.domain.errors import ConfigurationError, NotReady
from ugcgen.domain.job import Job, Money, Quote
from ugcgen.domain.model import Document
from ugcgen.domain.money import Micros, micros
from ugcgen.domain.script import Script
from ugcgen.domain.search import index_of
from ugcgen.domain.unit import Unit
from ugcgen.engine.advance import opening
from ugcgen.engine.refs import job_ref, unit_ref
from ugcgen.engine.wake import wake
from ugcgen.ledger import keyring
from ugcgen.models.catalog import Provider, Role, catalog
from ugcgen.models.preflight import preflight
from ugcgen.pipeline.cutting import check_cut
from ugcgen.pipeline.outline import outline
from ugcgen.pipeline.steps import MAX_REGEN_ATTEMPTS


class QuoteRequest(Document):
    brief: Brief
    product_images: int = Field(default=1, ge=0, le=10)
    avatar_images: int = Field(default=0, ge=0, le=10)


class QuoteAnswer(Document):
    """``requirements`` are what is missing; nothing is started while one of them blocks."""

    outline: list[PlannedScene]
    quote: Quote
    seconds: float
    requirements: list[Requirement]


class StartGeneration(Document):
    """``request_id`` names this wish to start: sent twice, it starts one job. ``budget_usd`` caps what is spent;
    without it the quote with all its retakes does. ``chat_id`` names the chat that is told how far the job is.

    The photos are uploads, or those of the caller's product and avatar, whose DNA is then taken as it is kept.
    ``strategy`` and ``script`` are taken as they are too, where somebody looked them over; else they are written.
    ``parent_job_id`` names the job that this one is another version of.
    """

    request_id: str = Field(min_length=8, max_length=64)
    brief: Brief
    product_id: str | None = Field(default=None, pattern=ID)
    product_images: list[str] = Field(default_factory=list, max_length=10)
    avatar_id: str | None = Field(default=None, pattern=ID)
    avatar_images: list[str] = Field(default_factory=list, max_length=10)
    strategy: Strategy | None = None
    script: Script | None = None
    auto_approve: bool = False
    budget_usd: float | None = Field(default=None, gt=0, le=1000)
    chat_id: str | None = Field(default=None, min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    parent_job_id: str | None = Field(default=None, pattern=ID)


class Started(Document):
    """``requirements`` are advice: nothing that blocks is among them."""

    job_id: str
    quoted: Micros
    cap: Micros
    notices: list[str]
    requirements: list[Requirement]


@operation("POST", "/generation/quote")
def quote_generation(caller: Caller, request: QuoteRequest) -> QuoteAnswer:
    """What a brief would cost, scene by scene, and what it still wants. Nothing is stored. Raises InvalidInput."""
    photos = (request.product_images, request.avatar_images)
    planned, priced = plan(request.brief, photos)
    return QuoteAnswer(
        outline=planned,
        quote=priced,
        seconds=sum(scene.seconds for scene in planned),
        requirements=_requirements(caller.uid, request.brief, planned, priced, photos),
    )


@operation("POST", "/generation/start", "/storyboard/generate", effort=Effort.COSTLY)
def start_generation(caller: Caller, request: StartGeneration) -> Started:
    """Create the job and wake its first unit: it writes the script and draws the storyboard, which waits for approval
    unless it is approved at once. The same request id gives the same job.

    Raises InvalidInput, also for a script that is none of the brief's outline, NotFound for an avatar, a product or a
    parent that is not the caller's, NotReady where something is missing that nothing can be made without, and
    LimitReached.
    """
    if request.chat_id is not None:
        get_chat(caller, ChatRequest(chat_id=request.chat_id))
    plan(request.brief, (len(request.product_images), len(request.avatar_images)))  # before any photo is looked at
    cast = casting(caller.uid, request)
    cast.brought.strategy, cast.brought.script = request.strategy, request.script
    parent = owned_job(caller.uid, request.parent_job_id) if request.parent_job_id else None
    return begun(caller.uid, request, cast, parent)


def begun(user_id: str, request: StartGeneration, cast: Casting, parent: Job | None = None) -> Started:
    """A job with these photos, made again from ``parent`` if there is one. Raises as ``start_generation`` does."""
    brief, photos = cast.brief, (len(cast.product_images), len(cast.avatar_images))
    planned, priced = plan(brief, photos)
    if cast.brought.script is not None:
        check_script(cast.brought.script, planned)
    wanting = _requirements(user_id, brief, planned, priced, photos)
    if lacking := [one for one in wanting if one.blocks]:
        raise NotReady(" ".join(one.sentence for one in lacking), lacking[0].field)
    job = _job(user_id, request, cast, planned, priced)
    if parent is not None:
        job = job.model_copy(update={"parent_job_id": parent.id, "version": parent.version + 1})
    first, units = opening(job)
    stored = firestore.atomically(lambda atomic: _create(atomic, first, units))
    if stored is None:
        for unit in units:
            if unit.state is UnitState.READY:
                wake(unit)
    return _started(stored or first, wanting)


def _requirements(
    user_id: str, brief: Brief, planned: list[PlannedScene], priced: Quote, photos: tuple[int, int]
) -> list[Requirement]:
    trouble = None
    if any(catalog().models[name].provider is Provider.GEMINI for name in priced.models.values()):
        try:
            keyring.check(user_id)
        except ConfigurationError as none:
            trouble = str(none)
    products, avatars = photos
    return missing(
        Readiness(brief=brief, outline=planned, product_images=products, avatar_images=avatars, key_trouble=trouble)
    )


def plan(brief: Brief, photos: tuple[int, int]) -> tuple[list[PlannedScene], Quote]:
    """The scenes of a brief and what they cost; ``photos`` are how many there are of product and person. Raises
    InvalidInput."""
    from ugcgen.models.quote import choose_models, quote  # noqa: PLC0415 - the other operations need no model SDK

    day = now().date()
    photos = (max(photos[0], 1), photos[1])  # without one nothing is made, so it is priced with one
    choices = choose_models(catalog(), brief, day, settings().consistency_model, photos)
    planned = outline(brief, choices[Role.VIDEO].model.limits)
    check_cut(brief, planned)
    priced = quote(brief, planned, choices, photos, settings().consistency_frame_sample_rate, MAX_REGEN_ATTEMPTS, day)
    priced.notices += [finding.sentence for finding in preflight(catalog(), priced.models.values(), day)]
    return planned, priced


def _job(user_id: str, request: StartGeneration, cast: Casting, planned: list[PlannedScene], priced: Quote) -> Job:
    cut = Cut.model_validate(pinned(user_id, cast.brief.cut.model_dump(mode="json")))
    brief, moment = cast.brief.model_copy(update={"cut": cut}), now()
    cap = micros(request.budget_usd) if request.budget_usd is not None else priced.high
    return Job(
        id=hashlib.sha256(f"{user_id}/{request.request_id}".encode()).hexdigest()[:20],
        user_id=user_id,
        chat_id=request.chat_id,
        request_id=request.request_id,
        title=brief.product_name,
        search=index_of([brief.product_name]),
        brief=brief,
        outline=planned,
        auto_approve=request.auto_approve,
        quote=priced,
        money=Money(cap=cap, simulated=is_simulated()),
        product_name=brief.product_name,
        product_id=request.product_id,
        product_images=cast.product_images,
        avatar_id=request.avatar_id,
        avatar_ref_images=cast.avatar_images,
        brought=cast.brought,
        background_setting=brief.background,
        platform=brief.platform,
        max_scene_duration=brief.max_scene_duration,
        words_per_minute=brief.words_per_minute,
        created_at=moment,
        updated_at=moment,
    )


def _create(atomic: Atomic, job: Job, units: Iterable[Unit]) -> Job | None:
    """The job and its first units in one commit, counted among its owner's; where it is there already, that one.

    Raises LimitReached.
    """
    stored, _ = atomic.read(Job, job_ref(job.id))
    if stored is not None:
        return stored
    count_start(atomic, job.user_id, job.money.cap)
    atomic.create(job_ref(job.id), job)
    for unit in units:
        atomic.create(unit_ref(job.id, unit.id), unit)
    return None


def _started(job: Job, advice: list[Requirement]) -> Started:
    return Started(
        job_id=job.id, quoted=job.quote.total, cap=job.money.cap, notices=job.quote.notices, requirements=advice
    )
