"""Settings: who somebody is, their keys, who is told of their jobs, what was paid, how they like it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from google.cloud import firestore
from playwright.sync_api import Page, expect

from tests.e2e import outside
from tests.e2e.briefs import PHOTOS
from tests.e2e.web.browser import Visitor, axe_everywhere
from tests.e2e.web.shelves import a_job, keep
from tests.integration.functions.served_pages import serving
from ugcgen.cloud.firestore import to_document
from ugcgen.domain.enums import DeliveryState, Milestone
from ugcgen.domain.webhook import Attempt, Delivery


def test_who_somebody_is_and_their_keys(page: Page, visitor: Visitor, client: firestore.Client) -> None:
    visitor.sign_in(page, "/settings/profile")
    page.get_by_label("Name").fill("Ann of Green Gables")
    page.get_by_role("button", name="Save the name").click()
    expect(page.get_by_text("Your name is changed.")).to_be_visible()
    page.locator("input[type=file]").set_input_files([PHOTOS / "avatar-front.jpg"])
    expect(page.get_by_role("button", name="Remove it")).to_be_visible()
    expect(page.get_by_role("button", name="Your account").locator("img")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("Ann of Green Gables")
    axe_everywhere(page)

    page.get_by_role("tab", name="API keys").click()
    page.get_by_role("button", name="Add a key").click()
    page.get_by_label("Name").fill("Mine")
    page.get_by_role("textbox", name="Key").fill("too short")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("without spaces")
    page.get_by_role("textbox", name="Key").fill(f"AIza{'k' * 31}WXYZ")
    page.get_by_role("button", name="Add it").click()
    row = page.get_by_role("list", name="API keys").get_by_role("listitem")
    expect(row).to_contain_text("Ends in WXYZ")
    expect(row).to_contain_text("In use")
    row.get_by_role("button", name="Rename").click()
    page.get_by_label("Name of Mine").fill("Work")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Work")
    row.get_by_role("switch").click(force=True)
    expect(row).to_contain_text("Switched off")
    row.get_by_role("switch").click(force=True)
    expect(row).to_contain_text("In use")
    [key] = visitor.call("listApiKeys")["keys"]
    stored = client.document(f"users/{visitor.uid}/apiKeys/{key['id']}")
    stored.update({"status": "exhausted", "no_credit": True, "until": datetime.now(UTC) + timedelta(hours=1)})
    expect(row).to_contain_text("Its account has no credit left. It is tried again")
    axe_everywhere(page)
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("No keys of your own")).to_be_visible()


def test_who_is_told(page: Page, visitor: Visitor, client: firestore.Client) -> None:
    visitor.sign_in(page, "/settings/webhooks")
    expect(page.get_by_text("No webhooks yet")).to_be_visible()
    with serving(outside.PORT) as receiver:
        page.get_by_role("button", name="Add a webhook").click()
        page.get_by_label("Address").fill(f"{receiver.url}/hook")
        page.get_by_label("A job was stopped").uncheck()
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("dialog")).to_contain_text("whsec_")
        page.get_by_role("button", name="I have kept it").click()
        hook = page.get_by_role("list", name="Webhooks").locator("> li")
        expect(hook).to_contain_text("A job is finished")
        hook.get_by_role("button", name="Log").click()
        expect(hook).to_contain_text("Nothing was sent yet.")

        [webhook] = visitor.call("listWebhooks")["webhooks"]
        _told(client, webhook)
        event = hook.get_by_role("list", name="Log").get_by_role("listitem")
        expect(event).to_contain_text("answered 500")
        expect(event).to_contain_text("Not taken")
        event.get_by_role("button", name="Send again").click()
        expect(event).to_contain_text("Taken", timeout=15_000)
        assert len(receiver.received) == 1
        event.get_by_role("button", name="Details").click()
        expect(event).to_contain_text('"job_id": "a-job"')
        axe_everywhere(page)
    hook.get_by_role("switch").click(force=True)
    expect(hook).to_contain_text("Off")
    page.get_by_role("button", name=re.compile("More for http")).click()
    page.get_by_role("menuitem", name="New secret").click()
    page.get_by_role("button", name="Make a new one").click()
    expect(page.get_by_role("dialog")).to_contain_text("whsec_")
    page.get_by_role("button", name="I have kept it").click()
    page.get_by_role("button", name=re.compile("More for http")).click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("No webhooks yet")).to_be_visible()


def test_what_was_paid_and_how_somebody_likes_it(page: Page, visitor: Visitor, client: firestore.Client) -> None:
    keep(client, [a_job(visitor.uid, 1, "Lumi Glow")])
    moment = datetime.now(UTC)
    for number, (model, cost) in enumerate([("studio-video", 2_500_000), ("studio-image", 130_000)]):
        paid = {
            "user_id": visitor.uid,
            "created_at": moment - timedelta(days=number),
            "job_id": f"{visitor.uid}-0001",
            "model": model,
            "sends": 2,
            "state": "done",
            "price": cost,
            "cost": cost,
            "at_risk": 0,
        }
        client.collection("calls").document(f"{visitor.uid}-{number}").set(paid)
    visitor.sign_in(page, "/settings/usage")
    expect(page.get_by_text("$2.63").first).to_be_visible()
    expect(page.get_by_role("img", name="Cost by day")).to_be_visible()
    expect(page.get_by_role("link", name="Lumi Glow")).to_be_visible()
    axe_everywhere(page)
    page.get_by_role("button", name="As a table").click()
    expect(page.get_by_role("region", name="By day").get_by_role("row")).to_have_count(3)
    page.get_by_text("7 days", exact=True).click()
    expect(page.get_by_text("studio-video")).to_be_visible()

    page.get_by_role("tab", name="Preferences").click()
    page.get_by_text("Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.get_by_label("Platform", exact=True).select_option(label="TikTok")
    expect(page.get_by_text("One setting is not as usual.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Platform", exact=True)).to_have_value("tiktok")
    page.get_by_role("button", name="Back to the usual").click()
    expect(page.get_by_label("Platform", exact=True)).not_to_have_value("tiktok")
    page.get_by_text("As the device", exact=True).click()
    axe_everywhere(page)


def _told(client: firestore.Client, webhook: dict[str, Any]) -> None:
    """Something was sent that nobody took."""
    moment = datetime.now(UTC)
    failed = Delivery(
        id="anevent",
        webhook_id=webhook["id"],
        milestone=Milestone.JOB_COMPLETED,
        body={"type": "job.completed", "data": {"job_id": "a-job"}},
        state=DeliveryState.FAILED,
        tries=12,
        attempts=[Attempt(at=moment, status=500, seconds=0.2)],
        created_at=moment,
        expires_at=moment + timedelta(days=30),
    )
    log = client.collection(f"users/{webhook['user_id']}/webhooks/{webhook['id']}/deliveries")
    log.document(failed.id).set(to_document(failed))
