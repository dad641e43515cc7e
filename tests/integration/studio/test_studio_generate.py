"""generateContent through the real SDK: text, JSON, pictures, speech, streams, and refusals."""

from __future__ import annotations

import io
import json
import urllib.error
import wave
from typing import Any

import cv2
import numpy as np
import pytest
from google.genai import errors, types
from pydantic import BaseModel

from tests.integration.studio.running import Running

TEXT, IMAGE, SPEECH = "gemini-3.8-flash", "gemini-nano-banana-2.1", "gemini-3.8-flash-tts"


def image(studio: Running, contents: Any, **config: Any) -> types.GenerateContentResponse:
    answer: types.GenerateContentResponse = studio.client.models.generate_content(
        model=IMAGE,
        contents=contents,
        config=types.GenerateContentConfig(
            response_modalities=["IMAGE"], image_config=types.ImageConfig(**config.pop("image", {})), **config
        ),
    )
    return answer


def speech(studio: Running, text: Any, model: str = SPEECH, **config: Any) -> types.GenerateContentResponse:
    config.setdefault("speech_config", one_voice("Kore"))
    answer: types.GenerateContentResponse = studio.client.models.generate_content(
        model=model, contents=text, config=types.GenerateContentConfig(response_modalities=["AUDIO"], **config)
    )
    return answer


def one_voice(name: str) -> types.SpeechConfig:
    prebuilt = types.PrebuiltVoiceConfig(voice_name=name)
    return types.SpeechConfig(voice_config=types.VoiceConfig(prebuilt_voice_config=prebuilt))


def blob(response: types.GenerateContentResponse) -> types.Blob:
    found = response.candidates[0].content.parts[0].inline_data  # type: ignore[index,union-attr]
    assert found
    return found


class Feature(BaseModel):
    name: str
    weight: float


class Plan(BaseModel):
    headline: str
    mood: str
    features: list[Feature]


def test_json_fits_a_pydantic_schema_with_references(studio: Running) -> None:
    config = types.GenerateContentConfig(response_mime_type="application/json", response_schema=Plan)
    prompt = 'Plan an ad for "Zen Matcha", a smooth ceremonial matcha'
    answer = studio.client.models.generate_content(model=TEXT, contents=prompt, config=config)
    assert isinstance(answer.parsed, Plan)
    assert "Zen Matcha" in answer.parsed.headline
    again = studio.client.models.generate_content(model=TEXT, contents=prompt, config=config)
    assert again.text == answer.text


def test_json_schema_keeps_definitions_enums_and_bounds(studio: Running) -> None:
    schema = {
        "$defs": {"Step": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 3, "maximum": 4}}}},
        "type": "object",
        "properties": {
            "platform": {"type": "string", "enum": ["tiktok", "youtube_shorts"]},
            "steps": {"type": "array", "items": {"$ref": "#/$defs/Step"}, "minItems": 4, "maxItems": 4},
            "extra": {"anyOf": [{"type": "null"}, {"type": "string"}]},
        },
        "required": ["platform", "steps"],
    }
    answer = studio.client.models.generate_content(
        model=TEXT,
        contents="Steps for YouTube Shorts",
        config=types.GenerateContentConfig(response_mime_type="application/json", response_json_schema=schema),
    )
    document = json.loads(answer.text or "")
    assert document["platform"] == "youtube_shorts"
    assert [step["n"] in (3, 4) for step in document["steps"]] == [True] * 4


def test_a_stream_gives_the_answer_word_by_word(studio: Running) -> None:
    prompt = "Write a hook for my Zen Matcha ad"
    whole = studio.client.models.generate_content(model=TEXT, contents=prompt)
    chunks = list(studio.client.models.generate_content_stream(model=TEXT, contents=prompt))
    assert len(chunks) > 5
    assert "".join(chunk.text or "" for chunk in chunks) == whole.text
    assert "Zen Matcha" in (whole.text or "")
    assert chunks[-1].candidates[0].finish_reason == types.FinishReason.STOP


def test_tokens_are_counted_the_documented_way(studio: Running, woman: bytes) -> None:
    contents: Any = ["x" * 400, types.Part.from_bytes(data=woman, mime_type="image/png")]
    assert studio.client.models.count_tokens(model=TEXT, contents=contents).total_tokens == 100 + 1120
    usage = studio.client.models.generate_content(model=TEXT, contents=contents).usage_metadata
    assert usage and usage.prompt_token_count == 1220
    assert usage.total_token_count == 1220 + (usage.candidates_token_count or 0)


