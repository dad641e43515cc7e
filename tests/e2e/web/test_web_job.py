"""One job in the browser, from its first step to a film that was changed: watched, decided on, paid for, edited."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from google.cloud import firestore
from playwright.sync_api import Browser, Page, expect

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import AVATAR, PRODUCT, tiny
from tests.e2e.person import TIMEOUT_S
from tests.e2e.web.browser import Visitor, axe_everywhere
from ugcgen.cloud.firestore import to_document
from ugcgen.domain.enums import JobStatus, PipelineStep
from ugcgen.domain.job import PauseReason
from ugcgen.domain.money import dollars

SOON, LATER = 30_000, 120_000


@pytest.fixture
def elsewhere(browser: Browser, base_url: str) -> Iterator[Any]:
    """Opens another browser, with nobody signed in."""
    opened = []

    def another() -> Page:
        opened.append(browser.new_context(base_url=base_url))
        return opened[-1].new_page()

    yield another
    for context in opened:
        context.close()


def photo(visitor: Visitor, path: Path) -> str:
    data = path.read_bytes()
    session = visitor.call("openUpload", media_type="image/jpeg", size=len(data))
    sent = requests.put(session["url"], data=data, headers={"Content-Type": "image/jpeg"}, timeout=TIMEOUT_S)
    sent.raise_for_status()
    return str(session["object"])


def two_scenes(visitor: Visitor) -> str:
    """A job with money for its storyboard, and not for all of its clips."""
    brief = tiny(scenes=[{"seconds": 3}, {"seconds": 3}])
    lines = visitor.call("quoteGeneration", brief=brief, product_images=1, avatar_images=1)["quote"]["lines"]
    drawn = [line["price"] for line in lines if line["unit"].startswith(("script", "scene_prompts", "storyboard"))]
    started = visitor.call(
        "startGeneration",
        request_id=uuid.uuid4().hex,
        brief=brief,
        product_images=[photo(visitor, path) for path in PRODUCT],
        avatar_images=[photo(visitor, path) for path in AVATAR],
        budget_usd=dollars(sum(drawn)),
    )
    return str(started["job_id"])


def test_a_job_from_its_first_step_to_a_changed_film(
    page: Page, visitor: Visitor, elsewhere: Any, stage: Backstage, client: firestore.Client
) -> None:
    job_id = two_scenes(visitor)
    path = f"/jobs/{job_id}"
    visitor.sign_in(page, path)
    expect(page.get_by_role("list", name="Scenes").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("list", name="Steps").get_by_role("listitem")).to_have_count(10)
    watcher = elsewhere()
    visitor.sign_in(watcher, path)
    stranger = elsewhere()
    Visitor.new(stage.cloud, f"Bob-{uuid.uuid4().hex[:8]}").sign_in(stranger, path)
    expect(stranger.get_by_text("It is not here")).to_be_visible()
    expect(stranger.get_by_text("Lumi")).to_have_count(0)

    # The storyboard: another frame is chosen, and one scene drawn again.
    for browser in (page, watcher):
        expect(browser.get_by_text("Waiting for you: look at the storyboard")).to_be_visible(timeout=LATER)
    axe_everywhere(page)
    other = page.get_by_role("radio", name="Frame 2 of scene 1")
    with page.expect_response(re.compile("/decideStoryboard$")) as decided:
        other.click()
        expect(other).to_be_checked()
    assert decided.value.ok
    assert stage.rest(job_id).status is JobStatus.PAUSED
    expect(watcher.get_by_role("radio", name="Frame 2 of scene 1")).to_be_checked(timeout=SOON)
    expect(page.get_by_role("button", name="Approve")).to_be_visible(timeout=SOON)
    before = stage.job(job_id).storyboard_scenes
    page.get_by_role("button", name="Draw again, scene 2").click()
    expect(page.get_by_text(re.compile(r"Costs at most \$0\.\d\d"))).to_be_visible()
    page.get_by_label("What should be different?").fill("She wears a red woollen hat")
    page.get_by_role("button", name="Draw again", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    expect(page.get_by_role("button", name="Approve")).to_be_visible(timeout=LATER)
    after = stage.job(job_id).storyboard_scenes
    assert after[0].image == before[0].variants[1].image
    assert after[1].image != before[1].image
    page.get_by_role("button", name="Approve").click()

    # There is no money for all clips; a larger budget lets it go on.
    for browser in (page, watcher):
        expect(browser.get_by_text("the budget is used up")).to_be_visible(timeout=LATER)
    stage.studio.latency(video=5)
    page.get_by_role("button", name="Raise the budget").click()
    page.get_by_role("button", name="Raise and go on").click()
    expect(page.get_by_text("the budget is used up")).to_have_count(0, timeout=SOON)
    page.reload()
    expect(page.get_by_role("listitem").filter(has_text=", now")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("region", name="The animatic").locator("video")).to_be_visible()
    stage.studio.good_day()

    for browser in (page, watcher):
        expect(browser.get_by_role("heading", name="Finished")).to_be_visible(timeout=LATER)
    film = page.locator("video")
    film.evaluate("film => { film.muted = true; return film.play(); }")
    page.wait_for_function("document.querySelector('video').currentTime > 0.2")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the film").click()
    assert saved.value.suggested_filename.endswith(".mp4")
    axe_everywhere(page)

    # A line and the look are changed: the second voice is spoken again, and the film is cut anew.
    made = stage.units(job_id)
    page.get_by_role("tab", name="Scenes").click()
    expect(page.get_by_role("heading", name="Scene 2")).to_be_visible()
    axe_everywhere(page)
    page.get_by_role("button", name="Edit scene 2").click()
    line = page.get_by_label("What is said")
    line.fill("word " * 20)
    expect(page.get_by_text("too many").last).to_be_visible()
    expect(page.get_by_text(re.compile("shorten the line"))).to_be_visible(timeout=SOON)
    line.fill("Look at this glow.")
    expect(page.get_by_text(re.compile("Makes again: scene 2’s plan and voice"))).to_be_visible(timeout=SOON)
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Change the cut").click()
    page.get_by_role("combobox", name="Colours").click()
    page.get_by_role("option", name="Warm").click()
    expect(page.get_by_text("Look: changed")).to_be_visible()
    expect(page.get_by_text(re.compile("Makes again: .*the film"))).to_be_visible(timeout=SOON)
    axe_everywhere(page)
    page.reload()
    expect(page.get_by_role("combobox", name="Colours")).to_have_value("Warm", timeout=SOON)
    cut_anew = page.get_by_role("button", name="Cut it anew")
    expect(cut_anew).to_be_enabled(timeout=SOON)
    cut_anew.click()
    expect(page).to_have_url(re.compile(f"{path}$"))
    expect(page.get_by_text("version 3")).to_be_visible(timeout=SOON)
    expect(page.get_by_role("heading", name="Finished")).to_be_visible(timeout=LATER)
    redone = {unit_id for unit_id, unit in stage.units(job_id).items() if unit.run > made[unit_id].run}
    assert f"{PipelineStep.AUDIO_GENERATION}-02" in redone
    assert not {unit_id for unit_id in redone if unit_id.endswith("-01") and "post_production" not in unit_id}
    assert not {unit_id for unit_id in redone if unit_id.startswith((PipelineStep.STORYBOARD, "video_"))}
    page.get_by_role("tab", name="Scenes").click()
    page.get_by_text("Script", exact=True).click()
    expect(page.get_by_text("“Look at this glow.”")).to_be_visible()
    page.get_by_text("Audio", exact=True).click()
    expect(page.locator("audio")).to_have_count(3)
    page.get_by_role("tab", name="Details").click()
    for part in ("Brief", "Production bible", "Consistency", "Quality checks", "Versions", "Provenance"):
        page.get_by_role("button", name=part, exact=True).click()
    expect(page.get_by_text("all good").first).to_be_visible()
    axe_everywhere(page)
    _other_ends(page, stage, client, job_id)


def _other_ends(page: Page, stage: Backstage, client: firestore.Client, job_id: str) -> None:
    """What a job looks like that came to another end, and the one thing to do about each."""
    job = stage.job(job_id)

    def show(**changes: Any) -> None:
        other = f"{uuid.uuid4().hex[:20]}"
        client.document(f"jobs/{other}").set(to_document(job.model_copy(update={"id": other} | changes)))
        page.goto(f"/jobs/{other}")

    show(status=JobStatus.FAILED, error_message="storyboard-01: the provider withheld it", final_video_url=None)
    expect(page.get_by_role("alert")).to_contain_text("the provider withheld it")
    expect(page.get_by_role("button", name="Try that part again")).to_be_visible()
    show(status=JobStatus.CANCELLED)
    expect(page.get_by_text("This ad was cancelled")).to_be_visible()
    expect(page.get_by_role("link", name="Make it again")).to_be_visible()
    no_key = PauseReason(unit="script_generation", reason="no_key", message="There is no key for Google AI.")
    show(status=JobStatus.PAUSED, paused_for=[no_key])
    expect(page.get_by_role("link", name="Add an API key")).to_be_visible()
    axe_everywhere(page)
    moment = datetime.now(UTC)
    show(deleted_at=moment, purge_at=moment + timedelta(days=30))
    expect(page.get_by_text("It goes for good in 30 days.")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="Finished")).to_be_visible()
