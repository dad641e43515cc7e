"""Intents word for word, and what a chat says before a video is made."""

import pytest

from agents.conversation import Chosen, announcement, guidance, lacking
from agents.intent import exactly
from agents.requirements import Missing, Requirement
from ugcgen.domain.chat import Draft
from ugcgen.domain.enums import Intent
from ugcgen.domain.job import Quote


@pytest.mark.parametrize("intent", Intent)
def test_an_intent_is_its_word(intent: Intent) -> None:
    assert exactly(intent) is intent
    assert exactly(f" {intent}\n") is intent


@pytest.mark.parametrize(
    "said",
    ["", "VIDEO", "video_ready", "VIDEO_READY.", "VIDEO_READY!", "It is VIDEO_READY", "NOT VIDEO_READY", '"CHAT"'],
)
def test_anything_else_is_chat(said: str) -> None:
    assert exactly(said) is Intent.CHAT


def requirement(code: Missing, blocks: bool = False) -> Requirement:
    return Requirement(code=code, sentence=f"{code} is missing.", field=str(code), blocks=blocks)


def test_a_chat_starts_nothing_without_name_photos_person_and_key() -> None:
    named = Chosen(draft=Draft(product_name="Lumi"))
    assert lacking(named, [requirement(Missing.SCRIPT), requirement(Missing.PLATFORM)]) == []
    assert lacking(named, [requirement(Missing.AVATAR)]) == ["avatar is missing."]
    blocked = lacking(Chosen(draft=Draft()), [requirement(Missing.PRODUCT_IMAGES, blocks=True)])
    assert [sentence.split()[0] for sentence in blocked] == ["The", "product_images"]
    assert guidance(blocked).splitlines()[1:] == [f"- {sentence}" for sentence in blocked]


def test_the_price_is_said_with_its_cap() -> None:
    quote = Quote(lines=[], low=100_000, total=400_000, high=900_000, models={}, notices=["A model ends soon."])
    said = announcement(quote, 6, 1, 2_000_000)
    assert said.startswith(
        "This ad of 6 seconds in 1 scene costs $0.10 to $0.40, and with every retake never more than $2.00."
    )
    assert said.endswith("A model ends soon.")
