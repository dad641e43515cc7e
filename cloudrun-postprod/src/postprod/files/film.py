"""The finished file: segments joined by copy, the sound beside them, nothing encoded again."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import ffmpeg

from postprod.ffmpeg import UNWATCHED, Watch, run, whole_file
from postprod.probe import probe
from ugcgen.domain.edit import Edit
from ugcgen.domain.errors import MediaError


def assemble(
    edit: Edit,
    segments: Sequence[Path],
    sound: Path,
    out: Path,
    *,
    title: str = "",
    comment: str = "",
    watch: Watch = UNWATCHED,
) -> None:
    """Join `segments`, in the order of the timeline, and `sound` into the MP4 `out`, its index first.

    Raises MediaError if the result has not exactly the edit's number of frames, or sound of another length.
    """
    with tempfile.TemporaryDirectory() as folder, whole_file(out) as part:
        playlist = _playlist(segments, Path(folder))
        picture = ffmpeg.input(playlist, f="concat", extra_options={"safe": 0}).video
        film = ffmpeg.output(
            picture,
            ffmpeg.input(sound.absolute()).audio,
            filename=part,
            c="copy",
            map_metadata="-1",
            bitexact=True,
            extra_options={
                "movflags": "+faststart",
                "video_track_timescale": 512 * edit.fps,
                # The same option by its two names, because the options of an output are a mapping.
                "metadata": f"title={title}",
                "metadata:g": f"comment={comment}",
            },
        )
        run(film, "join the segments", watch)
        _require_plan(part, edit)


def _playlist(segments: Sequence[Path], folder: Path) -> Path:
    """The segments in their order, under plain names of their own: not every name can be written in a playlist."""
    lines = ["ffconcat version 1.0"]
    for number, segment in enumerate(segments):
        name = f"segment-{number:04}{segment.suffix}"
        (folder / name).symlink_to(segment.absolute())
        lines.append(f"file {name}")
    playlist = folder / "segments.txt"
    playlist.write_text("\n".join(lines), encoding="utf-8")
    return playlist


def _require_plan(film: Path, edit: Edit) -> None:
    found = probe(film)
    frames = found.picture.frames if found.picture else 0
    if frames != edit.frames:
        raise MediaError(f"the film has {frames} frames where its plan has {edit.frames}; render its segments again")
    heard, shown = found.sound.seconds if found.sound else 0.0, edit.frames / edit.fps
    if abs(heard - shown) > 1 / edit.fps:
        raise MediaError(f"the film's sound lasts {heard:.3f} s where its picture lasts {shown:.3f} s; render it again")
