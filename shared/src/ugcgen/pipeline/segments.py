"""The names of post-production's units: what of the film each of them makes."""

import re
from dataclasses import dataclass
from typing import Self

from ugcgen.domain.enums import AspectRatio

SOUND = "sound"
"""The sound of the whole film, the same for every shape of it."""
FILM = "film"
"""The film in one shape: its segments and its sound, joined."""
FILES = "files"
"""What is made from a film: its other sizes and formats, and the pictures that stand for it."""
ANIMATIC = "animatic"
"""The whole ad from its stills, before anything is filmed."""

_NAME = re.compile(r"(?:(\d+x\d+)-)?([a-z]+)(?:-(\d+))?")


@dataclass(frozen=True)
class SegmentName:
    """``body-02`` is the second scene where it is alone, ``join-02`` the transition from it to the third. A film in
    another shape than the brief's has that before its names: ``1x1-body-02``."""

    kind: str
    ratio: AspectRatio | None = None
    scene: int | None = None

    def __str__(self) -> str:
        ratio = f"{self.ratio.replace(':', 'x')}-" if self.ratio else ""
        return f"{ratio}{self.kind}" + (f"-{self.scene:02d}" if self.scene is not None else "")

    @classmethod
    def parse(cls, name: str) -> Self:
        """Raises ValueError for what is no such name."""
        found = _NAME.fullmatch(name)
        if found is None:
            raise ValueError(f"{name!r} names no part of a film")
        ratio, kind, scene = found.groups()
        return cls(kind, AspectRatio(ratio.replace("x", ":")) if ratio else None, int(scene) if scene else None)

    def scenes(self, count: int) -> list[int]:
        """Numbers of the scenes it shows, of ``count``: a join shows two, its own and the next."""
        if self.scene is None:
            return list(range(1, count + 1))
        return [self.scene, self.scene + 1] if self.kind == "join" else [self.scene]
