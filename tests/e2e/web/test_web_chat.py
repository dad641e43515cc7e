"""Chats with the copilot: a conversation, its bad days, and a finished video out of one."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import PRODUCT
from tests.e2e.web.browser import axe, axe_everywhere

TALKING = "now you talk with"
"""Stands in every question that is answered in words, and in no other."""

IDEA = re.compile("Three hooks to try|Open on a problem")
HOOKS = "Give me three hooks for Lumi Glow"
GO = "Make the video now: a friend tells how her skin got its glow back in one week."
COLD_MS = 20_000
"""The first operations and the first unit of a session wait for their functions to load."""
JOB_MS = 150_000


def say(page: Page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.keyboard.press("Enter")


def begin(page: Page, text: str) -> None:
    say(page, text)
    expect(page).to_have_url(re.compile("/chat/"), timeout=COLD_MS)


def answers(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("article[data-role=assistant]")


def test_a_conversation(inside: Page, stage: Backstage) -> None:
    page = inside
    expect(page.get_by_text("None yet. What you and the copilot plan")).to_be_visible(timeout=COLD_MS)
    setup = page.get_by_label("Setup")
    expect(setup.get_by_role("link", name="Add a product")).to_be_visible()
    expect(setup.get_by_label("Done")).to_have_count(1, timeout=COLD_MS)  # a key can be lent
    stage.studio.fault("trickle", seconds=20, prompt=TALKING, times=1)
    begin(page, HOOKS)
    expect(page.get_by_role("heading", name=HOOKS)).to_be_visible()
    expect(page.get_by_label("Mode")).to_have_text("Chat mode")
    expect(answers(page)).to_contain_text(re.compile(r"\w+ \w+"))
    page.keyboard.press("Escape")
    expect(page.get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_be_focused()

    page.get_by_label("Message", exact=True).fill("not sent yet")
    page.reload()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_have_value("not sent yet")
    page.get_by_role("button", name="Ask again").click()
    expect(answers(page).last).to_contain_text(IDEA)
    expect(page.get_by_role("button", name="Ask again")).to_have_count(0)
    expect(answers(page)).to_have_count(2)

    page.set_viewport_size({"width": 1280, "height": 420})
    stage.studio.fault("trickle", seconds=6, prompt=TALKING, times=1)
    say(page, "How long should the ad be?")
    expect(answers(page).last).to_contain_text(re.compile(r"\w+ \w+"))
    expect(answers(page).last).to_be_in_viewport()
    page.get_by_role("log").evaluate("box => box.scrollTo(0, 0)")
    page.get_by_role("button", name="New messages").click()
    expect(answers(page).last).to_be_in_viewport()
    expect(answers(page).last).to_have_attribute("aria-busy", "false", timeout=COLD_MS)
    page.set_viewport_size({"width": 1280, "height": 800})

    page.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Title").fill("Hooks for spring")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hooks for spring")).to_be_visible()
    page.get_by_label("Main").get_by_role("link", name="Chat").first.click()
    expect(page.get_by_role("link", name="Hooks for spring")).to_be_visible()
    axe_everywhere(page)
    page.get_by_role("button", name="What to do with Hooks for spring").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("None yet. What you and the copilot plan")).to_be_visible()


def test_what_goes_wrong_in_a_conversation(inside: Page, stage: Backstage) -> None:
    page = inside
    page.get_by_role("button", name="Write hooks").click()
    message = page.get_by_label("Message", exact=True)
    expect(message).to_have_value("Give me three hooks for ", timeout=COLD_MS)
    message.fill(HOOKS)
    page.get_by_label("Pictures", exact=True).set_input_files(PRODUCT[0])
    expect(page.get_by_role("button", name=f"Leave out {PRODUCT[0].name}")).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()

    page.route("**/stream/sendMessage", lambda route: route.abort())
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The service does not answer")
    expect(message).to_have_value(HOOKS)
    page.unroute("**/stream/sendMessage")
    stage.studio.fault("broken_off", prompt=TALKING, times=1)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("It broke off")).to_be_visible()
    expect(page.get_by_role("img", name="Picture 1 of the message")).to_be_visible()
    expect(message).to_have_value("")
    expect(page.get_by_role("button", name="Leave out")).to_have_count(0)
    page.get_by_role("button", name="Ask again").click()
    expect(answers(page).last).to_contain_text(IDEA)
    page.goto("/chat/somebody-s")
    expect(page.get_by_text("It is not here")).to_be_visible()


def test_a_video_out_of_a_conversation(inside: Page) -> None:
    page = inside
    begin(page, GO)
    expect(answers(page)).to_contain_text("as soon as these are settled")
    expect(answers(page).get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_label("Mode")).to_have_text("Add product and person")

    page.get_by_role("button", name="Choose the product").click()
    page.get_by_role("textbox", name="Product").fill("Lumi Glow")
    page.locator("input[type=file]").last.set_input_files(PRODUCT[0])
    page.get_by_role("button", name="Use this product").click()
    expect(page.get_by_role("button", name="Product: Lumi Glow")).to_be_visible()
    page.get_by_role("button", name="Choose the person").click()
    page.get_by_role("button", name="Ada").click()
    expect(page.get_by_label("Mode")).to_have_text("Ready to generate")

    page.get_by_role("button", name="Settings", exact=True).click()
    settings = page.get_by_role("dialog", name="Settings of the ad")
    settings.get_by_label("Quality").select_option("Draft")
    settings.get_by_label("Length in seconds").fill("3")
    settings.get_by_role("switch", name="Go on without my review").press("Space")
    axe(page)
    settings.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Settings, 2 changed")).to_be_visible()

    say(page, GO)
    card = page.get_by_role("article").get_by_role("article")
    expect(answers(page).last).to_contain_text("I have started it")
    expect(card.get_by_text("%")).to_be_visible(timeout=COLD_MS)
    page.get_by_role("button", name="Show the steps").click()
    expect(page.get_by_role("list", name="Steps")).to_be_visible()
    axe_everywhere(page)
    page.reload()
    card.get_by_role("button", name="Play").click(timeout=JOB_MS)
    page.wait_for_function("document.querySelector('article video')?.duration > 2")
    expect(page.get_by_role("link", name="Open the ad").last).to_be_visible()
