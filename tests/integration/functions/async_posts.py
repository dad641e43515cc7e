"""``python -m tests.integration.functions.async_posts with|without``: POSTs of the SDK's asynchronous client.

A process of its own, because the SDK decides when it is imported whether it has aiohttp. Prints JSON: for our options
and for the SDK's own, how many POSTs each call came to on each bad wire.
"""

import asyncio
import json
import os
import random
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

if sys.argv[1] == "without":
    sys.modules["aiohttp"] = None  # type: ignore[assignment]  # importing it raises ImportError

from google import genai
from google.genai import _api_client, types
from pydantic import SecretStr

from tests.integration.functions.bad_wire import BEHAVIOURS, Behaviour, bad_wire
from ugcgen.cloud.clock import now
from ugcgen.cloud.settings import settings
from ugcgen.domain.api_key import ApiKey
from ugcgen.ledger.keyring import Lent
from ugcgen.models import provider
from ugcgen.models.catalog import Provider

TIMEOUT_S = 1.0
LENT = Lent(key=ApiKey(id="mine", label="mine", hint="-key", created_at=now()), secret=SecretStr("a-key"))
Call = Callable[[genai.Client], Awaitable[Any]]

CALLS: dict[str, tuple[Provider, Call]] = {
    "generate_content": (
        Provider.GEMINI,
        lambda client: client.aio.models.generate_content(model="gemini-3.8-flash", contents="hello"),
    ),
    "interactions": (
        Provider.GEMINI,
        lambda client: client.aio.interactions.create(
            model="gemini-omni-1.2-flash", input="A jar", background=True, timeout=TIMEOUT_S
        ),
    ),
    "generate_videos": (
        Provider.AGENT_PLATFORM,
        lambda client: client.aio.models.generate_videos(
            model="veo-3.1-lite-generate-001", source=types.GenerateVideosSource(prompt="A jar")
        ),
    ),
}


def ours(which: Provider) -> genai.Client:
    settings.cache_clear()
    provider._agent_platform.cache_clear()
    return provider.client(which, LENT if which is Provider.GEMINI else None)


def plain(which: Provider) -> genai.Client:
    """As the SDK comes, for the Gemini API."""
    return genai.Client(
        vertexai=False,
        api_key="a-key",
        http_options=types.HttpOptions(base_url=os.environ["GOOGLE_GEMINI_BASE_URL"], timeout=int(TIMEOUT_S * 1000)),
    )


def posts(behaviour: Behaviour, name: str, client_for: Callable[[Provider], genai.Client]) -> int:
    which, call = CALLS[name]
    with bad_wire(behaviour) as wire:
        os.environ["GOOGLE_GEMINI_BASE_URL"] = wire.url
        try:
            asyncio.run(_told(call, client_for(which)))
        except Exception as error:  # what it becomes is another test's; here only the POSTs count
            print(f"{behaviour} {name}: {type(error).__name__}: {str(error)[:90]}", file=sys.stderr)
        else:
            raise AssertionError(f"{name} had an answer from a wire that is {behaviour}")
        return wire.posts


async def _told(call: Call, client: genai.Client) -> None:
    try:
        await call(client)
    finally:
        await client.aio.aclose()


def counted(
    client_for: Callable[[Provider], genai.Client], behaviours: Iterable[Behaviour], names: Iterable[str]
) -> dict[str, dict[str, int]]:
    return {behaviour: {name: posts(behaviour, name, client_for) for name in names} for behaviour in behaviours}


if __name__ == "__main__":
    provider.CALL_TIMEOUT_SECONDS = TIMEOUT_S
    with_our_options = counted(ours, BEHAVIOURS, CALLS)
    random.randint = lambda low, high: low  # type: ignore[method-assign]  # the SDK waits 1 to 10 s to send again
    as_it_comes = counted(plain, ["close", "503"], ["generate_content", "interactions"])
    told = {"aiohttp": _api_client.has_aiohttp, "ours": with_our_options, "default": as_it_comes}
    print(json.dumps(told))
