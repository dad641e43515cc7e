"""Secrets that users give us or get from us, planted and looked for: in every document, log, answer and error."""

import json
import logging
import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from firebase_functions import https_fn

from api.callable import serve
from api.deliveries import QUEUE, announced, deliver
from infra.local.cloud import PROJECT
from infra.local.provision import create_queues
from tests.integration.functions.refusing import refusing
from tests.integration.functions.served_pages import serving
from tests.integration.functions.test_api import request_of
from tests.integration.functions.test_webhooks import stand_still
from tests.unit.functions.making import asked
from ugcgen.cloud import firestore
from ugcgen.cloud.logs import JsonLines
from ugcgen.domain.errors import UgcgenError
from ugcgen.engine import events
from ugcgen.engine.events import JobEvent


def everything() -> Iterator[str]:
    """Every document there is, sealed secrets among them, as text."""
    waiting = list(firestore.client().collections())
    while waiting:
        for snapshot in waiting.pop().list_documents():
            waiting += snapshot.collections()
            yield f"{snapshot.path} {snapshot.get().to_dict()}"


def test_planted_secrets_are_found_nowhere(
    topics: None,
    product: Callable[..., None],
    user: str,
    cloud_env: Mapping[str, str],
    caplog: pytest.LogCaptureFixture,
    capfd: Any,
) -> None:
    queues = [{"trigger": "task", "queue": name, "rateLimits": {}, "retryConfig": {}} for name in (QUEUE, events.QUEUE)]
    create_queues(cloud_env["CLOUD_TASKS_EMULATOR_HOST"], PROJECT, queues)
    told: list[str] = []

    def ask(name: str, **data: Any) -> Any:
        try:
            answer = serve(name, asked(data, user))
        except https_fn.HttpsError as refused:
            told.append(f"{refused.message} {refused.details}")
            return None
        told.append(json.dumps(answer))
        return answer

    planted = [f"AIza{secrets.token_hex(18)}" for _ in range(3)]
    master = secrets.token_hex(32)
    with caplog.at_level(logging.DEBUG), serving() as receiver:
        product(
            API_KEY_ENCRYPTION_SECRET=master,
            ALLOWED_PRIVATE_HOSTS=f"127.0.0.1:{receiver.port}",
            GEMINI_API_KEY=planted[2],
            DEBUG="true",
        )
        kept = ask("addApiKey", label="mine", key=planted[0])
        with refusing(403, "PERMISSION_DENIED", "Consumer 'api_key:{key}' has been suspended.") as provider:
            product(GOOGLE_GEMINI_BASE_URL=provider.url)
            assert ask("addApiKey", label="mine", key=planted[1]) is None
        ask("addApiKey", label="mine", key=f"{planted[1]} with a space")
        ask("listApiKeys")
        ask("updateApiKey", key_id=kept["id"], label="again")

        receiver.answers = [500]
        given = [ask("addWebhook", url=receiver.url), None]
        webhook = given[0]["webhook"]["id"]
        given[1] = ask("rotateWebhookSecret", webhook_id=webhook)
        whsec = [one["secret"] for one in given]
        told[:] = [text for text in told if not any(secret in text for secret in whsec)]  # shown this once
        started = ask("startGeneration", **request_of(user))
        stand_still(started["job_id"])
        recorded = [JobEvent.model_validate(s.to_dict()) for s in firestore.client().collection("events").stream()]
        [event] = [event for event in recorded if event.user_id == user]
        announced(event.id)
        with pytest.raises(UgcgenError) as failed:
            deliver(user, webhook, event.id)
        told.append(str(failed.value))
        for name in ("listWebhooks", "listJobs"):
            ask(name)
        ask("listDeliveries", webhook_id=webhook)
        ask("getJob", job_id=started["job_id"])
        ask("updateWebhook", webhook_id=webhook, url=f"http://10.0.0.1/{uuid.uuid4().hex}")

    wanted = [*planted, *whsec, *(secret.removeprefix("whsec_") for secret in whsec), master]
    logged = [JsonLines().format(record) for record in caplog.records]
    written = capfd.readouterr()
    places = {"documents": [*everything()], "logs": [*logged, written.out, written.err], "answers": told}
    assert all(len(texts) > 3 or name == "logs" for name, texts in places.items())
    found = [
        (name, secret[:8]) for name, texts in places.items() for text in texts for secret in wanted if secret in text
    ]
    assert not found
