"""When the next model is asked, and when on no account."""

import logging
from datetime import datetime

import pytest

from ugcgen.domain.errors import (
    CallPending,
    CallUnconfirmed,
    ContentFiltered,
    ModelGone,
    ModelRefusedToStart,
    ModelRejected,
    OverBudget,
    QuotaExhausted,
    ReplyLost,
    TransientModelError,
    UgcgenError,
)
from ugcgen.models.catalog import Model, catalog
from ugcgen.models.fallback import NOT_SPOKEN, through

CHAIN = [catalog().models[name] for name in ("gemini-3.8-flash-tts", "gemini-3.8-flash-lite-tts", "google-cloud-tts")]
THEN = datetime(2026, 11, 23)
GONE, EXHAUSTED = ModelGone("gone"), QuotaExhausted("spent", THEN)
FILTERED, REJECTED = ContentFiltered("no sound"), ModelRejected("bad request")
MAY_BE_PAID = [
    ReplyLost("lost"),
    CallUnconfirmed("lost", "key", 1, False, THEN),
    CallPending("wait", "key", THEN),
    OverBudget("dear", 1),
    ModelRefusedToStart("later"),
    TransientModelError("later"),
]


class Asked:
    """Refuses as told, in turn, and then answers with the model's id."""

    def __init__(self, *refusals: UgcgenError) -> None:
        self.refusals = list(refusals)
        self.models: list[str] = []

    def __call__(self, model: Model) -> str:
        self.models.append(model.id)
        if self.refusals:
            raise self.refusals.pop(0)
        return model.id


def test_the_first_model_that_answers_is_the_last_that_is_asked() -> None:
    asked = Asked()
    assert through(CHAIN, asked) == CHAIN[0].id
    assert asked.models == [CHAIN[0].id]


@pytest.mark.parametrize("refusal", [GONE, EXHAUSTED])
def test_what_was_refused_for_good_goes_to_the_next_and_that_is_logged(
    refusal: UgcgenError, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="ugcgen"):
        assert through(CHAIN, Asked(refusal, refusal)) == CHAIN[2].id
    assert caplog.messages[0] == f"{CHAIN[1].id} takes over from {CHAIN[0].id}: {refusal}"
    assert len(caplog.messages) == 2


@pytest.mark.parametrize("refusal", [FILTERED, REJECTED])
def test_what_was_withheld_is_another_models_only_where_the_caller_says_so(refusal: UgcgenError) -> None:
    assert through(CHAIN, Asked(refusal), after=NOT_SPOKEN) == CHAIN[1].id
    asked = Asked(refusal)
    with pytest.raises(type(refusal)):
        through(CHAIN, asked)
    assert asked.models == [CHAIN[0].id]


@pytest.mark.parametrize("outcome", MAY_BE_PAID, ids=lambda outcome: type(outcome).__name__)
def test_what_may_be_paid_for_or_may_pass_is_never_asked_of_another(outcome: UgcgenError) -> None:
    asked = Asked(outcome)
    with pytest.raises(type(outcome)):
        through(CHAIN, asked, after=NOT_SPOKEN)
    assert asked.models == [CHAIN[0].id]


def test_the_last_refusal_is_the_answer() -> None:
    with pytest.raises(QuotaExhausted):
        through(CHAIN, Asked(GONE, GONE, EXHAUSTED))
