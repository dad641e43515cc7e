"""The wizard: somebody new comes from no account to a finished film, and loses nothing on the way."""

import re
import uuid

from google.cloud import firestore
from google.cloud.firestore import FieldFilter
from playwright.sync_api import Locator, Page, expect

from tests.e2e.briefs import PRODUCT
from tests.e2e.web.browser import PASSWORD, WIDTHS, axe_everywhere

STEP_MS = 30_000
FILM_MS = 150_000
DESKTOP = WIDTHS["desktop"]


def signed_up(page: Page) -> None:
    page.goto("/register?next=/create")
    page.get_by_label("Name").fill("Nora New")
    page.get_by_label("E-mail").fill(f"maker-{uuid.uuid4().hex[:8]}@example.com")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("heading", name="Create", level=1)).to_be_visible()


def asks(page: Page, question: str) -> None:
    expect(page.get_by_role("heading", name=question, level=2)).to_be_visible()


def everybody_can_use_it(page: Page) -> None:
    axe_everywhere(page)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def on(page: Page) -> Locator:
    return page.get_by_role("button", name="Go on", exact=True)


def test_from_no_account_to_a_film(page: Page, client: firestore.Client) -> None:
    signed_up(page)
    product(page)
    person(page)
    brief(page)
    script(page)
    price(page)
    film(page, client)


def product(page: Page) -> None:
    asks(page, "What do you sell?")
    expect(page.get_by_role("button", name="Look at the photos")).to_be_disabled()
    page.get_by_role("textbox", name="Product").fill("Lumi Glow")
    page.get_by_label("Brand").fill("Lumi")
    page.locator("input[type=file]").set_input_files(PRODUCT)
    expect(page.get_by_role("button", name="Remove photo 1")).to_be_visible(timeout=STEP_MS)
    page.get_by_role("button", name="Look at the photos").click()
    seen = page.get_by_role("region", name="How it looks")
    expect(seen).to_be_visible(timeout=STEP_MS)
    seen.get_by_label("Shape").fill("a slim round bottle")
    everybody_can_use_it(page)
    on(page).click()


def person(page: Page) -> None:
    asks(page, "Who speaks for it?")
    page.reload()
    asks(page, "Who speaks for it?")
    expect(on(page)).to_be_disabled()
    page.get_by_role("region", name="Ready to use").get_by_role("button", name="Ada").click()
    expect(page.get_by_role("list", name="Angles").get_by_text("there")).to_have_count(3)
    expect(on(page)).to_be_enabled()
    everybody_can_use_it(page)
    page.get_by_role("button", name="1 Product").click()
    expect(page.get_by_label("Shape")).to_have_value("a slim round bottle")
    page.get_by_role("button", name="2 Person").click()
    on(page).click()


def brief(page: Page) -> None:
    asks(page, "What should the ad say?")
    page.get_by_label("The idea").fill("A young woman tells how a vitamin C serum brought the glow back to her skin")
    page.get_by_label("Quality").select_option("draft")
    expect(page.get_by_text(re.compile(r"scenes, 0:\d\d, about \$"))).to_be_visible()
    page.get_by_label("Length in seconds").fill("3")
    expect(page.get_by_text("1 scene, 0:03, about")).to_be_visible()
    page.get_by_role("switch", name="Set each scene myself").check()
    page.get_by_role("textbox", name="What happens").fill("She holds the bottle up")
    page.get_by_role("button", name="Suggest").click()
    page.get_by_role("button", name="Take it over: How it makes people stop").click(timeout=STEP_MS)
    expect(page.get_by_role("textbox", name="How it makes people stop")).not_to_have_value("")
    expect(page.get_by_role("textbox", name="What bothers them")).to_have_value("")
    everybody_can_use_it(page)
    page.reload()
    asks(page, "What should the ad say?")
    expect(page.get_by_role("textbox", name="Scene 1, seconds")).to_have_value("3")
    expect(page.get_by_role("textbox", name="How it makes people stop")).not_to_have_value("")
    on(page).click()


def script(page: Page) -> None:
    asks(page, "Word by word")
    page.get_by_role("button", name="Write the script").click()
    line = page.get_by_role("textbox", name="What is said")
    expect(line).to_be_visible(timeout=STEP_MS)
    written = line.input_value()
    line.fill("word " * 12)
    expect(page.get_by_role("alert")).to_contain_text("too many to be spoken in time")
    expect(on(page)).to_be_disabled()
    page.get_by_role("button", name="Undo my changes of scene 1").click()
    expect(line).to_have_value(written)
    line.fill("One drop, and look.")
    everybody_can_use_it(page)
    page.get_by_role("button", name="Write scene 1 again").click()
    expect(page.get_by_text("Changed", exact=True)).to_be_hidden(timeout=STEP_MS)
    line.fill("One drop, and look at me.")
    on(page).click()


def price(page: Page) -> None:
    asks(page, "What it will cost")
    make = page.get_by_role("button", name=re.compile("^Make the ad"))
    expect(make).to_have_text(re.compile(r"\$\d+\.\d\d at most"))
    before = make.inner_text()
    page.get_by_role("slider", name="Never more than").press("ArrowLeft")
    expect(make).not_to_have_text(before)
    page.get_by_role("slider", name="Never more than").press("End")
    expect(make).to_have_text(before)
    everybody_can_use_it(page)
    make.dblclick()


def film(page: Page, client: firestore.Client) -> None:
    asks(page, "Your ad is made")
    approve = page.get_by_role("button", name="Approve", exact=True)
    expect(approve).to_be_visible(timeout=FILM_MS)
    expect(page.get_by_role("region", name="Animatic").locator("video")).to_be_visible(timeout=STEP_MS)
    everybody_can_use_it(page)
    approve.click()
    expect(approve).to_be_hidden(timeout=STEP_MS)
    page.goto("/library")
    page.goto("/create")
    finished = page.get_by_role("heading", name="Your ad is finished", level=2)
    expect(finished).to_be_visible(timeout=FILM_MS)
    expect(page.locator("video").first).to_be_visible()
    link = page.get_by_role("link", name="Open the ad").get_attribute("href") or ""
    job = client.collection("jobs").document(link.rsplit("/", 1)[-1]).get().to_dict() or {}
    assert job["script"]["scenes"][0]["dialogue"] == "One drop, and look at me."
    assert job["bible"]["product_dna"]["shape"] == "a slim round bottle"
    same = client.collection("jobs").where(filter=FieldFilter("user_id", "==", job["user_id"])).get()
    assert len(same) == 1, "pressed twice, it is one ad"
    page.get_by_role("button", name="Make another ad").click()
    asks(page, "What do you sell?")
    expect(page.get_by_label("Shape")).to_have_value("a slim round bottle")

    page.goto(f"/create?again={same[0].id}")
    asks(page, "What should the ad say?")
    expect(page.get_by_label("The idea")).to_have_value(job["brief"]["prompt"])
    expect(page).to_have_url(re.compile("/create$"))
    expect(page.get_by_text("Taken over into your ad")).to_be_visible()
