"""Showing a job while it runs: a live picture on a terminal, one line for each change anywhere else."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Protocol, Self

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.job import Job, SceneView
from ugcgen.domain.money import micros, show
from ugcgen.pipeline.steps import ORDER
from ugcgen_cli.listener import View
from ugcgen_cli.wording import advice, clock, counted, elapsed, money, points, scene_name, start_of, words

_REFRESHES_PER_SECOND = 4


class Display(Protocol):
    """Shows views of one job for the length of a ``with`` block; ``aside`` makes room for other output."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, view: View) -> None: ...

    def aside(self) -> AbstractContextManager[None]: ...


def display_on(console: Console) -> Display:
    return LiveDisplay(console) if console.is_terminal else LineDisplay(console)


class LiveDisplay:
    """Redraws in place; the last picture stays."""

    def __init__(self, console: Console) -> None:
        self._view: View | None = None
        self._live = Live(console=console, get_renderable=self._picture, refresh_per_second=_REFRESHES_PER_SECOND)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def show(self, view: View) -> None:
        self._view = view

    @contextmanager
    def aside(self) -> Iterator[None]:
        self._live.stop()
        try:
            yield
        finally:
            self._live.start()

    def _picture(self) -> RenderableType:
        return picture(self._view, datetime.now(UTC)) if self._view else Text("waiting for the job")


class LineDisplay:
    """Writes what has changed, a line each."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._before: View | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def show(self, view: View) -> None:
        for line in changes(self._before, view, datetime.now(UTC)):
            self._console.out(line, highlight=False)
        self._before = view

    @contextmanager
    def aside(self) -> Iterator[None]:
        yield


def picture(view: View, now: datetime) -> RenderableType:
    """The whole job: steps, scenes, time, progress, money, and why it waits."""
    job = view.job
    head = Text.assemble((job.title or job.product_name, "bold"), f"  {job.id}  ", (elapsed(job, now), "cyan"))
    bar = Table.grid(padding=(0, 2))
    bar.add_row(ProgressBar(total=100, completed=job.progress, width=32), f"{job.progress} %", money(job))
    waits = [Text(line, style="yellow") for line in advice(job)] or [Text(_activity(job), style="dim")]
    return Group(Text(), head, rail(job), bar, Text(), scene_table(view), Text(), *waits)


def rail(job: Job) -> RenderableType:
    """The ten steps in order: done, current, to come."""
    done = ORDER.index(job.last_completed_step) if job.last_completed_step else -1
    current = ORDER.index(job.current_step)
    steps = []
    for position, step in enumerate(ORDER):
        if position <= done:
            steps.append(Text(f"✓ {words(step)}", style="green"))
        elif position == current:
            steps.append(Text(f"▶ {words(step)}", style="bold red" if job.status is JobStatus.FAILED else "bold cyan"))
        else:
            steps.append(Text(f"· {words(step)}", style="dim"))
    return Columns(steps, padding=(0, 2))


def scene_table(view: View) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="dim", expand=True)
    table.add_column("scene", justify="right")
    table.add_column("length", justify="right")
    table.add_column("says", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("frame", justify="right")
    table.add_column("clip", justify="right")
    table.add_column("voice")
    table.add_column("stage", no_wrap=True)
    for planned, scene in zip(view.job.outline, view.scenes, strict=True):
        table.add_row(
            str(scene.scene_number),
            f"{planned.seconds:g} s",
            start_of(scene.dialogue, 80),
            score_mark(scene.storyboard, scene.storyboard_score),
            score_mark(scene.clip, scene.clip_score),
            "✓" if scene.voice else "·",
            scene.message or scene.notice or words(scene.stage),
        )
    return table


def bill(report: Mapping[str, Any]) -> Table:
    """What was quoted beside what was charged, by step, by scene and in all."""
    known = report["estimate_and_actual"]
    table = Table("", "from", "set aside", "with retakes", "charged")
    for row in known["steps"]:
        table.add_row(words(row["step"]), *_amounts(row))
    table.add_section()
    for row in known["scenes"]:
        table.add_row(scene_name(row["scene"]), *_amounts(row))
    table.add_section()
    table.add_row("all", *_amounts(known["total"]))
    return table


def _amounts(row: Mapping[str, Any]) -> list[str]:
    return [show(micros(row[f"{name}_usd"])) for name in ("low", "price", "high", "actual")]


def score_mark(made: str | None, score: float | None) -> str:
    """The score of a frame or a clip from 0 to 100, ``✓`` for one that was not scored, ``·`` for none."""
    if made is None:
        return "·"
    return "✓" if score is None else points(score)


def changes(before: View | None, now: View, moment: datetime) -> list[str]:
    """What a reader of a log is told of the step from one view to the next."""
    job = now.job
    stamp = f"{elapsed(job, moment):>5}  {job.progress:3d} %"
    lines = []
    if before is None:
        length = clock(sum(scene.seconds for scene in job.outline))
        lines.append(
            f"{job.product_name}: job {job.id}, {counted(len(now.scenes), 'scene')} of {length} in all, {money(job)}"
        )
    if before is None or (before.job.status, before.job.current_step) != (job.status, job.current_step):
        lines.append(f"{stamp}  {_activity(job)}, {money(job)}")
    earlier = {scene.scene_number: scene for scene in before.scenes} if before else {}
    for scene in now.scenes:
        lines += [f"{stamp}  {line}" for line in _scene_changes(earlier.get(scene.scene_number), scene)]
    known = advice(before.job) if before else []
    lines += [f"{stamp}  {line}" for line in advice(job) if line not in known]
    return lines


def _scene_changes(before: SceneView | None, now: SceneView) -> Iterator[str]:
    name = f"scene {now.scene_number}"
    if now.dialogue and (before is None or before.dialogue != now.dialogue):
        yield f"{name} says: {start_of(now.dialogue)}"
    if now.storyboard and (before is None or before.storyboard != now.storyboard):
        yield f"{name}: frame drawn{_scored(now.storyboard_score, now.storyboard_reason)}"
    if now.clip and (before is None or before.clip != now.clip):
        made = "extended" if now.stage is PipelineStep.VIDEO_EXTENSION else "filmed"
        yield f"{name}: clip {made}{_scored(now.clip_score, now.clip_reason)}"
    if now.voice and (before is None or before.voice != now.voice):
        yield f"{name}: voice spoken"
    if now.notice and (before is None or before.notice != now.notice):
        yield f"{name}: {now.notice}"


def _scored(score: float | None, reason: str) -> str:
    why = f" ({start_of(reason, 80)})" if reason else ""
    return "" if score is None else f", score {points(score)}{why}"


def _activity(job: Job) -> str:
    return words(job.current_step) if job.status is JobStatus.RUNNING else str(job.status)
