"""Getting in and out: accounts, passwords, Google, links that ask for a sign-in first."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.web.browser import PASSWORD, Visitor, axe_everywhere

WRONG = "The address or the password is not right."


def fill_login(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_from_no_account_to_signed_in_and_out_and_in_again(page: Page) -> None:
    email = f"new-{uuid.uuid4().hex[:8]}@example.com"
    page.goto("/")
    expect(page).to_have_url(re.compile("/login$"))
    page.get_by_role("link", name="Create an account").click()
    expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    page.get_by_label("Name").fill("Nora New")
    page.get_by_label("E-mail").fill(email)
    page.locator("#password").fill("short")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Use at least 8 characters.")).to_be_visible()
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Chat")).to_be_visible()
    expect(page).to_have_title("Chat · UGCGen")

    page.reload()
    expect(page.get_by_role("heading", name="Chat")).to_be_visible()
    page.get_by_role("button", name="Your account").click()
    expect(page.get_by_text(email)).to_be_visible()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    fill_login(page, email, "not the password")
    expect(page.get_by_role("alert")).to_have_text(WRONG)
    fill_login(page, email, PASSWORD)
    expect(page.get_by_role("heading", name="Chat")).to_be_visible()


def test_an_address_has_one_account(page: Page, visitor: Visitor) -> None:
    page.goto("/register")
    page.get_by_label("Name").fill("Another")
    page.get_by_label("E-mail").fill(visitor.email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("alert")).to_contain_text("There is an account with this address already")


def test_a_link_leads_where_it_says_after_the_sign_in(page: Page, visitor: Visitor) -> None:
    page.goto("/jobs/somebody-s?tab=scenes")
    expect(page).to_have_url(re.compile("/login"))
    fill_login(page, visitor.email, PASSWORD)
    expect(page).to_have_url(re.compile(r"/jobs/somebody-s\?tab=scenes$"))
    expect(page.get_by_text("It is not here")).to_be_visible()
    page.goto("/login?next=//example.com/")
    expect(page.get_by_role("heading", name="Chat")).to_be_visible()  # who is inside stays on this site


def test_a_forgotten_password(page: Page, visitor: Visitor) -> None:
    page.goto("/login")
    page.get_by_role("link", name="Forgot it?").click()
    expect(page.get_by_role("heading", name="Reset the password")).to_be_visible()
    page.get_by_label("E-mail").fill(visitor.email)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Open the link of the mail").click()
    expect(page.get_by_text(f"For {visitor.email}.")).to_be_visible()
    link = page.url
    page.get_by_label("New password").fill("another password")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    fill_login(page, visitor.email, PASSWORD)
    expect(page.get_by_role("alert")).to_have_text(WRONG)
    fill_login(page, visitor.email, "another password")
    expect(page.get_by_role("heading", name="Chat")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()


def test_google_makes_an_account_and_finds_it_again(page: Page) -> None:
    email = f"g-{uuid.uuid4().hex[:8]}@example.com"
    for _ in range(2):
        page.goto("/login")
        page.get_by_role("button", name="Continue with Google").click()
        page.get_by_label("Google address").fill(email)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Chat")).to_be_visible()
        page.get_by_role("button", name="Your account").click()
        expect(page.get_by_text(email)).to_be_visible()
        page.get_by_role("menuitem", name="Sign out").click()
        expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


@pytest.mark.parametrize("path", ["/login", "/register", "/reset"])
def test_everybody_can_use_the_door(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe_everywhere(page)


def test_everybody_can_use_the_shell(inside: Page) -> None:
    axe_everywhere(inside)
    inside.set_viewport_size({"width": 390, "height": 844})
    inside.get_by_role("button", name="More").click()
    inside.get_by_role("menuitem", name="Explore").click()
    expect(inside.get_by_role("heading", level=1)).to_have_text("Explore")


def test_the_door_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(_script_bytes(request)))
    page.goto("/")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert 50_000 < sum(sizes) < 200_000


def _script_bytes(request) -> int:  # type: ignore[no-untyped-def]
    return request.sizes()["responseBodySize"] if request.resource_type == "script" else 0
