"""A bad day on request: every fault, as the SDK sees it and as the journal counts it."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx2
import pytest
from google.genai import errors, types

from tests.integration.studio.running import Running, until

TEXT, IMAGE, SPEECH, OMNI = (
    "gemini-3.8-flash",
    "gemini-nano-banana-2.1",
    "gemini-3.8-flash-tts",
    "gemini-omni-1.2-flash",
)
CLIP = {"type": "video", "resolution": "360p", "duration": "3s", "delivery": "uri"}


def ask(studio: Running, prompt: str = "hello", model: str = TEXT, **config: Any) -> types.GenerateContentResponse:
    answer: types.GenerateContentResponse = studio.client.models.generate_content(
        model=model, contents=prompt, config=types.GenerateContentConfig(**config)
    )
    return answer


def film(studio: Running, prompt: str = "A can") -> Any:
    return studio.client.interactions.create(model=OMNI, background=True, input=prompt, response_format=CLIP)


def counts(studio: Running, model: str, kind: str) -> tuple[int, int]:
    entry = studio.log()["counts"][model][kind]
    return entry["accepted"], entry["refused"]


def test_a_rate_limit_says_when_to_come_back(studio: Running) -> None:
    studio.fault(fault="rate_limit", model=TEXT, seconds=13, times=2)
    for _ in range(2):
        with pytest.raises(errors.ClientError) as caught:
            ask(studio)
        assert (caught.value.code, caught.value.status) == (429, "RESOURCE_EXHAUSTED")
        assert caught.value.details["error"]["details"][0]["retryDelay"] == "13s"
    assert ask(studio).text
    assert counts(studio, TEXT, "text") == (1, 2)


@pytest.mark.parametrize("code", [500, 503])
def test_server_errors(studio: Running, code: int) -> None:
    studio.fault(fault="error", code=code)
    with pytest.raises(errors.ServerError) as caught:
        ask(studio)
    assert caught.value.code == code


def test_a_rule_strikes_only_the_prompts_it_names(studio: Running) -> None:
    studio.fault(fault="error", prompt="Scene 2", times=None)
    assert ask(studio, "scene 1").text
    for _ in range(2):
        with pytest.raises(errors.ServerError):
            ask(studio, "draw scene 2 now")
    studio.call("DELETE", "/studio/faults")
    assert ask(studio, "draw scene 2 now").text


def test_a_lost_reply_is_work_done_and_counted(studio: Running) -> None:
    studio.fault(fault="lost_reply", model=TEXT)
    with pytest.raises(httpx2.RemoteProtocolError):
        ask(studio)
    assert counts(studio, TEXT, "text") == (1, 0)


def test_a_clip_whose_reply_was_lost_is_still_made(studio: Running) -> None:
    studio.fault(fault="lost_reply", model=OMNI)
    with pytest.raises(Exception, match=r"disconnected|reset|closed|Connection"):
        film(studio)
    (call,) = studio.log()["calls"]
    assert call["accepted"]
    assert studio.finished(call["id"]).output_video


def test_a_blocked_prompt_has_no_candidates(studio: Running) -> None:
    studio.fault(fault="block_prompt", model=TEXT)
    answer = ask(studio)
    assert answer.prompt_feedback
    assert answer.prompt_feedback.block_reason == types.BlockedReason.PROHIBITED_CONTENT
    assert answer.candidates is None
    assert counts(studio, TEXT, "text") == (0, 1)


def test_a_blocked_picture_has_no_parts(studio: Running) -> None:
    studio.fault(fault="block_output", model=IMAGE)
    (candidate,) = ask(studio, model=IMAGE).candidates or []
    assert candidate.finish_reason == types.FinishReason.IMAGE_SAFETY
    assert candidate.content is None


def test_a_filtered_clip_is_completed_without_video(studio: Running) -> None:
    studio.fault(fault="block_output", model=OMNI)
    done = studio.finished(film(studio).id)
    assert done.status == "completed"
    assert done.output_video is None
    assert done.usage.total_output_tokens == 0


def test_empty_speech_is_billed(studio: Running) -> None:
    studio.fault(fault="empty", model=SPEECH)
    answer = ask(studio, "Hello.", SPEECH, response_modalities=["AUDIO"])
    (candidate,) = answer.candidates or []
    assert candidate.finish_reason == types.FinishReason.OTHER
    assert candidate.content is None
    assert counts(studio, SPEECH, "speech") == (1, 0)


def test_truncated_json_does_not_parse(studio: Running) -> None:
    studio.fault(fault="truncated")
    schema = {"type": "OBJECT", "properties": {"first": {"type": "STRING"}, "second": {"type": "STRING"}}}
    answer = ask(studio, "two things", response_mime_type="application/json", response_schema=schema)
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text or "")
    assert answer.candidates
    assert answer.candidates[0].finish_reason == types.FinishReason.MAX_TOKENS


def test_an_expired_operation_is_gone_when_it_would_be_done(studio: Running) -> None:
    studio.fault(fault="expired", model=OMNI)
    begun = film(studio)

    def gone() -> bool:
        try:
            return bool(studio.client.interactions.get(begun.id).status != "in_progress")
        except Exception as error:
            return getattr(error, "status_code", None) == 404

    until(gone)
    with pytest.raises(Exception, match="not found"):
        studio.client.interactions.get(begun.id)
    assert counts(studio, OMNI, "video") == (1, 0)


def test_a_slow_download_takes_its_time(studio: Running) -> None:
    studio.fault(fault="slow_download", model=OMNI, seconds=1.5)
    done = studio.finished(film(studio).id)
    began = time.monotonic()
    data = studio.client.files.download(file=done.output_video.uri)
    assert time.monotonic() - began > 1.4
    assert len(data) > 10_000


def test_latency_delays_answers_without_taking_a_worker(studio: Running) -> None:
    """Three delayed clips and a picture at once, with one worker: the delays must overlap."""
    studio.call("POST", "/studio/latency", {"video": 6})
    for name in ("one", "two", "three"):  # made before, so that only the delay is measured
        studio.finished(film(studio, name).id)
    began = time.monotonic()
    begun = [film(studio, name) for name in ("one", "two", "three")]
    answer = ask(studio, "A jar", IMAGE)
    assert answer.candidates
    clips = [studio.client.interactions.get(interaction.id) for interaction in begun]
    assert {clip.status for clip in clips} == {"in_progress"}, "a picture does not wait for delayed clips"
    for interaction in begun:
        studio.finished(interaction.id)
    assert 5.9 < time.monotonic() - began < 2 * 6


def test_a_latency_rule_adds_to_one_call(studio: Running) -> None:
    studio.fault(fault="latency", seconds=2)
    began = time.monotonic()
    ask(studio)
    assert time.monotonic() - began > 2
    began = time.monotonic()
    ask(studio)
    assert time.monotonic() - began < 2


def test_an_unknown_fault_is_refused(studio: Running) -> None:
    with pytest.raises(Exception, match="400"):
        studio.fault(fault="earthquake")


def test_the_journal_tells_what_a_bill_would(studio: Running) -> None:
    ask(studio, "A jar", IMAGE)
    (call,) = studio.log()["calls"]
    assert call["tokens"] == {"input_text": 2, "image": 1120}
