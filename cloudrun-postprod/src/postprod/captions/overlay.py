"""All that is written over a segment's picture, ready for FFmpeg, and the name of it in the segment's key."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ffmpeg import VideoStream

from postprod.captions.ass import ass_script
from postprod.captions.fonts import Font
from postprod.captions.lines import Line, between
from ugcgen.domain.edit import Edit
from ugcgen.pipeline.timeline import Segment


@dataclass(frozen=True)
class Overlay:
    """An ASS script and the fonts it needs, by file name, cut down to its letters."""

    script: str
    fonts: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """The same for what looks the same: the script and every byte of its fonts count."""
        digest = hashlib.sha256(self.script.encode())
        for name in sorted(self.fonts):
            digest.update(name.encode() + b"\0" + hashlib.sha256(self.fonts[name]).digest())
        return digest.hexdigest()

    def over(self, picture: VideoStream, folder: Path) -> VideoStream:
        """The picture with the writing on it. Its files are put into `folder`, which must outlive the render."""
        fonts = folder / "fonts"
        fonts.mkdir()
        for name, data in self.fonts.items():
            (fonts / name).write_bytes(data)
        script = folder / "captions.ass"
        script.write_text(self.script, encoding="utf-8")
        return picture.ass(filename=str(script), fontsdir=str(fonts))


def overlay_of(captions: Sequence[Line], edit: Edit, segment: Segment) -> Overlay | None:
    """The writing over `segment`, of the film's captions (in film frames) and the disclosure; None if there is none.

    Raises ConfigurationError if no installed font shows a letter of it, MediaError if the disclosure shows nothing.
    """
    lines = between(captions, segment.start, segment.frames) if edit.captions.shown else []
    script, words = ass_script(lines, edit, segment.frames)
    if not words:
        return None
    letters: defaultdict[Font, set[str]] = defaultdict(set)
    for word in words:
        letters[word.font].update(word.text)
    ordered = sorted(letters, key=lambda font: (font.path.name, font.index, font.weight or 0))
    return Overlay(
        script, {f"{number}.ttf": font.cut_to("".join(letters[font])) for number, font in enumerate(ordered)}
    )
