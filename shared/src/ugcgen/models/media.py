"""Pictures that go into a request: stored objects with a label, so that the model knows what each one shows."""

import base64
from typing import Any

from google.genai import types

from ugcgen.cloud import storage
from ugcgen.domain.model import Value


class Picture(Value):
    """A stored picture. ``sha256`` is of its bytes, so that a request's key follows its content, not its name."""

    name: str
    sha256: str
    label: str

    @property
    def media_type(self) -> str:
        return "image/png" if self.name.endswith(".png") else "image/jpeg"


def labelled_parts(pictures: list[Picture]) -> list[types.Part]:
    """Each picture after its label, in order."""
    parts = []
    for number, picture in enumerate(pictures, start=1):
        parts.append(types.Part.from_text(text=f"Picture {number}: {picture.label}"))
        parts.append(types.Part.from_bytes(data=storage.get(picture.name), mime_type=picture.media_type))
    return parts


def picture_item(picture: Picture) -> dict[str, Any]:
    """The picture as an item of an interaction's input."""
    data = base64.b64encode(storage.get(picture.name)).decode()
    return {"type": "image", "mime_type": picture.media_type, "data": data}
