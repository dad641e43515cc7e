"""The same model calls as a job made, with nothing around them: no ledger, no engine, no state, no media kept."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urlsplit

import requests

from tests.bench.recorder import Order
from ugcgen.pipeline.plan import Plan

_HEADERS = {"Content-Type": "application/json", "x-goog-api-key": "a-key"}
_LOOK_EVERY_S = 0.05
_TIMEOUT_S = 120


def run_bare(studio: str, planned: Plan, orders: Mapping[str, Sequence[Order]]) -> dict[str, float]:
    """Make each unit's orders one after another, and units side by side wherever the plan lets them.

    Returns for each unit the second after the start at which it ended. Raises HTTPError where the studio refuses.
    """
    ended: dict[str, Future[float]] = {}
    with ThreadPoolExecutor(len(planned)) as pool:
        began = time.monotonic()
        for unit_id, unit in planned.items():  # a plan lists each unit after what it needs
            needs = [ended[need] for need in unit.needs]
            ended[unit_id] = pool.submit(_unit, studio, orders.get(unit_id, ()), needs)
        return {unit_id: future.result() - began for unit_id, future in ended.items()}


def _unit(studio: str, orders: Iterable[Order], needs: Iterable[Future[float]]) -> float:
    for need in needs:
        need.result()
    with requests.Session() as session:
        session.trust_env = False
        session.headers.update(_HEADERS)
        for order in orders:
            _made(session, studio, order)
    return time.monotonic()


def _made(session: requests.Session, studio: str, order: Order) -> None:
    """The order's result, fetched and forgotten."""
    is_clip = order.path.endswith("/interactions")
    body = _without_webhook(order.body) if is_clip else order.body
    reply = session.post(f"{studio}{order.path}", data=body, timeout=_TIMEOUT_S)
    reply.raise_for_status()
    if not is_clip:
        return
    operation = f"{studio}{order.path}/{reply.json()['id']}"
    while (seen := session.get(operation, timeout=_TIMEOUT_S).json())["status"] == "in_progress":
        time.sleep(_LOOK_EVERY_S)
    session.get(f"{studio}{_file(seen)}", timeout=_TIMEOUT_S).raise_for_status()


def _without_webhook(body: bytes) -> bytes:
    wanted = json.loads(body)
    wanted.pop("webhook_config", None)
    return json.dumps(wanted).encode()


def _file(seen: Mapping[str, object]) -> str:
    """The path under which the clip of a completed interaction is; its host is Google's."""
    uri = urlsplit(next(word for word in json.dumps(seen).split('"') if ":download" in word))
    return f"{uri.path}?{uri.query}"
