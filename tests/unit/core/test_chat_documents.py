"""What of a chat a model is shown, and what becomes an ad's prompt."""

from datetime import UTC, datetime, timedelta

from ugcgen.domain.chat import (
    LONGEST_MESSAGE,
    MOST_CHARACTERS,
    MOST_PICTURES,
    MOST_TURNS,
    NEW_CHAT,
    SILENCE,
    TITLE_LENGTH,
    Draft,
    Message,
    title_of,
    turns,
    wish,
)
from ugcgen.domain.enums import MessageState, Speaker

START = datetime(2026, 11, 1, tzinfo=UTC)


def message(content: str, role: Speaker = Speaker.USER, pictures: int = 0) -> Message:
    names = [f"users/u1/media/{n}.jpg" for n in range(pictures)]
    return Message(
        id="m", chat_id="c", role=role, content=content, attachments=names, created_at=START, updated_at=START
    )


def test_a_model_is_shown_the_end_of_a_chat() -> None:
    shown = turns([message("first"), message("", Speaker.ASSISTANT), message("last", pictures=2)])
    assert [turn.text for turn in shown] == ["first", "last"]
    assert len(turns([message(str(n)) for n in range(100)])) == MOST_TURNS
    long = message("x" * LONGEST_MESSAGE)
    assert sum(len(turn.text) for turn in turns([long] * 9)) <= MOST_CHARACTERS
    many = turns([message("old", pictures=3), message("new", pictures=3)])
    assert [len(turn.pictures) for turn in many] == [MOST_PICTURES - 3, 3], "the newest are shown"


def test_the_prompt_is_what_the_user_said() -> None:
    said = turns([message("A glow."), message("Nice!", Speaker.ASSISTANT), message("Make it.")])
    assert wish(Draft(), said) == "A glow.\nMake it."
    assert wish(Draft(prompt="My own"), said) == "My own"
    long = "x" * LONGEST_MESSAGE
    assert wish(Draft(), turns([message("early"), message(long)])) == long


def test_a_chat_has_its_first_words_as_its_title() -> None:
    assert title_of("  Three\nhooks ") == "Three hooks"
    assert title_of("word " * 40) == ("word " * 12).strip()
    assert title_of("x" * 100) == "x" * TITLE_LENGTH
    assert title_of(" ") == NEW_CHAT


def test_an_answer_is_given_up_after_a_silence() -> None:
    writing = message("so far").model_copy(update={"state": MessageState.STREAMING})
    late = START + SILENCE + timedelta(seconds=1)
    assert writing.is_given_up(late) and not writing.is_given_up(START + SILENCE)
    assert not message("whole").is_given_up(late)
