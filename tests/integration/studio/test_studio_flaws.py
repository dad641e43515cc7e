"""Bad work on request, through the ordinary requests: pictures, clips and scripts that are not what was asked for."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from google.genai import types

from infra.local.studio.art.lettering import read_lines
from infra.local.studio.art.pixels import Image, decode, encode_png
from infra.local.studio.resemblance import person_similarity
from infra.local.studio.view import View
from tests.integration.studio.running import Running

TEXT, IMAGE, OMNI = "gemini-3.8-flash", "gemini-nano-banana-2.1", "gemini-omni-1.2-flash"
PHOTOS = Path(__file__).parents[3] / "examples" / "photos"
SCENE = "In a kitchen she holds up the bottle. The product is the main thing in the picture. Medium shot."
BRIEF = {"product_name": "Lumi Glow", "outline": [{"scene_number": n, "max_words": 18} for n in (1, 2, 3)]}
SCRIPT = {
    "type": "OBJECT",
    "properties": {
        "title": {"type": "STRING"},
        "scenes": {
            "type": "ARRAY",
            "items": {
                "type": "OBJECT",
                "properties": {"dialogue": {"type": "STRING"}, "product_visibility": {"type": "STRING"}},
            },
        },
    },
}


def photo(name: str) -> bytes:
    return (PHOTOS / f"{name}.jpg").read_bytes()


def picture(studio: Running) -> Image:
    parts = [
        types.Part(text="Reference: the person, front"),
        types.Part.from_bytes(data=photo("avatar-front"), mime_type="image/jpeg"),
        types.Part(text="Reference: the product"),
        types.Part.from_bytes(data=photo("product-front"), mime_type="image/jpeg"),
        types.Part(text=SCENE),
    ]
    answer = studio.client.models.generate_content(
        model=IMAGE,
        contents=[types.Content(role="user", parts=parts)],
        config=types.GenerateContentConfig(
            response_modalities=["IMAGE"], image_config=types.ImageConfig(aspect_ratio="9:16")
        ),
    )
    assert answer.parts
    return decode(next(part.inline_data.data for part in answer.parts if part.inline_data and part.inline_data.data))


def script(studio: Running, wanted: dict[str, Any] = SCRIPT) -> str:
    config = types.GenerateContentConfig(response_mime_type="application/json", response_schema=wanted)
    answer = studio.client.models.generate_content(
        model=TEXT, contents=f"Write it. <brief>{json.dumps(BRIEF)}</brief>", config=config
    )
    return str(answer.text)


def test_a_flaw_strikes_as_often_as_it_is_told_to(studio: Running) -> None:
    studio.fault(fault="wrong_label", times=1)
    wrong, right = picture(studio), picture(studio)
    assert "LUMI" not in " ".join(line.text for line in read_lines(wrong))
    assert "LUMI" in " ".join(line.text for line in read_lines(right))
    assert [call["fault"] for call in studio.log()["calls"]] == ["wrong_label", ""]


def test_a_clip_begins_well_and_drifts_later(studio: Running) -> None:
    studio.fault(fault="drifting_face", kind="video", since=1)
    still = picture(studio)
    begun = studio.client.interactions.create(
        model=OMNI,
        background=True,
        input=[
            {"type": "image", "data": _base64(still), "mime_type": "image/png"},
            {"type": "text", "text": SCENE},
        ],
        generation_config={"video_config": {"task": "image_to_video"}},
        response_format={
            "type": "video",
            "resolution": "720p",
            "duration": "3s",
            "aspect_ratio": "9:16",
            "delivery": "uri",
        },
    )
    done = studio.finished(begun.id)
    data = studio.client.files.download(file=done.output_video.uri)
    with av.open(io.BytesIO(data), "r") as source:
        frames = [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in source.decode(video=0)]
    person = [View(decode(photo("avatar-front")), "the person")]
    likeness = [person_similarity(View(frames[at], "frame"), person) or 0.0 for at in (0, 36, 60)]
    assert likeness[0] > 0.8
    assert max(likeness[1:]) < 0.5


def test_scripts_break_their_rules_and_other_answers_do_not(studio: Running) -> None:
    studio.fault(fault="long_script")
    studio.fault(fault="hidden_product")
    assert script(studio, {"type": "OBJECT", "properties": {"title": {"type": "STRING"}}}), (
        "no script: no rule is used up"
    )
    long, hidden, good = (json.loads(script(studio))["scenes"] for _ in range(3))
    assert all(len(scene["dialogue"].split()) > 18 for scene in long)
    assert [scene["product_visibility"] for scene in hidden[1:]] == ["none", "none"]
    assert all(len(scene["dialogue"].split()) <= 18 for scene in good)
    assert all(scene["product_visibility"] != "none" for scene in good)


def test_malformed_json_comes_in_full_and_does_not_parse(studio: Running) -> None:
    studio.fault(fault="malformed")
    with pytest.raises(json.JSONDecodeError):
        json.loads(script(studio))
    assert json.loads(script(studio))["scenes"]


def _base64(pixels: Image) -> str:
    return base64.b64encode(encode_png(pixels)).decode()
