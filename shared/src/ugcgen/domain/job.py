"""A job: one ad from brief to finished file. The document is a projection for people, apart from status and cap."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from pydantic import Field

from ugcgen.domain.bible import ProductionBible, Strategy
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.cut import Cut
from ugcgen.domain.enums import BackgroundSetting, JobStatus, Music, PipelineStep, Platform
from ugcgen.domain.job_edits import JobEdits
from ugcgen.domain.model import Document, Value
from ugcgen.domain.money import Micros
from ugcgen.domain.people import AvatarDNA
from ugcgen.domain.product import ProductDNA
from ugcgen.domain.script import Script, StoryboardFrame, VideoScene
from ugcgen.domain.unit import UnitKey
from ugcgen.domain.voice import VoiceConfig

K = TypeVar("K")


class Bounds(Value):
    """What work may cost: ``low`` where all goes plainly, ``price`` at most if it is done once, ``high`` with every
    retake that may be made by itself."""

    low: Micros = 0
    price: Micros = 0
    high: Micros = 0

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(low=self.low + other.low, price=self.price + other.price, high=self.high + other.high)


class QuoteLine(Document):
    """A kind of paid call that one unit makes. ``scene`` is the unit's, None for work on the whole ad.

    ``price``, the most that the call may cost, is what is allotted to the unit. ``low`` is what it costs with the usual
    number of tokens and no retake; ``high`` adds the retakes for a score that is too low.
    """

    unit: str
    scene: int | None = None
    model: str
    what: str
    low: Micros
    price: Micros
    high: Micros

    @property
    def bounds(self) -> Bounds:
        return Bounds(low=self.low, price=self.price, high=self.high)


class Quote(Document):
    """The price of a job, known before the first paid call. It is also what each unit is allotted.

    ``low``, ``total`` and ``high`` are the sums of the lines' ``low``, ``price`` and ``high``. ``high`` is the cap of a
    job without a budget. It holds every frame's retakes and one of each clip, with their scores; not the takes that a
    person asks for, nor those in place of answers that were lost, withheld or malformed, nor further retakes of a clip,
    which are paid from what other calls left over.
    ``after_storyboard`` is the part of ``total`` that is spent once the storyboard is approved.
    Where a result is there already it costs nothing, so a job may also stay below ``low``.
    ``models`` are the chosen ids by role; ``fallbacks`` are what may take their places, in order.
    """

    lines: list[QuoteLine]
    low: Micros
    total: Micros
    high: Micros
    after_storyboard: Micros = 0
    models: dict[str, str]
    fallbacks: dict[str, list[str]] = Field(default_factory=dict)
    notices: list[str] = Field(default_factory=list)

    def of(self, unit_id: str) -> Micros:
        return sum(line.price for line in self.lines if line.unit == unit_id)

    def by_scene(self) -> dict[int | None, Bounds]:
        """Bounds by scene number, in order; work on the whole ad stands last, under None."""
        rows = _added((line.scene, line) for line in self.lines)
        return {scene: rows[scene] for scene in sorted(rows, key=lambda scene: (scene is None, scene))}

    def by_step(self) -> dict[PipelineStep, Bounds]:
        return _added((UnitKey.parse(line.unit).step, line) for line in self.lines)


def _added(lines: Iterable[tuple[K, QuoteLine]]) -> dict[K, Bounds]:
    rows: dict[K, Bounds] = {}
    for key, line in lines:
        rows[key] = rows.get(key, Bounds()) + line.bounds
    return rows


class Money(Document):
    """``cap`` is the limit, ``allotted`` the sum of what units were allotted, ``spent`` what was charged so far."""

    cap: Micros
    allotted: Micros = 0
    spent: Micros = 0
    simulated: bool = False


class Brought(Document):
    """What was there when the job began: the DNA of an avatar and a product of the user's own, and what somebody looked
    over before, how the ad is to persuade and its script."""

    product: ProductDNA | None = None
    avatar: AvatarDNA | None = None
    unique_identifier: str | None = None
    dna_version: int = 1
    strategy: Strategy | None = None
    script: Script | None = None

    @property
    def without_words(self) -> "Brought":
        return self.model_copy(update={"strategy": None, "script": None})


class PauseReason(Document):
    unit: str
    reason: str
    message: str


class Job(Document):
    id: str
    chat_id: str | None = None
    avatar_id: str | None = None
    product_id: str | None = None
    user_id: str
    request_id: str
    title: str = ""
    search: list[str] = Field(default_factory=list)
    """The beginnings of words by which the job is found; see ``domain.search``."""
    status: JobStatus = JobStatus.QUEUED
    current_step: PipelineStep = PipelineStep.SCRIPT_GENERATION
    progress: int = 0
    message: str = ""
    brief: Brief
    outline: list[PlannedScene]
    auto_approve: bool = False
    quote: Quote
    money: Money
    bible: ProductionBible | None = None
    script: Script | None = None
    storyboard: dict[str, Any] | None = None
    storyboard_scenes: list[StoryboardFrame] = Field(default_factory=list)
    video_urls: list[str] = Field(default_factory=list)
    video_scenes: list[VideoScene] = Field(default_factory=list)
    audio_url: str | None = None
    final_video_url: str | None = None
    animatic_url: str | None = None
    files: dict[str, str] = Field(default_factory=dict)
    """What is handed over beside the film: its other sizes and formats, and pictures of it, by file name."""
    error_message: str | None = None
    product_name: str
    product_images: list[str]
    background_setting: BackgroundSetting | None = None
    platform: Platform | None = None
    max_scene_duration: int = 8
    words_per_minute: int = 150
    consistency_scores: dict[str, Any] | None = None
    regeneration_log: list[dict[str, Any]] = Field(default_factory=list)
    avatar_dna: AvatarDNA | None = None
    avatar_ref_images: list[str] = Field(default_factory=list)
    brought: Brought = Field(default_factory=Brought)
    last_completed_step: PipelineStep | None = None
    step_artifacts: dict[str, dict[str, Any]] = Field(default_factory=dict)
    paused_for: list[PauseReason] = Field(default_factory=list)
    spoken_by: str | None = None
    """The model that speaks the whole ad, where the one that was quoted could not speak a part of it."""
    version: int = 1
    edits: JobEdits = Field(default_factory=JobEdits)
    parent_job_id: str | None = None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None = None
    deleted_at: datetime | None = None
    purge_at: datetime | None = None
    """When a deleted job goes for good; until then it can be restored."""
    published_at: datetime | None = None
    """Since when everybody sees its film, None where nobody else does."""

    @property
    def voice(self) -> VoiceConfig:
        return self.brief.voice.edited(self.edits.voice)

    @property
    def music(self) -> Music:
        return self.edits.music or self.brief.music

    @property
    def cut(self) -> Cut:
        return self.edits.recut(self.brief.cut)

    @property
    def wanted(self) -> Brief:
        """The brief with what was edited of the cut and the music."""
        return self.brief.model_copy(update={"cut": self.cut, "music": self.music})


class SceneView(Document):
    """``jobs/{id}/scenes/{n}``: what the client shows for one scene, beside what the job's outline says of it.

    ``variants`` are the frames to choose from, best first; ``storyboard`` is the chosen one. Scores are 0 to 1.

    The document appears with the first thing there is to show.
    """

    scene_number: int
    stage: PipelineStep = PipelineStep.SCRIPT_GENERATION
    dialogue: str = ""
    action: str = ""
    storyboard: str | None = None
    storyboard_score: float | None = None
    storyboard_reason: str = ""
    variants: list[str] = Field(default_factory=list)
    clip: str | None = None
    clip_score: float | None = None
    clip_reason: str = ""
    voice: str | None = None
    message: str = ""
    notice: str = ""
    """What a person should know of the scene as it was made."""
    updated_at: datetime | None = None


def every_scene(job: Job, shown: Iterable[SceneView]) -> list[SceneView]:
    """One view for each planned scene, in order, with its words as they are written and edited by now."""
    known = {scene.scene_number: scene for scene in shown}
    views = [known.get(n.scene_number) or SceneView(scene_number=n.scene_number) for n in job.outline]
    if job.script is None:
        return views
    spoken = [job.edits.scene(job.script.scene(view.scene_number)) for view in views]
    return [
        view.model_copy(update={"dialogue": scene.dialogue, "action": scene.action})
        for view, scene in zip(views, spoken, strict=True)
    ]
