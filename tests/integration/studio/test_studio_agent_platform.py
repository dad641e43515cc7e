"""Veo through the real SDK in Agent Platform mode, with results inline and in Cloud Storage."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google import genai
from google.genai import errors, types
from google.oauth2.credentials import Credentials

from infra.local.cloud import LocalCloud
from tests.integration.studio.running import Running, running, until
from tests.integration.studio.test_studio_interactions import decoded, frames, psnr

VEO = "veo-3.1-lite-generate-001"


@pytest.fixture
def api(studio: Running) -> genai.Client:
    return client(studio)


def client(studio: Running) -> genai.Client:
    return genai.Client(
        vertexai=True,
        project="p",
        location="us-central1",
        credentials=Credentials("a-token"),  # type: ignore[no-untyped-call]
        http_options=types.HttpOptions(base_url=studio.base),
    )


def filmed(api: genai.Client, prompt: str | None = "A green can on a table", **request: Any) -> Any:
    config = types.GenerateVideosConfig(aspect_ratio="9:16", duration_seconds=4, **request.pop("config", {}))
    source = types.GenerateVideosSource(prompt=prompt, **request)
    begun = api.models.generate_videos(model=VEO, source=source, config=config)
    assert not begun.done
    return until(lambda: found if (found := api.operations.get(begun)).done else None, 90)


def test_a_clip_comes_inline_and_begins_on_its_image(api: genai.Client, woman: bytes) -> None:
    done = filmed(api, "she smiles", image=types.Image(image_bytes=woman, mime_type="image/png"), config={"seed": 4})
    (video,) = done.response.generated_videos
    shown = frames(video.video.video_bytes)
    assert len(shown) == 96
    assert shown[0].shape == (1280, 720, 3)
    assert psnr(shown[0], decoded(woman, shown[0])) > 25


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"duration_seconds": 5}, "durationSeconds must be one of 4, 6, 8"),
        ({"resolution": "4k"}, "resolution must be one of"),
        ({"resolution": "1080p"}, "need durationSeconds 8"),
        ({"aspect_ratio": "1:1"}, "aspect_ratio must be one of"),
        ({"number_of_videos": 5}, "sampleCount"),
    ],
)
def test_what_veo_cannot_do_is_refused(api: genai.Client, config: dict[str, Any], message: str) -> None:
    with pytest.raises(errors.ClientError, match=message) as caught:
        api.models.generate_videos(
            model=VEO,
            source=types.GenerateVideosSource(prompt="x"),
            config=types.GenerateVideosConfig(**({"duration_seconds": 4} | config)),
        )
    assert caught.value.code == 400


def test_references_exclude_a_first_frame(api: genai.Client, woman: bytes) -> None:
    image = types.Image(image_bytes=woman, mime_type="image/png")
    reference = types.VideoGenerationReferenceImage(
        image=image, reference_type=types.VideoGenerationReferenceType.ASSET
    )
    with pytest.raises(errors.ClientError, match="not supported together with referenceImages"):
        api.models.generate_videos(
            model=VEO,
            source=types.GenerateVideosSource(prompt="x", image=image),
            config=types.GenerateVideosConfig(reference_images=[reference]),
        )


def test_filtered_clips_come_back_as_counts_and_reasons(studio: Running, api: genai.Client) -> None:
    studio.fault(fault="block_output", model=VEO)
    done = filmed(api)
    assert done.response.generated_videos is None
    assert done.response.rai_media_filtered_count == 1
    assert "Responsible AI" in done.response.rai_media_filtered_reasons[0]


def test_an_expired_operation_is_not_found(studio: Running, api: genai.Client) -> None:
    studio.fault(fault="expired", model=VEO)
    with pytest.raises(errors.ClientError, match="not found"):
        filmed(api)


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a Cloud Storage with one bucket."""
    with LocalCloud(tmp_path / "cloud", parts=("storage",)) as cloud:
        host = cloud.env["STORAGE_EMULATOR_HOST"]
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", host)
        body = b'{"name":"clips"}'
        request = urllib.request.Request(f"{host}/storage/v1/b?project=p", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200
        yield host


def test_clips_go_to_and_come_from_cloud_storage(storage: str, tmp_path: Path) -> None:
    with running(tmp_path / "studio", "--workers", "1") as own:
        api = client(own)
        done = filmed(api, config={"output_gcs_uri": "gs://clips/key-1/"})
        (video,) = done.response.generated_videos
        assert video.video.uri.startswith("gs://clips/key-1/")
        longer = filmed(api, "it turns", video=types.Video(uri=video.video.uri, mime_type="video/mp4"))
        clips = [_object(storage, video.video.uri), longer.response.generated_videos[0].video.video_bytes]
        assert [len(frames(clip)) for clip in clips] == [96, 96 + 7 * 24]


def _object(host: str, uri: str) -> bytes:
    bucket, _, name = uri.removeprefix("gs://").partition("/")
    url = f"{host}/storage/v1/b/{bucket}/o/{name.replace('/', '%2F')}?alt=media"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return bytes(answer.read())
