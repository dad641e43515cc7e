"""Reading requests, rules of a bad day, and edits of serialised models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hibari  # type: ignore[import-untyped]
import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import pytest

from infra.local.studio import wire
from infra.local.studio.bad_day import BadDay, Rule
from infra.local.studio.errors import ApiError
from infra.local.studio.onnx_wire import with_inputs, with_output
from infra.local.studio.prompt import from_contents, from_input
from infra.local.studio.webhooks import signature

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def nothing(uri: str) -> bytes:
    raise AssertionError(uri)


@pytest.mark.parametrize(
    "document", [{"image_config": {"aspect_ratio": "1:1"}}, {"imageConfig": {"aspectRatio": "1:1"}}]
)
def test_both_spellings_of_a_field_are_found(document: wire.Json) -> None:
    assert wire.field(document, "image_config", "aspect_ratio") == "1:1"
    assert wire.field(document, "image_config", "image_size") is None


def test_a_value_of_a_wrong_type_is_named() -> None:
    with pytest.raises(ApiError, match=r"config\.seed"):
        wire.typed({"config": {"seed": []}}, str, "config", "seed")


def test_a_missing_seed_comes_from_the_work_and_not_from_its_labels() -> None:
    plain = wire.seed_of({"input": "a"}, None)
    assert plain == wire.seed_of({"input": "a", "labels": {"x": "1"}, "webhook_config": {"uris": ["u"]}}, None)
    assert plain != wire.seed_of({"input": "b"}, None)
    assert wire.seed_of({"input": "a"}, 7) == 7


def test_photos_carry_the_words_before_them() -> None:
    image = {"inlineData": {"mimeType": "image/png", "data": PIXEL}}
    body: Any = {
        "contents": [{"parts": [{"text": "Reference 1: the product"}, image, {"text": "Frame to judge"}, image]}]
    }
    assert [photo.label for photo in from_contents(body, nothing).photos] == [
        "Reference 1: the product",
        "Frame to judge",
    ]


def test_an_interaction_reads_strings_contents_and_steps_alike() -> None:
    text = {"type": "text", "text": "hi"}
    for given in ("hi", text, [text], [{"type": "user_input", "content": [text]}]):
        assert from_input({"input": given}, nothing).question == "hi"


def test_rules_strike_as_often_as_they_say_and_delays_add_up() -> None:
    day = BadDay()
    day.add(Rule(fault="error", model="m", times=2))
    day.add(Rule(fault="latency", seconds=1, times=None))
    day.add(Rule(fault="latency", seconds=2, prompt="SCENE"))
    day.add(Rule(fault="truncated", times=None))
    struck = [day.strike("m", "text", "a scene", "") for _ in range(4)]
    assert [s.fault for s in struck] == ["error", "error", "truncated", "truncated"]
    assert [s.latency for s in struck] == [3, 1, 1, 1]
    assert day.strike("m", "image", "", "").fault is None, "only text can be truncated"
    day.clear()
    assert day.listed() == []


def test_signatures_are_those_of_the_standard() -> None:
    """The example of the Standard Webhooks specification."""
    body = b'{"test": 2432232314}'
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_an_inner_value_becomes_an_output() -> None:
    model = (Path(hibari.__file__).parent / "assets" / "hibari.onnx").read_bytes()
    session = onnxruntime.InferenceSession(with_output(model, "/Clip_output_0"))
    given = {"ids": np.array([[0, 50, 47, 0]], np.int64), "speed": np.ones(1, np.float32)}
    spectrum, *_, durations = session.run(None, given)
    assert 2 * durations.sum() == spectrum.shape[2], "two frames for each unit of duration"


def test_only_the_named_inputs_remain() -> None:
    model = (Path(hibari.__file__).parent / "assets" / "hibari.onnx").read_bytes()
    assert with_inputs(model, frozenset({"ids", "speed"})) == model
    with pytest.raises(Exception, match="speed"):
        onnxruntime.InferenceSession(with_inputs(model, frozenset({"ids"})))
