"""What somebody has: a library of a thousand ads, people, products, and what others show."""

import io
import re
import wave
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import numpy as np
import pytest
import requests
from google.cloud import firestore
from playwright.sync_api import Page, expect

from tests.e2e import outside
from tests.e2e.briefs import PHOTOS
from tests.e2e.web.browser import Visitor, axe_everywhere
from tests.e2e.web.shelves import LINES, a_job, a_told_job, keep, keep_scenes
from tests.integration.functions.served_pages import page as served_page
from tests.integration.functions.served_pages import serving
from ugcgen.domain.enums import JobStatus

PRODUCT_PAGE = """<meta property="og:title" content="Lumi Night"><meta property="og:image" content="/one.jpg">
<meta property="product:price:amount" content="19.90"><meta property="product:price:currency" content="EUR">"""


@pytest.fixture(scope="module")
def film() -> bytes:
    """A second of upright film."""
    made = io.BytesIO()
    with av.open(made, "w", format="mp4") as out:
        stream = out.add_stream("h264", rate=12, width=180, height=320, pix_fmt="yuv420p")
        for shade in range(12):
            picture = np.full((320, 180, 3), shade * 20, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        out.mux(stream.encode())
    return made.getvalue()


def ten_silent_seconds() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(bytes(2 * 8000 * 10))
    return made.getvalue()


def cards(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("main article")


def menu(page: Page, title: str, item: str) -> None:
    page.get_by_role("button", name=f"What to do with {title}", exact=True).click()
    page.get_by_role("menuitem", name=item).click()


def test_a_library_of_a_thousand(page: Page, visitor: Visitor, client: firestore.Client, film: bytes) -> None:
    photo = visitor.keep((PHOTOS / "product-front.jpg").read_bytes())
    video = visitor.keep(film, "video/mp4")
    made = [a_job(visitor.uid, n, f"Lumi Glow {n}", product_images=[photo]) for n in range(1, 1001)]
    made[-1] = a_job(visitor.uid, 1000, "Lumi Glow 1000", product_images=[photo], final_video_url=video)
    # Never so long unheard of that the sweeper takes it up, whenever it comes.
    at_work = {"status": JobStatus.RUNNING, "progress": 40, "updated_at": datetime.now(UTC) + timedelta(hours=1)}
    made[-2] = a_job(visitor.uid, 999, "Sea Salt", completed_at=None, **at_work)
    made[-3] = a_job(visitor.uid, 998, "Lumi Glow 998", status=JobStatus.FAILED)
    keep(client, made)
    requests.post(f"{visitor.functions}/schedule/sweeper", timeout=60).raise_for_status()
    visitor.sign_in(page, "/library")
    expect(cards(page).first).to_contain_text("Lumi Glow 1000")
    running = cards(page).nth(1)
    expect(running).to_contain_text("Running")

    # What is at work is listened to, and what begins elsewhere shows up.
    document = client.collection("jobs").document(made[-2].id)
    document.update({"message": "Filming scene 2 of 3"})
    with suppress(AssertionError):
        # The emulator may keep a change to itself that falls into a listener's beginning; the next one brings it along.
        expect(running).to_contain_text("Filming scene 2 of 3", timeout=5_000)
    document.update({"progress": 55})
    expect(running).to_contain_text("Filming scene 2 of 3")
    expect(running.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "55")
    keep(client, [a_job(visitor.uid, 2000, "Fresh Mint", product_images=[photo])])
    expect(cards(page).first).to_contain_text("Fresh Mint")

    # Words and their beginnings, also when they are many and few.
    search = page.get_by_role("searchbox")
    search.fill("glo lum 77")
    expect(cards(page)).to_have_count(11)
    expect(page).to_have_url(re.compile(r"q=glo\+lum\+77"))
    search.fill("nowhere to be found")
    expect(page.get_by_text("Nothing fits")).to_be_visible()
    page.get_by_role("button", name="Show everything").click()
    expect(cards(page).first).to_contain_text("Fresh Mint")
    page.get_by_text("Failed", exact=True).first.click()
    expect(cards(page)).to_have_count(1)
    expect(cards(page).first).to_contain_text("Lumi Glow 998")
    page.get_by_text("All", exact=True).click()

    # Pages come as they are scrolled to, and are there when one comes back.
    while cards(page).count() < 240:
        before = cards(page).count()
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        expect(cards(page).nth(before)).to_be_attached()
    old = cards(page).filter(has_text="Lumi Glow 800")
    old.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Lumi Glow 800")).to_be_visible()
    page.go_back()
    expect(old).to_be_in_viewport()

    # Deleted and taken back.
    menu(page, "Lumi Glow 800", "Delete")
    expect(old).to_have_count(0)
    expect(page.get_by_role("link", name="Lumi Glow 799", exact=True)).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(old).to_have_count(1)
    menu(page, "Lumi Glow 800", "Delete")
    expect(old).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("link", name="Recently deleted").click()
    expect(cards(page)).to_have_count(1)
    expect(cards(page).first).to_contain_text("Goes for good in 30 days")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Nothing here")).to_be_visible()
    page.get_by_role("link", name="To the library").click()
    expect(cards(page).first).to_contain_text("Fresh Mint")
    assert client.collection("jobs").document(made[799].id).get().to_dict()["deleted_at"] is None  # type: ignore[index]

    # A film: saved as a file, shown to everybody, taken out again.
    with page.expect_download() as saved:
        menu(page, "Lumi Glow 1000", "Download")
    assert saved.value.suggested_filename == "lumi-glow-1000.mp4"
    assert Path(saved.value.path()).read_bytes() == film
    menu(page, "Lumi Glow 1000", "Publish in Explore")
    page.get_by_role("dialog").get_by_label("Category").first.click()
    page.get_by_role("option", name="Beauty and care").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(cards(page).filter(has_text="Published")).to_have_count(1)
    page.goto("/explore/beauty")
    page.get_by_role("button", name="Lumi Glow 1000").click()
    expect(page.locator("video")).to_be_visible()
    expect(page.get_by_role("link", name="Make one like this")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/library")
    menu(page, "Lumi Glow 1000", "Take out of Explore")
    expect(cards(page).filter(has_text="Published")).to_have_count(0)
    menu(page, "Lumi Glow 1000", "Continue in chat")
    expect(page).to_have_url(re.compile("/chat/"))
    page.goto("/library")
    expect(cards(page).first).to_be_visible()
    axe_everywhere(page)


def test_what_ads_are_made_of(page: Page, visitor: Visitor, client: firestore.Client) -> None:
    frame = visitor.keep((PHOTOS / "product-front.jpg").read_bytes())
    voice = visitor.keep(ten_silent_seconds(), "audio/wav")
    glow = a_told_job(visitor.uid, 2, "Lumi Glow", audio_url=voice)
    keep(client, [a_job(visitor.uid, 1, "Sea Salt", status=JobStatus.FAILED), glow])
    keep_scenes(client, glow, storyboard=frame, voice=voice)
    visitor.sign_in(page, "/library/scripts")
    first, second = cards(page).first, cards(page).nth(1)
    expect(first.get_by_role("listitem")).to_have_count(len(LINES))
    expect(first).to_contain_text(LINES[1])
    expect(first).to_contain_text("0:18 · 17 words")
    expect(second).to_contain_text("Its script is not written")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first.get_by_role("button", name="Copy the script of Lumi Glow").click()
    expect(first.get_by_text("Copied")).to_be_visible()
    assert LINES[2] in page.evaluate("navigator.clipboard.readText()")
    axe_everywhere(page)

    # By keyboard to the next view, where one sound is heard at a time.
    page.get_by_role("searchbox").fill("glow")
    expect(cards(page)).to_have_count(1)
    page.get_by_role("tab", name="Scripts").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/library/audio\?q=glow$"))
    expect(page).to_have_title(re.compile("Audio"))
    expect(page.get_by_role("tab", name="Audio")).to_be_focused()
    playing = page.get_by_role("button", name=re.compile("^Stop: "))
    page.get_by_role("button", name="Play: Scene 1 of Lumi Glow").click()
    expect(playing).to_have_accessible_name("Stop: Scene 1 of Lumi Glow")
    page.get_by_role("button", name="Play: Scene 2 of Lumi Glow").click()
    expect(playing).to_have_accessible_name("Stop: Scene 2 of Lumi Glow")
    expect(page.get_by_role("progressbar", name="Heard of Scene 2")).not_to_have_attribute("aria-valuenow", "0")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save: Scene 3 of Lumi Glow").click()
    assert saved.value.suggested_filename == "lumi-glow-scene-3.wav"
    axe_everywhere(page)

    page.get_by_role("tab", name="Storyboards").click()
    expect(cards(page).first.get_by_role("img")).to_have_count(len(LINES))
    axe_everywhere(page)
    cards(page).first.get_by_role("img").first.click()
    expect(page).to_have_url(re.compile("tab=scenes&view=storyboard"))
    page.go_back()
    expect(page.get_by_role("tab", name="Storyboards")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("searchbox")).to_have_value("glow")


def test_a_person_on_the_shelf(page: Page, visitor: Visitor) -> None:
    visitor.sign_in(page, "/avatars")
    expect(page.get_by_text("Nobody yet")).to_be_visible()
    expect(page.get_by_role("region", name="Come with UGCGen").get_by_role("listitem").first).to_be_visible()
    axe_everywhere(page)
    page.get_by_role("button", name="New avatar").click()
    page.get_by_label("Name").fill("Mira")
    page.locator("input[type=file]").set_input_files([PHOTOS / "avatar-front.jpg", PHOTOS / "avatar-left.jpg"])
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("heading", name="Mira")).to_be_visible()
    photos = page.get_by_role("list", name="Photos").get_by_role("listitem")
    expect(photos).to_have_count(2)
    expect(page.get_by_text("2 photos have not been looked at yet.")).to_be_visible()

    page.get_by_role("button", name="Read the photos").click()
    angles = page.get_by_role("list", name="Angles").get_by_role("listitem")
    expect(angles.filter(has_text="Front")).to_contain_text("there", timeout=30_000)
    expect(angles.filter(has_text="Right profile")).to_contain_text("needed")
    expect(page.get_by_text("Add a photo of the right profile.")).to_be_visible()
    expect(photos.first).to_contain_text("Front")

    hair = page.get_by_role("textbox", name="Hair")
    extracted = hair.input_value()
    assert extracted
    hair.fill("Short red curls")
    expect(page.get_by_text("1 change is not saved")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"Read from the photos: {extracted}")).to_be_visible()
    axe_everywhere(page)
    page.reload()
    expect(hair).to_have_value("Short red curls")
    page.get_by_role("button", name="Reset Hair").click()
    expect(hair).to_have_value(extracted)
    page.get_by_role("button", name="Undo").click()
    expect(hair).to_have_value("Short red curls")

    page.locator("input[type=file]").set_input_files([PHOTOS / "avatar-right.jpg"])
    expect(photos).to_have_count(3)
    page.get_by_role("button", name="Remove photo 2").click()
    page.get_by_role("button", name="Remove it").click()
    expect(photos).to_have_count(2)
    page.get_by_role("button", name="More for Mira").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Nobody yet")).to_be_visible()


def test_a_product_from_a_shop(page: Page, visitor: Visitor) -> None:
    with serving(outside.PORT) as shop:
        shop.pages["/lumi"] = served_page(PRODUCT_PAGE)
        shop.pages["/one.jpg"] = served_page((PHOTOS / "product-front.jpg").read_bytes(), "image/jpeg")
        visitor.sign_in(page, "/products")
        expect(page.get_by_text("No products yet")).to_be_visible()
        page.get_by_role("button", name="From a shop’s page").click()
        page.get_by_label("Address of the product’s page").fill("http://127.0.0.1:1/")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("only 80 and 443")
        page.get_by_label("Address of the product’s page").fill(f"{shop.url}/lumi")
        page.keyboard.press("Enter")
        expect(page.get_by_role("checkbox", name="Photo 1")).to_be_checked()
        expect(page.get_by_label("Price")).to_have_value("19.90 EUR")
        page.get_by_role("button", name="Take it with 1 photo").click()
        expect(page.get_by_role("heading", name="Lumi Night")).to_be_visible()
    photos = page.get_by_role("list", name="Photos").get_by_role("listitem")
    expect(photos).to_have_count(1)
    page.locator("input[type=file]").set_input_files([PHOTOS / "product-angle.jpg"])
    expect(photos).to_have_count(2)
    page.get_by_role("button", name="Make main: photo 2").click()
    expect(photos.first).to_contain_text("The main one")
    page.get_by_role("button", name="Read the photos").click()
    colour = page.get_by_label("Main colour")
    expect(colour).to_be_visible(timeout=30_000)
    colour.fill("#123456")
    page.get_by_label("Words on it").fill("Lumi\nNight\n")
    expect(page.get_by_text("2 changes are not saved")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Corrected")).to_have_count(2)
    axe_everywhere(page)
    page.get_by_role("button", name="More for Lumi Night").click()
    page.get_by_role("menuitem", name="Change name and facts").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Lumi Noir")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Lumi Noir")).to_be_visible()
    page.get_by_role("link", name="Products", exact=True).last.click()
    expect(page.get_by_role("link", name="Lumi Noir")).to_be_visible()


def test_beginning_from_a_template(page: Page, visitor: Visitor) -> None:
    visitor.sign_in(page, "/explore")
    axe_everywhere(page)
    page.get_by_role("link", name="Food and drinks").click()
    expect(page.get_by_role("heading", name="Food and drinks")).to_be_visible()
    page.get_by_role("link", name="Use it: The first bite").click()
    expect(page).to_have_url(re.compile(r"/create$"))
    expect(page.get_by_role("heading", name="Create")).to_be_visible()
    page.goto("/explore/no-such")
    expect(page.get_by_text("There is no such category")).to_be_visible()
