"""The film's frames beside the clips' own: a wrong clip, a wrong order and a wrong frame are told from the right ones.

Two pictures are compared by their structure: the correlation of their luma, block by block, and of all blocks the
median. A grade, grain, a vignette or words over a part of the picture leave it high; nothing but size, crop and place
is undone.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from postprod.checks.look import BLOCK, Pictures
from postprod.checks.picture import Mask
from postprod.checks.report import Check, Stretch, found_at
from ugcgen.domain.edit import Crop, Edit
from ugcgen.pipeline.timeline import Timeline

Samples = Sequence[tuple[float, bytes]]
"""Frames of a clip as pictures, each with its time in the clip in seconds."""

LEAST_ALIKE = 0.5
LATE_FRAMES = 2
LATE_GAIN = 0.1
"""How much liker the frame of another time must be to be the one that is shown; a still scene's are all alike."""

_NEAR = 6
"""Frames to either side of its place in which a frame is looked for."""
_TEXTURE = 3.0
"""Standard deviation of luma below which a block has no structure to compare."""
_FEWEST = 12
"""Blocks with structure that two pictures must have to be compared."""
_STEP = 2
"""Pixels between the places along its spare length at which a clip of another shape is tried."""
_SAME_SHAPE = 0.03

Grey = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    """How like film frame `frame` is to the clip's frame that belongs there (`score`: 1 the same, 0 nothing in common),
    and how like the one near it is that is likest (`best`), which the film shows `late` frames later."""

    scene: int
    frame: int
    score: float
    best: float
    late: int

    @property
    def is_late(self) -> bool:
        return self.best >= LEAST_ALIKE and abs(self.late) >= LATE_FRAMES and self.best > self.score + LATE_GAIN


def likeness_checks(found: Sequence[Likeness], fps: int) -> list[Check]:
    """Whether the film shows its clips, and each of their frames when it should."""
    unlike = sorted((one for one in found if one.best < LEAST_ALIKE), key=lambda one: one.best)
    late = sorted((one for one in found if one.is_late), key=lambda one: one.score - one.best)
    return [
        Check(
            name="likeness",
            ok=not unlike,
            value=round(min((one.best for one in found), default=1.0), 3),
            expected=f"every frame, or one near it, {LEAST_ALIKE:g} like its clip's",
            stretches=_around(unlike, fps),
        ),
        Check(
            name="timing",
            ok=not late,
            value=max((one.late for one in late), key=abs, default=0),
            expected=f"every frame of a clip less than {LATE_FRAMES} frames from its place",
            stretches=_around(late, fps),
        ),
    ]


def _around(found: Sequence[Likeness], fps: int) -> tuple[Stretch, ...]:
    return found_at((one.frame / fps, (one.frame + 1) / fps) for one in found)


def likeness(
    pictures: Pictures,
    edit: Edit,
    timeline: Timeline,
    plain: Mask,
    samples: Mapping[str, Samples],
    aspects: Mapping[str, float],
) -> list[Likeness]:
    """Every sample of a clip that the film shows alone, beside the film. By the clips' names, `samples` are their
    frames, and `aspects` how many times as wide as high their pixels are, where they are not square."""
    return [
        found
        for index, scene in enumerate(edit.scenes)
        for frame, sample in _shown(index, edit, timeline, plain, samples.get(scene.clip, ()))
        for picture in [_squared(sample, aspects.get(scene.clip, 1.0))]
        if (found := _compared(index, frame, picture, pictures, scene.crop, timeline)) is not None
    ]


def _shown(
    index: int, edit: Edit, timeline: Timeline, plain: Mask, samples: Samples
) -> Iterator[tuple[int, Image.Image]]:
    """The samples that lie in the scene's own part of the film, each with its film frame."""
    scene, start = edit.scenes[index], timeline.scene_starts[index]
    for seconds, data in samples:
        frame = round((seconds - scene.trim_start) / scene.speed * edit.fps)
        if 0 <= frame < scene.frames and start + frame < len(plain) and plain[start + frame]:
            yield start + frame, Image.open(io.BytesIO(data)).convert("L")


