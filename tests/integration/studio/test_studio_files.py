"""The Files API through the real SDK."""

from __future__ import annotations

import io

import pytest
from google.genai import errors

from tests.integration.studio.running import Running


def test_a_file_is_uploaded_found_and_deleted(studio: Running, woman: bytes) -> None:
    files = studio.client.files
    stored = files.upload(file=io.BytesIO(woman), config={"mime_type": "image/png", "display_name": "front"})
    assert stored.name
    assert (stored.mime_type, stored.size_bytes, stored.display_name) == ("image/png", len(woman), "front")
    assert files.get(name=stored.name).uri == stored.uri
    assert stored.name in [file.name for file in files.list(config={"page_size": 2})]
    answer = studio.client.models.generate_content(model="gemini-3.8-flash", contents=["Who is this?", stored])
    assert answer.usage_metadata
    assert answer.usage_metadata.prompt_token_count == 3 + 1120
    files.delete(name=stored.name)
    with pytest.raises(errors.ClientError, match="may not exist"):
        files.get(name=stored.name)


def test_a_large_file_goes_up_in_pieces(studio: Running) -> None:
    data = bytes(range(256)) * (9 * 4096)  # 9 MiB: the SDK sends 8 MiB at a time
    stored = studio.client.files.upload(file=io.BytesIO(data), config={"mime_type": "video/mp4"})
    assert stored.size_bytes == len(data)


def test_uploads_are_not_for_download(studio: Running, woman: bytes) -> None:
    stored = studio.client.files.upload(file=io.BytesIO(woman), config={"mime_type": "image/png"})
    with pytest.raises((errors.ClientError, ValueError)):
        studio.client.files.download(file=stored.uri or "")
