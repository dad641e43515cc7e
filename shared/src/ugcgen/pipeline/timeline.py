"""From the edit to the segments that are rendered one by one and joined by copy. Pure arithmetic in whole frames."""

from dataclasses import dataclass
from itertools import accumulate

from ugcgen.domain.edit import Edit, TransitionKind


@dataclass(frozen=True)
class Piece:
    """Frames `first` to `first + frames` of scene `scene` (its index in the edit), counted from the scene's start."""

    scene: int
    first: int
    frames: int


@dataclass(frozen=True)
class Segment:
    """A stretch of the film rendered on its own: one piece is a scene's body, two pieces are mixed by a transition."""

    name: str
    start: int
    frames: int
    pieces: tuple[Piece, ...]
    transition: TransitionKind | None = None

    @property
    def end(self) -> int:
        return self.start + self.frames


@dataclass(frozen=True)
class Timeline:
    """The film's segments in order, without gap or overlap, and the frame at which each scene starts in the film."""

    segments: tuple[Segment, ...]
    scene_starts: tuple[int, ...]
    frames: int


def lay_out(edit: Edit) -> Timeline:
    """Cut the film into bodies and joins. A scene that its transitions use up whole has no body."""
    overlaps = list(edit.overlaps())
    starts = tuple(
        accumulate((scene.frames - after for scene, (_, after) in zip(edit.scenes, overlaps, strict=True)), initial=0)
    )[:-1]
    segments: list[Segment] = []
    for index, (scene, (before, after)) in enumerate(zip(edit.scenes, overlaps, strict=True)):
        if body := scene.frames - before - after:
            piece = Piece(index, before, body)
            segments.append(Segment(f"body-{index + 1:02}", starts[index] + before, body, (piece,)))
        if after:
            tail, head = Piece(index, scene.frames - after, after), Piece(index + 1, 0, after)
            kind = edit.joins[index].kind
            segments.append(Segment(f"join-{index + 1:02}", starts[index + 1], after, (tail, head), kind))
    return Timeline(tuple(segments), starts, edit.frames)
