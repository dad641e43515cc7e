"""The web client's types are those of the models."""

import re

from infra.web_types import TARGET, as_typescript


def test_the_types_are_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == as_typescript(), "run: make web-types"


def test_what_is_asked_may_leave_out_what_has_a_default() -> None:
    def fields(name: str) -> str:
        found = re.search(rf"^export type {name} = {{\n(.*?)^}};", as_typescript(), re.M | re.S)
        assert found, name
        return found[1]

    assert "  auto_approve?: boolean;" in fields("StartGeneration")
    assert "  brief: BriefInput;" in fields("StartGeneration") and "  voice?: VoiceConfigInput;" in fields("BriefInput")
    assert "?:" not in fields("Job") and "  brief: Brief;" in fields("Job")
    assert "sendMessage: { request: SendMessage; answer: UserMessage | Words | AssistantMessage };" in fields("Streams")