@pytest.mark.parametrize(("ratio", "size", "pixels"), [("9:16", "1K", (768, 1376)), ("1:1", "2K", (2048, 2048))])
def test_a_picture_has_the_documented_size(studio: Running, ratio: str, size: str, pixels: tuple[int, int]) -> None:
    answer = image(studio, "A green tea can on a table", image={"aspect_ratio": ratio, "image_size": size}, seed=1)
    decoded = cv2.imdecode(np.frombuffer(blob(answer).data or b"", np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    assert decoded.shape[1::-1] == pixels
    usage = answer.usage_metadata
    assert usage and usage.candidates_token_count == {"1K": 1120, "2K": 1680}[size]


def test_the_same_request_gives_the_same_picture(studio: Running) -> None:
    first, second = (image(studio, "A woman in a kitchen").model_copy() for _ in range(2))
    assert blob(first).data == blob(second).data
    assert blob(image(studio, "A woman in a kitchen", seed=9)).data != blob(first).data


def test_a_reference_photo_appears_in_the_picture_and_a_judge_sees_it(
    studio: Running, woman: bytes, man: bytes
) -> None:
    def part(data: bytes) -> types.Part:
        return types.Part.from_bytes(data=data, mime_type="image/png")

    contents = ["Reference 1: the person, front", part(woman), "She talks to the camera in a kitchen, medium shot"]
    frame = blob(image(studio, contents, image={"aspect_ratio": "9:16"})).data or b""
    schema = {"type": "OBJECT", "properties": {"person_similarity": {"type": "NUMBER"}, "reason": {"type": "STRING"}}}

    def judged(reference: bytes) -> float:
        answer = studio.client.models.generate_content(
            model="gemini-3.5-flash-lite",
            contents=["Reference 1: the person", part(reference), "Frame to judge", part(frame)],
            config=types.GenerateContentConfig(response_mime_type="application/json", response_schema=schema),
        )
        return float(json.loads(answer.text or "")["person_similarity"])

    assert judged(woman) > 0.8
    assert judged(man) < 0.6


def test_speech_is_a_complete_wav(studio: Running) -> None:
    answer = speech(studio, "Say warmly: I really love this.")
    assert blob(answer).mime_type == "audio/wav"
    with wave.open(io.BytesIO(blob(answer).data or b"")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        seconds = file.getnframes() / 24_000
    assert 0.8 < seconds < 3
    usage = answer.usage_metadata
    assert usage and usage.candidates_token_count == pytest.approx(seconds * 25, abs=1)
    assert blob(speech(studio, "I really love this.")).data == blob(answer).data, "the direction is not spoken"


def test_older_speech_models_answer_bare_samples(studio: Running) -> None:
    found = blob(speech(studio, "Hello.", model="gemini-3.1-flash-tts-preview"))
    assert found.mime_type == "audio/L16;codec=pcm;rate=24000"
    assert found.data and not found.data.startswith(b"RIFF")


def test_two_speakers_have_two_voices(studio: Running) -> None:
    def cast(*voices: str) -> types.SpeechConfig:
        configs = [
            types.SpeakerVoiceConfig(speaker=name, voice_config=one_voice(voice).voice_config)
            for name, voice in zip(("Ann", "Bob"), voices, strict=True)
        ]
        return types.SpeechConfig(
            multi_speaker_voice_config=types.MultiSpeakerVoiceConfig(speaker_voice_configs=configs)
        )

    text = "Read this conversation:\nAnn: Have you tried it?\nBob: Every single morning."
    mixed = blob(speech(studio, text, speech_config=cast("Kore", "Puck"))).data or b""
    alone = blob(speech(studio, text, speech_config=cast("Kore", "Kore"))).data or b""
    first = blob(speech(studio, "Have you tried it?")).data or b""
    assert mixed != alone
    assert mixed[44 : len(first)] == first[44:] == alone[44 : len(first)], "Ann speaks first, in the same voice"


@pytest.mark.parametrize(
    ("model", "contents", "config", "code", "message"),
    [
        ("gemini-9-flash", "x", {}, 404, "is not found"),
        ("veo-3.1-generate-preview", "x", {}, 404, "no longer available"),
        ("gemini-omni-1.2-flash", "x", {}, 400, "only supported in the Interactions API"),
        (SPEECH, "x", {"response_modalities": ["AUDIO"], "system_instruction": "calm"}, 400, "Developer instruction"),
        (SPEECH, "x", {"response_modalities": ["AUDIO"], "speech_config": one_voice("Sage")}, 400, "Voice name Sage"),
        (IMAGE, "x", {"image_config": types.ImageConfig(aspect_ratio="7:5")}, 400, "aspect_ratio must be one of"),
        (IMAGE, "x", {"image_config": types.ImageConfig(image_size="8K")}, 400, "image_size must be one of"),
    ],
)
def test_what_a_model_cannot_do_is_refused(
    studio: Running, model: str, contents: str, config: dict[str, Any], code: int, message: str
) -> None:
    with pytest.raises(errors.ClientError, match=message) as caught:
        studio.client.models.generate_content(
            model=model, contents=contents, config=types.GenerateContentConfig(**config)
        )
    assert caught.value.code == code


def test_too_many_references_are_refused(studio: Running, woman: bytes) -> None:
    parts = [types.Part.from_bytes(data=woman, mime_type="image/png")] * 15
    with pytest.raises(errors.ClientError, match="at most 14 input images"):
        image(studio, [*parts, "all of them"])


def test_models_are_listed_and_described(studio: Running) -> None:
    ids = [model.name for model in studio.client.models.list(config={"page_size": 7})]
    assert len(ids) == len(set(ids)) == studio.call("GET", "/studio/health")["models"]
    assert studio.client.models.get(model=TEXT).input_token_limit == 1_048_576


@pytest.mark.parametrize("version", ["v1", "v1beta", "v1alpha", "v1beta1"])
def test_every_version_and_both_spellings_are_understood(studio: Running, version: str) -> None:
    body = {"contents": [{"parts": [{"text": "x"}]}], "generation_config": {"max_output_tokens": 2}}
    answer = studio.call("POST", f"/{version}/models/{TEXT}:generateContent", body)
    assert answer["candidates"][0]["finishReason"] == "MAX_TOKENS"
    assert answer["usageMetadata"]["candidatesTokenCount"] == 2


@pytest.mark.parametrize(
    ("path", "code", "status"),
    [
        (f"/v1/models/{TEXT}:generateContent", 403, "PERMISSION_DENIED"),
        (f"/v1/projects/p/locations/global/publishers/google/models/{TEXT}:generateContent", 401, "UNAUTHENTICATED"),
    ],
)
def test_a_call_without_credentials_is_refused(studio: Running, path: str, code: int, status: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        studio.call("POST", path, {"contents": []}, key=None)
    with caught.value as error:
        assert error.code == code
        assert json.load(error)["error"]["status"] == status
