"""Words written into a file beside its credentials: that AI made it, always, and what a user typed.

Also for containers that credentials cannot be signed into, which have nothing else.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import ffmpeg

from postprod.ffmpeg import run, whole_file
from postprod.provenance.jpeg import with_metadata
from postprod.provenance.manifest import DIGITAL_SOURCE_TYPE
from ugcgen.domain.output import FileMetadata

MADE_WITH_AI = "Made with generative AI by UGCGen"


@dataclass(frozen=True)
class Marking:
    """What is written. `comment` ends with the words that AI made it. `location` is ISO 6709."""

    title: str
    comment: str
    created_at: datetime | None = None
    device: str | None = None
    location: str | None = None

    @classmethod
    def of(cls, typed: FileMetadata, title: str) -> "Marking":
        """What a user typed, and the ad's own title where he typed none."""
        comment = "\n".join(filter(None, (_printable(typed.comment or ""), MADE_WITH_AI)))
        return cls(
            _printable(typed.title or title),
            comment,
            typed.created_at,
            _printable(typed.device) if typed.device else None,
            typed.location,
        )


def can_be_marked(path: Path) -> bool:
    return path.suffix in _WRITERS


def mark_file(path: Path, out: Path, marking: Marking) -> None:
    """Write `path` with the marking to `out`; its pictures and sounds are copied as they are.

    Raises MediaError if it cannot be read, KeyError if it is of another kind than `can_be_marked` says.
    """
    with whole_file(out) as part:
        _WRITERS[path.suffix](path, part, marking)


def _mark_video(path: Path, out: Path, marking: Marking) -> None:
    written = {
        "title": marking.title,
        "comment": marking.comment,
        "digital_source_type": DIGITAL_SOURCE_TYPE,
        "creation_time": marking.created_at and _utc(marking.created_at).strftime("%Y-%m-%dT%H:%M:%SZ"),
        # Where phones write it, in MP4; in WebM it is a tag like others.
        "com.apple.quicktime.model": marking.device,
        "location": marking.location,
    }
    # The same option again under a stream specifier of its own, because the options of an output are a mapping.
    options = {f"metadata:g:{n}" if n else "metadata": f"{k}={v}" for n, (k, v) in enumerate(written.items()) if v}
    # Without this, MP4 keeps a few well-known names and drops the others.
    flags = {"movflags": "+faststart+use_metadata_tags"} if path.suffix == ".mp4" else {}
    source = ffmpeg.input(path.absolute())
    graph = source.output(
        filename=out, c="copy", map="0", map_metadata="-1", bitexact=True, extra_options=flags | options
    )
    run(graph, f"mark {path.name}")


def _mark_picture(path: Path, out: Path, marking: Marking) -> None:
    marked = with_metadata(
        path.read_bytes(),
        title=marking.title,
        description=marking.comment,
        created_at=marking.created_at and _utc(marking.created_at),
        device=marking.device,
        location=marking.location,
    )
    out.write_bytes(marked)


_WRITERS: dict[str, Callable[[Path, Path, Marking], None]] = {
    ".mp4": _mark_video,
    ".webm": _mark_video,
    ".jpg": _mark_picture,
}


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _printable(text: str) -> str:
    """Without control characters, which neither XML nor a process's arguments can hold."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
