"""What the illustrator and the animator can be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from infra.local.studio.flaw import Flaw


@dataclass(frozen=True)
class Reference:
    """A photo that must be obeyed: encoded image bytes and a short label, "the person, front" or ""."""

    data: bytes
    label: str = ""


@dataclass(frozen=True)
class Picture:
    """A still to draw, `width` by `height` pixels."""

    prompt: str
    references: tuple[Reference, ...]
    width: int
    height: int
    seed: int
    flaw: Flaw | None = None


@dataclass(frozen=True)
class Clip:
    """A clip to film, `seconds` long.

    `first_frame` and `last_frame` are encoded images of any size that the clip begins and ends on. `extends` is an
    MP4 whose last frame the clip goes on from; the film then keeps that video's size and frame rate.
    """

    prompt: str
    first_frame: bytes | None
    last_frame: bytes | None
    references: tuple[Reference, ...]
    extends: bytes | None
    seconds: float
    width: int
    height: int
    fps: int
    seed: int
    flaw: Flaw | None = None
