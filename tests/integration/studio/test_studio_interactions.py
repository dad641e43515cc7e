"""The Interactions API through the real SDK: clips from words, frames, references and earlier clips."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import av
import cv2
import numpy as np
import pytest

from tests.integration.studio.running import Running, until

OMNI = "gemini-omni-1.2-flash"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def image(data: bytes) -> dict[str, str]:
    return {"type": "image", "mime_type": "image/png", "data": b64(data)}


def filmed(studio: Running, content: Any, task: str = "", **video: Any) -> Any:
    """A small clip made in the background: its finished interaction."""
    config = {"seed": 5} | ({"video_config": {"task": task}} if task else {})
    more = {key: video.pop(key) for key in ("previous_interaction_id", "webhook_config", "labels") if key in video}
    wanted = {
        "type": "video",
        "aspect_ratio": "9:16",
        "resolution": "360p",
        "duration": "3s",
        "delivery": "uri",
    } | video
    begun = studio.client.interactions.create(
        model=OMNI, background=True, input=content, generation_config=config, response_format=wanted, **more
    )
    assert begun.status == "in_progress"
    assert begun.output_video is None
    return studio.finished(begun.id)


def downloaded(studio: Running, interaction: Any) -> bytes:
    return bytes(studio.client.files.download(file=interaction.output_video.uri))


def frames(video: bytes) -> list[np.ndarray]:
    with av.open(io.BytesIO(video), "r") as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]


def decoded(png: bytes, like: np.ndarray) -> np.ndarray:
    pixels = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return np.asarray(cv2.resize(pixels, like.shape[1::-1], interpolation=cv2.INTER_AREA))


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return float(cv2.PSNR(a, b))


def test_a_clip_begins_and_ends_on_the_given_frames(studio: Running, woman: bytes, man: bytes) -> None:
    content = [image(woman), image(man), {"type": "text", "text": "<FIRST_FRAME> turns into <LAST_FRAME>"}]
    done = filmed(studio, content, "image_to_video")
    assert done.status == "completed"
    assert [m.modality for m in done.usage.output_tokens_by_modality] == ["video"]
    video = downloaded(studio, done)
    shown = frames(video)
    assert len(shown) == 72
    assert shown[0].shape == (640, 360, 3)
    assert psnr(shown[0], decoded(woman, shown[0])) > 25
    assert psnr(shown[-1], decoded(man, shown[-1])) > 25
    assert psnr(shown[0], shown[36]) < 30, "something moves"
    with av.open(io.BytesIO(video), "r") as container:
        assert len(container.streams.audio) == 1


def test_markers_bind_images_whatever_their_order(studio: Running, woman: bytes, man: bytes) -> None:
    text = {"type": "text", "text": "<LAST_FRAME> and before it <FIRST_FRAME>"}
    shown = frames(downloaded(studio, filmed(studio, [image(woman), image(man), text])))
    assert psnr(shown[0], decoded(man, shown[0])) > psnr(shown[0], decoded(woman, shown[0]))


def test_the_same_request_gives_the_same_clip(studio: Running) -> None:
    first, second = (filmed(studio, "A man waves in a park", labels={"take": str(n)}) for n in range(2))
    assert downloaded(studio, first) == downloaded(studio, second)
    assert first.id != second.id


def test_an_extension_holds_the_earlier_clip_and_goes_on(studio: Running, woman: bytes) -> None:
    begin = filmed(studio, [image(woman), {"type": "text", "text": "<FIRST_FRAME> she smiles"}])
    longer = filmed(studio, "she waves", "extend", previous_interaction_id=begin.id)
    assert longer.previous_interaction_id == begin.id
    before, after = frames(downloaded(studio, begin)), frames(downloaded(studio, longer))
    assert len(after) == len(before) + 72
    assert psnr(before[30], after[30]) > 28


def test_an_uploaded_clip_can_be_extended(studio: Running) -> None:
    clip = downloaded(studio, filmed(studio, "A woman in an office"))
    stored = studio.client.files.upload(file=io.BytesIO(clip), config={"mime_type": "video/mp4"})
    content = [
        {"type": "video", "mime_type": "video/mp4", "uri": stored.uri},
        {"type": "text", "text": "she stands up"},
    ]
    assert len(frames(downloaded(studio, filmed(studio, content, "extend")))) == 144


def test_an_edit_keeps_the_ends_of_a_clip(studio: Running, woman: bytes) -> None:
    begin = filmed(studio, [image(woman), {"type": "text", "text": "<FIRST_FRAME> she smiles"}])
    edited = filmed(studio, "make her laugh", previous_interaction_id=begin.id)
    before, after = frames(downloaded(studio, begin)), frames(downloaded(studio, edited))
    assert psnr(before[0], after[0]) > 25
    assert psnr(before[-1], after[-1]) > 22


def test_inline_delivery_carries_the_clip(studio: Running) -> None:
    done = filmed(studio, "A jar on a table", delivery="inline")
    assert done.output_video.uri is None
    assert len(frames(base64.b64decode(done.output_video.data))) == 72


def test_pictures_speech_and_words_come_without_waiting(studio: Running) -> None:
    create = studio.client.interactions.create
    picture = create(
        model="gemini-nano-banana-2.1", input="A green can", response_format={"type": "image", "aspect_ratio": "1:1"}
    )
    assert base64.b64decode(picture.output_image.data).startswith(b"\x89PNG")
    speech = create(
        model="gemini-3.8-flash-tts",
        input="Hello there.",
        generation_config={"speech_config": [{"voice": "Puck", "language": "en-US"}]},
        response_format={"type": "audio", "mime_type": "audio/wav", "sample_rate": 24000},
    )
    assert base64.b64decode(speech.output_audio.data).startswith(b"RIFF")
    schema = {"type": "object", "properties": {"headline": {"type": "string"}}, "required": ["headline"]}
    words = create(
        model="gemini-3.8-flash",
        input='A headline for "Zen Matcha"',
        response_format={"type": "text", "mime_type": "application/json", "schema": schema},
    )
    assert json.loads(words.output_text) == {"headline": "Zen Matcha"}


def test_cancel_ends_the_work_and_delete_the_record(studio: Running) -> None:
    studio.call("POST", "/studio/latency", {"video": 30})
    begun = studio.client.interactions.create(
        model=OMNI, background=True, input="A can", response_format={"type": "video", "duration": "3s"}
    )
    assert studio.client.interactions.cancel(begun.id).status == "cancelled"
    assert studio.client.interactions.get(begun.id).status == "cancelled"
    studio.client.interactions.delete(begun.id)
    with pytest.raises(Exception, match="not found") as caught:
        studio.client.interactions.get(begun.id)
    assert getattr(caught.value, "status_code", None) == 404


@pytest.mark.parametrize(
    ("video", "task", "message"),
    [
        ({"duration": "16s"}, "", "between 3s and 15s"),
        ({"duration": "2s"}, "", "between 3s and 15s"),
        ({"aspect_ratio": "1:1"}, "", "aspect_ratio must be one of"),
        ({"resolution": "8k"}, "", "resolution must be one of"),
        ({}, "extend", "needs a previous_interaction_id"),
        ({}, "image_to_video", "needs an image"),
        ({}, "upscale", "not served here"),
    ],
)
def test_what_omni_cannot_do_is_refused(studio: Running, video: dict[str, str], task: str, message: str) -> None:
    with pytest.raises(Exception, match=message) as caught:
        filmed(studio, "A can", task, **video)
    assert getattr(caught.value, "status_code", None) == 400
    assert studio.log()["refused"] == 1


def test_longer_clips_between_two_frames_are_refused(studio: Running, woman: bytes) -> None:
    content = [image(woman), image(woman), {"type": "text", "text": "still"}]
    with pytest.raises(Exception, match="between 3s and 10s"):
        filmed(studio, content, "image_to_video", duration="12s")


@pytest.fixture
def listener() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """An address for webhooks that fails the first delivery, and what came."""
    came: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(503 if len(came) == 1 else 204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", came
    server.shutdown()
    thread.join()
    server.server_close()


def test_webhooks_are_signed_and_repeated_until_taken(
    studio: Running, listener: tuple[str, list[tuple[dict[str, str], bytes]]]
) -> None:
    address, came = listener
    done = filmed(studio, "A can", webhook_config={"uris": [address], "user_metadata": {"job": "1"}})
    until(lambda: len(came) == 3)
    events = [json.loads(body) for _, body in came]
    assert {event["type"] for event in events} == {"interaction.completed", "video.generated"}
    assert all(event["data"]["id"] == done.id for event in events)
    assert all(event["data"]["user_metadata"] == {"job": "1"} for event in events)
    generated = next(event for event in events if event["type"] == "video.generated")
    assert generated["data"]["output_file_uri"] == done.output_video.uri
    assert len({headers["webhook-id"] for headers, _ in came}) == 2, "a repeated delivery keeps its id"
    for headers, body in came:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.new(b"secret", signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
