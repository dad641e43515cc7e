"""The voice of an ad: how it is asked for, changed, kept inside its bounds, and said to a model."""

from typing import Any

import pytest
from pydantic import ValidationError

from ugcgen.domain.brief import Brief
from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.job_edits import JobEdits
from ugcgen.domain.voice import VoiceConfig
from ugcgen.models.speech import LONGEST_STYLE, direction
from ugcgen.models.voices import PROFILES, VOICES, voice_named


def brief(**fields: Any) -> Brief:
    return Brief(product_name="Dew", prompt="A morning", **fields)


def test_a_bare_name_is_a_voice_of_that_name() -> None:
    assert brief(voice="Puck").voice == VoiceConfig(name="Puck") == brief(voice={"name": "Puck"}).voice
    assert brief().voice == VoiceConfig(name="Kore", pitch=0, rate=1, style="")


@pytest.mark.parametrize(
    ("voice", "sentence"),
    [
        ({"pitch": 7}, "voice.pitch: a voice is moved by at most 6 semitones, not 7; choose a pitch from -6 to 6"),
        ({"rate": 1.5}, "voice.rate: a voice speaks 0.8 to 1.25 times as fast as usual, not 1.5 times"),
        ({"style": "x" * 201}, "voice.style: String should have at most 200 characters"),
        ({"pich": 1}, "voice.pich: Extra inputs are not permitted"),
    ],
)
@pytest.mark.parametrize("model", [Brief, JobEdits])
def test_what_is_outside_the_bounds_is_refused_with_a_sentence(
    model: type[Brief] | type[JobEdits], voice: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        brief(voice=voice) if model is Brief else JobEdits.model_validate({"voice": voice})
    assert str(InvalidInput.of(refused.value)).startswith(sentence)


def test_an_edit_changes_what_it_names_and_none_takes_it_back() -> None:
    asked = VoiceConfig(name="Sage", pitch=2)
    edits = JobEdits().patched({"voice": {"rate": 0.9}}).patched({"voice": {"name": "Lyra", "style": "calm"}})
    assert asked.edited(edits.voice) == VoiceConfig(name="Lyra", pitch=2, rate=0.9, style="calm")
    assert asked.edited(edits.patched({"voice": {"name": None}}).voice).name == "Sage"
    assert asked.edited(edits.patched({"voice": None}).voice) == asked


def test_every_profile_of_the_product_is_a_voice_that_exists() -> None:
    assert set(PROFILES) == {"Kore", "Sage", "Mica", "Lyra"}
    assert len({voice_named(name) for name in PROFILES} & VOICES.keys()) == 4, "and no two of them are the same"
    with pytest.raises(InvalidInput, match=r"there is no voice 'Lyre'; did you mean Lyra\?"):
        voice_named("Lyre")


def test_a_model_that_takes_prose_is_told_only_what_is_unusual() -> None:
    assert direction("", 0, 1) == ""
    assert direction("warm. Like a friend.", 0, 1) == "warm. Like a friend."
    assert direction("calm", -2, 1.2) == (
        "calm. Keep the voice 2 semitones lower than usual. Speak 1.2 times as fast as usual."
    )
    assert len(direction("word " * 500, 0, 1)) <= LONGEST_STYLE + 1