def _compared(
    index: int, frame: int, picture: Image.Image, pictures: Pictures, crop: Crop, timeline: Timeline
) -> Likeness | None:
    first = max(0, frame - _NEAR)
    film = pictures[first : frame + _NEAR + 1].astype(np.float32)
    height, width = film.shape[1:]
    best, at = None, frame - first
    for source, (down, across) in _placements(_cropped(picture, crop), width, height):
        found = structure(film[at : at + 1, down, across], source)
        if found is not None and (best is None or found[0] > best[0]):
            best = float(found[0]), source, film[:, down, across]
    if best is None:
        return None
    score, source, shown = best
    near = structure(shown, source)
    assert near is not None
    likest = int(np.argmax(near))
    return Likeness(index, frame, score, float(near[likest]), first + likest - frame)


def structure(film: Grey, source: Grey) -> npt.NDArray[np.float32] | None:
    """For each of `film` (frames x height x width) the median of its blocks' correlation with `source`.

    None where too little of `source` has any structure.
    """
    ours, theirs = _blocks(film), _blocks(source[None])
    spread = theirs.std(axis=2)
    textured = spread[0] > _TEXTURE
    if textured.sum() < _FEWEST:
        return None
    ours, theirs = ours[:, textured], theirs[:, textured]
    ours = ours - ours.mean(axis=2, keepdims=True)
    theirs = theirs - theirs.mean(axis=2, keepdims=True)
    # A flat block of the film has nothing in common with a textured one of the clip.
    alike = (ours * theirs).mean(axis=2) / (np.maximum(ours.std(axis=2), 1.0) * theirs.std(axis=2))
    return np.asarray(np.median(alike, axis=1), dtype=np.float32)


def _blocks(pictures: Grey) -> Grey:
    """frames x blocks x pixels."""
    frames, height, width = pictures.shape
    rows, columns = height // BLOCK, width // BLOCK
    cut = pictures[:, : rows * BLOCK, : columns * BLOCK].reshape(frames, rows, BLOCK, columns, BLOCK)
    return cut.transpose(0, 1, 3, 2, 4).reshape(frames, rows * columns, BLOCK * BLOCK)


def _squared(picture: Image.Image, aspect: float) -> Image.Image:
    return picture if aspect == 1 else picture.resize((max(1, round(picture.width * aspect)), picture.height))


def _cropped(picture: Image.Image, crop: Crop) -> Image.Image:
    width, height = picture.size
    box = (crop.left * width, crop.top * height, (1 - crop.right) * width, (1 - crop.bottom) * height)
    return picture.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]


def _placements(picture: Image.Image, width: int, height: int) -> Iterator[tuple[Grey, tuple[slice, slice]]]:
    """The ways in which a film may show the picture: filled by it, at any place along its spare length, or with all of
    it in the middle. Each is the picture at the film's size, and the part of the film that it is on."""
    whole = slice(None), slice(None)
    across, down = picture.width / width, picture.height / height
    wide, high = (round(side / min(across, down)) for side in picture.size)
    wide, high = max(width, wide), max(height, high)
    filling = _grey(picture, wide, high)
    for left in range(0, wide - width + 1, _STEP):
        for top in range(0, high - height + 1, _STEP):
            yield filling[top : top + height, left : left + width], whole
    if abs(across / down - 1) > _SAME_SHAPE:
        wide, high = (round(side / max(across, down)) for side in picture.size)
        left, top = (width - wide) // 2, (height - high) // 2
        yield _grey(picture, wide, high), (slice(top, top + high), slice(left, left + wide))


def _grey(picture: Image.Image, width: int, height: int) -> Grey:
    return np.asarray(picture.resize((width, height), Image.Resampling.BOX), dtype=np.float32)
