"""What the tests of the web client share: somebody with an account, and axe."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from playwright.sync_api import Page, expect

from infra.local.cloud import LocalCloud
from tests.e2e.person import TIMEOUT_S, call

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = Path(__file__).parents[3] / "out" / "screens"
PASSWORD = "correct horse battery"
WIDTHS = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1280, 800)}


@dataclass(frozen=True)
class Visitor:
    """Somebody with an account. ``call`` is an operation as them, without the browser."""

    name: str
    email: str
    uid: str
    token: str
    functions: str

    @classmethod
    def new(cls, cloud: LocalCloud, name: str) -> "Visitor":
        email = f"{name.lower()}@example.com"
        reply = requests.post(
            f"{cloud.urls['auth']}/identitytoolkit.googleapis.com/v1/accounts:signUp",
            json={"email": email, "password": PASSWORD, "displayName": name},
            timeout=TIMEOUT_S,
        )
        reply.raise_for_status()
        account = reply.json()
        return cls(name, email, account["localId"], account["idToken"], cloud.urls["functions"])

    def call(self, operation: str, **data: Any) -> dict[str, Any]:
        """The result of a callable. Raises tests.e2e.person.Refused."""
        return call(self.functions, operation, data, self.token)

    def keep(self, data: bytes, media_type: str = "image/jpeg") -> str:
        """The name of a file that was sent and checked."""
        session = self.call("openUpload", media_type=media_type, size=len(data))
        headers = {"Content-Type": media_type}
        requests.put(session["url"], data=data, headers=headers, timeout=TIMEOUT_S).raise_for_status()
        return str(self.call("checkUpload", object=session["object"])["object"])

    def sign_in(self, page: Page, then: str = "/") -> None:
        """By the form, to the screen at ``then``."""
        page.goto(f"/login?next={then}")
        page.get_by_label("E-mail").fill(self.email)
        page.get_by_label("Password", exact=False).first.fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"**{then}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


OF_SIGHT = ("color-contrast", "scrollable-region-focusable", "target-size")
"""The rules that colours and room can break. The others ask what is in the page, which differs on phones alone."""


def axe(page: Page, rules: Sequence[str] = ()) -> None:
    """Fails with whatever axe finds serious or critical on the page as it stands, by all rules or by some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    bad = [
        {"rule": each["id"], "where": [(node["html"][:160], node["failureSummary"]) for node in each["nodes"][:3]]}
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
    assert not bad, json.dumps(bad, indent=1)


def axe_everywhere(page: Page) -> None:
    """axe at every width in both colour schemes, and a picture of each in ``out/screens/``."""
    # Chromium gives what it skips the old colours in part: a word's of one scheme, its ground's of the other.
    page.add_style_tag(content="* { content-visibility: visible !important }")
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
            # Colours that change by a transition are looked at when they have.
            page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
            axe(page, OF_SIGHT if scheme == "dark" or name == "tablet" else ())
            page.screenshot(path=SCREENS / f"{_name(page)}-{width}-{scheme}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} is wider than {width} px"


def _name(page: Page) -> str:
    """The screen by its address, without what is somebody's own, and by the tab that is open."""
    places = [part for part in urlsplit(page.url).path.split("/") if part and len(part) < 15]
    open_tab = page.locator("[role=tab][aria-selected=true]")
    tabs = open_tab.all_inner_texts() if open_tab.count() else []
    return "-".join(re.sub(r"\W+", "-", word.lower()).strip("-") for word in [*places, *tabs]) or "start"
