"""At what height a scene's captions stand: clear of what is drawn over the picture, the disclosure and the mouths."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from postprod.captions.disclosure import label_of
from postprod.captions.layout import free_of
from postprod.faces import Face, faces_in
from postprod.picture.pieces import clip_seconds, view_of
from postprod.picture.reframe import Box
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.output import Corner

_SMALLEST = 0.06
"""The height of a face that counts, as a share of the film's picture: smaller ones are passers-by and wall pictures."""
_STEP = 0.005
_GAP = 0.012


@dataclass(frozen=True)
class Band:
    """A stretch of the picture's height, as shares from the top."""

    top: float
    bottom: float

    def overlap(self, other: "Band") -> float:
        return max(0.0, min(self.bottom, other.bottom) - max(self.top, other.top))


def room_for_text(edit: Edit) -> Band:
    """The heights that are free for captions over the whole film."""
    zone, label = free_of(edit), label_of(edit)
    top, bottom = zone.top, 1 - zone.bottom
    if label and edit.disclosure.corner in {Corner.TOP_LEFT, Corner.TOP_RIGHT}:
        top = label.box.bottom / edit.height + _GAP
    elif label:
        bottom = label.box.top / edit.height - _GAP
    return Band(top, bottom)


def lower_edge(edit: Edit, wanted: float | None, height: float, mouths: Sequence[Band]) -> float:
    """Where captions of this height end, as a share from the top: as near as can be to where they are wanted.

    Where mouths leave no room, the place that covers the least of them.
    """
    room = room_for_text(edit)
    highest = min(room.top + height, room.bottom)
    near = min(max(room.bottom if wanted is None else wanted, highest), room.bottom)
    steps = int((room.bottom - highest) / _STEP)
    places: list[float] = [near, room.bottom, *(highest + n * _STEP for n in range(steps + 1))]

    def cost(bottom: float) -> tuple[float, float]:
        text = Band(bottom - height, bottom)
        return round(sum((text.overlap(mouth) for mouth in mouths), 0.0), 6), abs(bottom - near)

    best: float = min(places, key=cost)
    return round(best, 4)


def mouths_in(scene: SceneCut, clip: Path, edit: Edit) -> list[Band]:
    """The heights of the film's picture at which a mouth is seen in the part of `clip` that the scene shows.

    Raises MediaError if the clip cannot be decoded.
    """
    shown = view_of(scene, clip, edit)
    until = clip_seconds(scene, scene.frames, edit.fps)
    return _joined(
        _mouth(face, shown)
        for sighting in faces_in(clip)
        if scene.trim_start - 0.5 <= sighting.seconds <= until + 0.5
        for face in sighting.faces
        if face.height >= _SMALLEST * shown.height
    )


def _mouth(face: Face, shown: Box) -> Band:
    """The lips when they open wide, as a share of the film's picture."""
    middle = sum(y for _, y in face.mouth) / 2
    reach = 0.15 * face.height
    return Band((middle - reach - shown.top) / shown.height, (middle + reach - shown.top) / shown.height)


def _joined(bands: Iterable[Band]) -> list[Band]:
    """The same heights in as few bands as hold them, in order."""
    joined: list[Band] = []
    for band in sorted(bands, key=lambda band: band.top):
        if joined and band.top <= joined[-1].bottom:
            joined[-1] = Band(joined[-1].top, max(joined[-1].bottom, band.bottom))
        else:
            joined.append(band)
    return joined
