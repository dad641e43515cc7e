"""What models do to JSON, put right where that takes no guess."""

import json

import pytest

from ugcgen.models.json_repair import repaired


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2], "b": "x"}',
        '```json\n{"a": [1, 2], "b": "x"}\n```',
        'Sure! Here you are:\n{"a": [1, 2], "b": "x"}\nDo you like it?',
        '{"a": [1, 2,], "b": "x",\n}',
    ],
)
def test_what_can_be_read_is_read(text: str) -> None:
    assert json.loads(repaired(text)) == {"a": [1, 2], "b": "x"}


def test_commas_in_words_stay() -> None:
    text = '{"said": "one, } two,] \\", }", "rest": [1,]}'
    assert json.loads(repaired(text)) == {"said": 'one, } two,] ", }', "rest": [1]}


@pytest.mark.parametrize("text", ["no JSON at all", '{"a": [1, 2', "}{", ""])
def test_nothing_is_guessed(text: str) -> None:
    assert repaired(text) == text
