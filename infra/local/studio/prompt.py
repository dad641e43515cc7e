"""What a model is asked: the words, the photos with the words that introduce them, and what that costs in tokens."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.local.studio import wire
from infra.local.studio.errors import invalid
from infra.local.studio.footage import seconds_of

TEXT, IMAGE, VIDEO, AUDIO = "text", "image", "video", "audio"

Tokens = Mapping[str, int]
"""Tokens by modality."""


@dataclass(frozen=True)
class Photo:
    """An image in a prompt; `label` is the text that stands before it."""

    data: bytes = field(repr=False)
    label: str
    mime: str


@dataclass(frozen=True)
class Footage:
    """A video in a prompt."""

    data: bytes = field(repr=False)
    label: str


@dataclass(frozen=True)
class Line:
    """A text part, with the style and the speaker that speech models take with it."""

    text: str
    style: str = ""
    speaker: str = ""


@dataclass(frozen=True)
class Turn:
    role: str
    text: str


@dataclass(frozen=True)
class Prompt:
    turns: tuple[Turn, ...]
    lines: tuple[Line, ...] = ()
    photos: tuple[Photo, ...] = ()
    footage: tuple[Footage, ...] = ()
    system: str = ""

    @property
    def text(self) -> str:
        """All words of the prompt, the system instruction first."""
        return "\n".join(t for t in (self.system, *(turn.text for turn in self.turns)) if t)

    @property
    def question(self) -> str:
        """The words of the user's last turn."""
        return next((turn.text for turn in reversed(self.turns) if turn.role == "user"), "")

    def tokens(self, photo: int, footage_second: int = 70) -> Tokens:
        """Input tokens by modality, at `photo` tokens a photo and `footage_second` a second of video."""
        found = {
            TEXT: text_tokens(self.text),
            IMAGE: photo * len(self.photos),
            VIDEO: sum(math.ceil(seconds_of(f.data)) * footage_second for f in self.footage),
        }
        return {modality: count for modality, count in found.items() if count}


Fetch = Callable[[str], bytes]
"""Bytes behind a file URI; raises ApiError when there are none."""


def text_tokens(text: str) -> int:
    """About four characters a token, as the Gemini documentation has it."""
    return math.ceil(len(text) / 4)


def from_contents(body: wire.Json, fetch: Fetch) -> Prompt:
    """Read `contents` and `systemInstruction` of a generateContent request."""
    contents = wire.field(body, "contents")
    if isinstance(contents, dict):
        contents = [contents]
    if not contents or not isinstance(contents, list):
        raise invalid("* GenerateContentRequest.contents: contents is not specified")
    reading = _Reading(fetch)
    for index, content in enumerate(contents):
        role = wire.typed(content, str, "role") or "user"
        reading.turn(role, (_part(p, f"contents[{index}].parts[{i}]") for i, p in enumerate(_parts(content))))
    system = "\n".join(str(p.get("text", "")) for p in _parts(wire.field(body, "system_instruction")))
    return reading.prompt(system)


def from_input(body: wire.Json, fetch: Fetch) -> Prompt:
    """Read `input` and `system_instruction` of an interaction: a string, one content, a list of contents or steps."""
    given = wire.field(body, "input")
    if isinstance(given, str):
        given = [{"type": "text", "text": given}]
    if isinstance(given, dict):
        given = [given]
    if not given or not isinstance(given, list):
        raise invalid("The request has no 'input'.")
    steps = given if all(wire.field(g, "type") in _ROLES for g in given) else [{"type": "user_input", "content": given}]
    reading = _Reading(fetch)
    for index, step in enumerate(steps):
        content = wire.field(step, "content") or []
        content = [{"type": "text", "text": content}] if isinstance(content, str) else content
        where = f"input[{index}].content"
        reading.turn(_ROLES[step["type"]], (_content(c, f"{where}[{i}]") for i, c in enumerate(content)))
    return reading.prompt(wire.typed(body, str, "system_instruction") or "")


_ROLES = {"user_input": "user", "model_output": "model", "thought": "thought"}
_Source = tuple[str, str, str, Line]
"""(mime type, base64 data, uri, text): one part, whichever API it came through."""


class _Reading:
    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._turns: list[Turn] = []
        self._lines: list[Line] = []
        self._photos: list[Photo] = []
        self._footage: list[Footage] = []

    def turn(self, role: str, parts: Iterable[_Source]) -> None:
        texts: list[str] = []
        for mime, data, uri, line in parts:
            if line.text:
                texts.append(line.text)
                if role == "user":
                    self._lines.append(line)
                continue
            if not mime or role != "user":
                continue
            raw = wire.decoded(data, "data") if data else self._fetch(uri)
            label = texts[-1].strip().splitlines()[-1].strip() if texts and texts[-1].strip() else ""
            if mime.startswith("image/"):
                self._photos.append(Photo(raw, label, mime))
            elif mime.startswith("video/"):
                self._footage.append(Footage(raw, label))
            else:
                raise invalid(f"Unsupported MIME type: {mime}")
        self._turns.append(Turn(role, "\n".join(texts)))

    def prompt(self, system: str) -> Prompt:
        return Prompt(tuple(self._turns), tuple(self._lines), tuple(self._photos), tuple(self._footage), system)


def _parts(content: Any) -> list[Any]:
    if isinstance(content, str):
        return [{"text": content}]
    return wire.items(content, "parts")


def _part(part: Any, where: str) -> _Source:
    for name in ("inline_data", "file_data"):
        if blob := wire.field(part, name):
            mime = wire.typed(blob, str, "mime_type") or ""
            data = wire.typed(blob, str, "data") or ""
            uri = wire.typed(blob, str, "file_uri") or ""
            if not mime or not (data or uri):
                raise invalid(f"Invalid value at '{where}.{name}': needs a mime_type and data or a file_uri")
            return mime, data, uri, Line("")
    speech = wire.field(part, "speech_metadata")
    line = Line(
        wire.typed(part, str, "text") or "",
        wire.typed(speech, str, "style") or "",
        wire.typed(speech, str, "speaker") or "",
    )
    return "", "", "", line


def _content(content: Any, where: str) -> _Source:
    kind = wire.field(content, "type")
    if kind == "text":
        return "", "", "", Line(wire.typed(content, str, "text") or "")
    if kind not in ("image", "video"):
        raise invalid(f"Invalid value at '{where}.type': {kind!r} is not supported")
    data, uri = wire.typed(content, str, "data") or "", wire.typed(content, str, "uri") or ""
    if not data and not uri:
        raise invalid(f"Invalid value at '{where}': a {kind} needs data or a uri")
    mime = wire.typed(content, str, "mime_type") or {"image": "image/png", "video": "video/mp4"}[kind]
    return mime, data, uri, Line("")
