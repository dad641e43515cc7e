"""Rendering one segment: one FFmpeg process, one graph, a closed group of pictures, no sound.

All segments leave the encoder with the same settings, so that they can be joined by copy. Threads are fixed because
x264's output depends on their number, and its look-ahead has none of its own, since what that finds depends on how far
it has got: the same inputs give the same bytes on any machine with the same FFmpeg.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from postprod.captions.lines import Line
from postprod.captions.overlay import overlay_of
from postprod.ffmpeg import UNWATCHED, RenderCancelled, RenderInterrupted, Watch, run, whole_file
from postprod.picture.encoder import encode
from postprod.picture.pieces import frames_of, require_whole
from postprod.picture.transitions import mix
from postprod.probe import probe_picture
from ugcgen.domain.edit import Edit
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import Segment


def render_segment(
    segment: Segment,
    edit: Edit,
    clips: Mapping[str, Path],
    captions: Sequence[Line],
    out: Path,
    *,
    watch: Watch = UNWATCHED,
) -> None:
    """Render `segment` of `edit` to the MP4 `out`, with exactly `segment.frames` frames.

    `clips` holds each clip's local file by its name in the edit; `captions` are the film's lines, in film frames.
    Raises MediaError if a clip is much shorter than its scene, damaged or cannot be read.
    """
    shown = [frames_of(piece, edit, clips) for piece in segment.pieces]
    picture = shown[0]
    if segment.transition is not None:
        picture = mix(picture, shown[1], segment.transition, segment.frames, edit.fps, (edit.width, edit.height))
    with whole_file(out) as part, tempfile.TemporaryDirectory() as folder:
        if overlay := overlay_of(captions, edit, segment):
            picture = overlay.over(picture, Path(folder))
        try:
            run(encode(picture, edit.fps, part).global_args(xerror=True), f"render {segment.name}", watch)
            frames = probe_picture(part).frames
            if frames != segment.frames:
                raise MediaError(f"{segment.name} came out with {frames} frames instead of {segment.frames}")
        except (RenderCancelled, RenderInterrupted):
            raise
        except MediaError:
            for piece in segment.pieces:
                require_whole(piece, edit, clips)
            raise
