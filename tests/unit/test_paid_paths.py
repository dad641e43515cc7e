"""Every paid path goes through the ledger: no module of the product reaches a model past an account."""

import ast
from textwrap import dedent

import pytest

from tests.unit.paid_paths import MODELS, Source, offences, paid_modules


def test_no_module_reaches_a_model_past_the_ledger() -> None:
    assert offences() == []


def test_the_paid_requests_of_the_gateway_are_found() -> None:
    assert {"text", "image", "speech", "interactions", "agent_platform"} <= paid_modules()


def told(text: str, in_gateway: bool) -> list[str]:
    return list(Source(dedent(text), in_gateway).offences())


@pytest.mark.parametrize(
    "text",
    [
        "import google.genai",
        "from google import genai",
        "from google.genai import types",
        "import google.genai.types as t",
        "from google.cloud import texttospeech",
        "from google.cloud.texttospeech import TextToSpeechClient",
        "import vertexai",
        "sdk = importlib.import_module('google.genai')",
        "from ugcgen.models.provider import client",
        "from ugcgen.models import provider",
        "requests.post(f'https://generativelanguage.googleapis.com/v1beta/models/{m}:generateContent')",
        "def step(context): return context.sdk.models.generate_content(model='m', contents='x')",
        "def step(context): return context.sdk.interactions.create(model='m')",
        "take = other.generate_videos",
        "from ugcgen.models.interactions import prepare",
        "def step(model, order): return interactions.prepare(model, order, 'key')()",
    ],
)
def test_a_step_that_reaches_a_model_is_found(text: str) -> None:
    assert len(told(text, in_gateway=False)) >= 1


GOOD = """
def make(account, model, question):
    def prepare():
        client = provider.client(model.provider)

        def send():
            with provider.one_submit("a picture"):
                return client.models.generate_content(model=model.id)

        return send

    return account.call(question, prepare)


def look(model, operation):
    client = provider.client(model.provider)
    return client.operations.get(operation)
"""


def test_a_module_of_the_gateway_that_pays_by_an_account_is_good() -> None:
    assert told(GOOD, in_gateway=True) == []
    assert Source(GOOD, in_gateway=True).pays()


@pytest.mark.parametrize(
    ("good", "bad", "sentence"),
    [
        ("return send\n", "return send()\n", "is not let go by an account"),
        ("        return send\n", "        send()\n        return send\n", "is not let go by an account"),
        ("def prepare", "def order", "is not let go by an account"),
        ("account.call(question, prepare)", "prepare()()", "prepare is not handed to an account"),
        ("account.call(question, prepare)", "worker.call(question, prepare)", "prepare is not handed to an account"),
        ("client.operations.get(operation)", "client.models.generate_content(operation)", "is not known to be free"),
        ("client.operations.get(operation)", "client.models.invent(operation)", "is not known to be free"),
        ("client.operations.get(operation)", "client.operations.get", "is not known to be free"),
        ("return client.operations.get(operation)", "talks = client.interactions", "is not known to be free"),
        ("return client.operations.get(operation)", "return client", "is not known to be free"),
        (
            "return client.operations.get(operation)",
            "return provider.client(model.provider).aio.models.count_tokens()",
            "is not known to be free",
        ),
        ("return client.operations.get(operation)", "return interactions.prepare(model)", "not handed to an account"),
        (
            "    return client.operations.get(operation)",
            "    with genai.Client(api_key='k') as mine:\n        mine.models.invent()",
            "mine.models.invent is not known to be free",
        ),
        (
            "    return client.operations.get",
            "    service = client()\n    return service.invent",
            "service.invent is not known",
        ),
    ],
)
def test_a_way_past_the_account_is_found(good: str, bad: str, sentence: str) -> None:
    offending = GOOD.replace(good, bad)
    ast.parse(offending)
    assert offending != GOOD
    assert sentence in " ".join(told(offending, in_gateway=True))


@pytest.mark.parametrize("name", sorted(paid_modules()))
def test_a_true_module_that_does_not_wait_for_the_ledger_is_found(name: str) -> None:
    """Each module as it is, but that it sends while it prepares."""
    text = (MODELS / f"{name}.py").read_text()
    hasty = text.replace("    return send\n", "    return send()\n")
    assert hasty != text
    assert told(hasty, in_gateway=True)
