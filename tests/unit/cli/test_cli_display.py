"""What is shown of a job, as a live picture and as lines."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rich.console import Console

from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import BlockReason, JobStatus, PipelineStep, SceneType
from ugcgen.domain.job import Job, Money, PauseReason, Quote, SceneView, every_scene
from ugcgen_cli.display import LineDisplay, bill, changes, picture
from ugcgen_cli.listener import View
from ugcgen_cli.wording import advice, clock, start_of

BEGAN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = BEGAN + timedelta(seconds=75)


def a_job(**fields: Any) -> Job:
    outline = [
        PlannedScene(scene_number=n, scene_type=SceneType.HOOK, seconds=6, clip_seconds=6, max_words=15) for n in (1, 2)
    ]
    return Job.model_validate(
        {
            "id": "job1",
            "user_id": "ann",
            "request_id": "request-1",
            "brief": Brief(product_name="Lumi Glow", prompt="x"),
            "outline": outline,
            "quote": Quote(lines=[], low=1_900_000, total=3_080_000, high=3_650_000, models={}),
            "money": Money(cap=3_080_000, spent=1_200_000, simulated=True),
            "product_name": "Lumi Glow",
            "product_images": ["p"],
            "created_at": BEGAN,
            "updated_at": BEGAN,
            **fields,
        }
    )


def a_scene(number: int, **fields: Any) -> SceneView:
    return SceneView.model_validate(
        {
            "scene_number": number,
            **fields,
        }
    )


def a_view(job: Job, scenes: tuple[SceneView, ...]) -> View:
    return View(job, tuple(every_scene(job, scenes)))


def on_paper(view: View, now: datetime = LATER) -> str:
    console = Console(width=100, no_color=True, force_terminal=False)
    with console.capture() as capture:
        console.print(picture(view, now))
    return capture.get()


def test_the_picture_shows_steps_time_progress_money_and_scenes() -> None:
    job = a_job(
        status=JobStatus.RUNNING,
        current_step=PipelineStep.VIDEO_GENERATION,
        last_completed_step=PipelineStep.STORYBOARD_REVIEW,
        progress=52,
    )
    scene = a_scene(
        1,
        stage=PipelineStep.VIDEO_GENERATION,
        dialogue="Okay, I was so tired of dull skin.",
        storyboard="a.png",
        storyboard_score=0.914,
        clip_score=0.655,
        clip="a.mp4",
    )
    shown = on_paper(a_view(job, (scene, a_scene(2))))
    for part in (
        "Lumi Glow  job1  1:15",
        "✓ script generation",
        "✓ storyboard review",
        "▶ video generation",
        "· video extension",
        "· complete",
        "52 %",
        "$1.20 of $3.08 quoted, simulated",
        "Okay, I was so tired of dull skin.",
        "91",
    ):
        assert part in shown
    first, second = (line.split() for line in shown.splitlines() if line.strip().startswith(("1 ", "2 ")))
    assert first[-5:] == ["91", "66", "·", "video", "generation"]
    assert second == ["2", "6", "s", "·", "·", "·", "script", "generation"]


def test_the_clock_of_a_finished_job_stands_still() -> None:
    job = a_job(status=JobStatus.COMPLETED, completed_at=BEGAN + timedelta(seconds=62))
    assert "1:02" in on_paper(a_view(job, ()), now=LATER + timedelta(hours=3))


@pytest.mark.parametrize(
    ("reason", "way"),
    [
        (BlockReason.STORYBOARD_REVIEW, "ugcgen approve job1"),
        (BlockReason.BUDGET, "ugcgen resume job1 --budget USD"),
        (BlockReason.UNCONFIRMED, "may charge it twice: ugcgen resume job1"),
        (BlockReason.NO_CREDIT, "ugcgen resume job1"),
    ],
)
def test_a_pause_says_why_and_how_to_go_on(reason: BlockReason, way: str) -> None:
    pauses = [PauseReason(unit=f"u{n}", reason=reason, message=f"because of {n}") for n in (1, 2)]
    job = a_job(status=JobStatus.PAUSED, paused_for=pauses)
    assert advice(job)[:2] == ["because of 1", "because of 2"]
    assert len(advice(job)) == 3
    assert way in advice(job)[2]
    assert "because of 1" in on_paper(a_view(job, ()))


def test_a_failure_is_told_with_what_to_do_and_a_running_job_needs_no_advice() -> None:
    failed = advice(a_job(status=JobStatus.FAILED, error_message="video_generation-01: it is broken"))
    assert failed[0] == "failed: video_generation-01: it is broken"
    assert "ugcgen resume job1" in failed[1]
    assert advice(a_job(status=JobStatus.RUNNING)) == []


def test_lines_tell_only_what_has_changed() -> None:
    quiet = a_view(a_job(status=JobStatus.QUEUED), (a_scene(1), a_scene(2)))
    assert changes(None, quiet, LATER) == [
        "Lumi Glow: job job1, 2 scenes of 0:12 in all, $1.20 of $3.08 quoted, simulated",
        " 1:15    0 %  queued, $1.20 of $3.08 quoted, simulated",
    ]
    assert changes(quiet, quiet, LATER) == []
    drawn = a_view(
        a_job(status=JobStatus.RUNNING, current_step=PipelineStep.STORYBOARD, progress=20),
        (a_scene(1, dialogue="Look at this.", storyboard="a.png", storyboard_score=0.8), a_scene(2)),
    )
    assert changes(quiet, drawn, LATER) == [
        " 1:15   20 %  storyboard, $1.20 of $3.08 quoted, simulated",
        " 1:15   20 %  scene 1 says: Look at this.",
        " 1:15   20 %  scene 1: frame drawn, score 80",
    ]
    retaken = a_view(drawn.job, (a_scene(1, dialogue="Look at this.", storyboard="b.png"), a_scene(2)))
    assert changes(drawn, retaken, LATER) == [" 1:15   20 %  scene 1: frame drawn"]
    made = {"clip": "c.mp4", "clip_score": 0.7, "clip_reason": "the face: 70 of 100", "voice": "v.wav"}
    made |= {"notice": "too long"}
    filmed = a_view(drawn.job, (a_scene(1, dialogue="Look at this.", storyboard="b.png", **made), a_scene(2)))
    assert changes(retaken, filmed, LATER) == [
        " 1:15   20 %  scene 1: clip filmed, score 70 (the face: 70 of 100)",
        " 1:15   20 %  scene 1: voice spoken",
        " 1:15   20 %  scene 1: too long",
    ]
    longer = filmed.scenes[0].model_copy(update={"clip": "d.mp4", "stage": PipelineStep.VIDEO_EXTENSION})
    assert changes(filmed, a_view(drawn.job, (longer, a_scene(2))), LATER) == [
        " 1:15   20 %  scene 1: clip extended, score 70 (the face: 70 of 100)"
    ]


def test_a_pause_is_told_once() -> None:
    pause = PauseReason(unit="u", reason=BlockReason.BUDGET, message="raise the budget")
    before = a_view(a_job(status=JobStatus.RUNNING), ())
    paused = a_view(a_job(status=JobStatus.PAUSED, paused_for=[pause]), ())
    assert any(line.endswith("  raise the budget") for line in changes(before, paused, LATER))
    assert changes(paused, paused, LATER) == []


def test_lines_are_not_wrapped_and_not_taken_for_markup() -> None:
    console = Console(width=20, force_terminal=False)
    scene = a_scene(1, dialogue="[bold]Really[/bold] long words that do not fit")
    with console.capture() as capture, LineDisplay(console) as display:
        display.show(a_view(a_job(status=JobStatus.RUNNING), (scene,)))
    assert "scene 1 says: [bold]Really[/bold] long words that do not fit\n" in capture.get()


def test_the_bill_puts_what_was_charged_beside_what_was_quoted() -> None:
    quoted = {"low_usd": 0.031, "price_usd": 0.15, "high_usd": 0.6}
    steps = [{"step": "storyboard", **quoted, "actual_usd": 0.12}]
    scenes = [{"scene": 1, **quoted, "actual_usd": 0.12}, {"scene": None, **quoted, "actual_usd": 0.0}]
    report = {"estimate_and_actual": {"steps": steps, "scenes": scenes, "total": quoted | {"actual_usd": 0.12}}}
    console = Console(width=100, no_color=True, force_terminal=False)
    with console.capture() as capture:
        console.print(bill(report))
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in capture.get().splitlines() if "$" in line]
    assert rows == [
        ["storyboard", "$0.031", "$0.15", "$0.60", "$0.12"],
        ["scene 1", "$0.031", "$0.15", "$0.60", "$0.12"],
        ["whole ad", "$0.031", "$0.15", "$0.60", "$0.00"],
        ["all", "$0.031", "$0.15", "$0.60", "$0.12"],
    ]


def test_a_cap_that_is_not_the_quote_is_shown() -> None:
    job = a_job(money=Money(cap=5_000_000, spent=0), status=JobStatus.RUNNING)
    assert "$0.00 of $3.08 quoted, at most $5.00" in on_paper(a_view(job, ()))


def test_words_and_times() -> None:
    assert (clock(0), clock(65.9), clock(3661)) == ("0:00", "1:05", "1:01:01")
    assert start_of("short  and\nsweet") == "short and sweet"
    assert start_of("one two three four", 12) == "one two…"
    assert start_of("Okay, well, then", 12) == "Okay, well…"
