"""The web client in a real browser, at the one address of a local cloud that all its tests share."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.local.cloud import LocalCloud
from tests.e2e.web.browser import CHROMIUM, Visitor

# Three browsers and their clouds share two cores.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which knows H.264. As root it cannot build its sandbox."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"] * (os.geteuid() == 0)}


@pytest.fixture(scope="session")
def base_url(cloud: LocalCloud) -> str:
    """So that `page.goto("/login")` means this client."""
    return cloud.urls["front"]


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that must not meet an error that nobody handles."""
    errors: list[Exception] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - a method of a list takes no mark
    yield page
    assert not errors, errors


@pytest.fixture
def visitor(cloud: LocalCloud) -> Visitor:
    """Somebody new, who has an account and is not signed in yet."""
    return Visitor.new(cloud, f"Ann-{uuid.uuid4().hex[:8]}")


@pytest.fixture
def inside(page: Page, visitor: Visitor) -> Page:
    """A page on which the visitor is signed in."""
    visitor.sign_in(page)
    return page
