"""The clips behind a film, looked at again where the film is in doubt: what is wrong in the clip itself is no fault of
the rendering, and has to be filmed again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from postprod.checks.look import Part, Pictures, look
from postprod.checks.picture import Mask
from postprod.checks.runs import Run
from postprod.ffmpeg import UNWATCHED, Watch
from postprod.probe import probe
from ugcgen.domain.edit import Edit
from ugcgen.pipeline.timeline import Timeline

Fault = Callable[[Pictures], Mask]

_MOSTLY = 0.8
"""Share of a stretch's frames that must have a fault in the clip for it to be the clip's."""


@dataclass(frozen=True)
class Footage:
    """The scenes of a film as their clips have them. Each clip is decoded once at most, and only if it is asked for."""

    edit: Edit
    timeline: Timeline
    media: Mapping[str, Path]
    watch: Watch = UNWATCHED
    _seen: dict[int, Pictures | None] = field(default_factory=dict)

    def scenes(self, run: Run) -> list[int]:
        """Indices of the scenes that the film shows in these frames."""
        spans = zip(self.timeline.scene_starts, self.edit.scenes, strict=True)
        return [n for n, (start, scene) in enumerate(spans) if start < run[1] and run[0] < start + scene.frames]

    def has(self, index: int, run: Run, fault: Fault) -> bool:
        """Whether the clip of scene `index` has the fault in (most of) these frames of the film."""
        pictures = self._pictures(index)
        if pictures is None:
            return False
        start = self.timeline.scene_starts[index]
        part = fault(pictures)[max(0, run[0] - start) : run[1] - start]
        return bool(len(part)) and float(part.mean()) >= _MOSTLY

    def _pictures(self, index: int) -> Pictures | None:
        """Small pictures of the clip, one for each frame of the scene; a clip's last frame is held, as in a film."""
        if index not in self._seen:
            self._seen[index] = self._looked(index)
        return self._seen[index]

    def _looked(self, index: int) -> Pictures | None:
        scene = self.edit.scenes[index]
        if scene.clip not in self.media:
            return None
        part = Part(scene.trim_start, scene.frames, self.edit.fps, scene.speed)
        clip = self.media[scene.clip]
        pictures = look(clip, probe(clip), part=part, watch=self.watch).pictures
        if not len(pictures):
            return None
        held = scene.frames - len(pictures)
        return np.pad(pictures, ((0, max(0, held)), (0, 0), (0, 0)), mode="edge")
