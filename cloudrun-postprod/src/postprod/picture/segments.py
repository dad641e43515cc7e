"""Rendering one segment: one FFmpeg process, one graph, a closed group of pictures, no sound.

All segments leave the encoder with the same settings, so that they can be joined by copy. Threads are fixed because
x264's output depends on their number, and its look-ahead has none of its own, since what that finds depends on how far
it has got: the same inputs give the same bytes on any machine with the same FFmpeg.
"""

import tempfile
from collections.abc import Mapping, Sequence
from math import floor
from pathlib import Path

import ffmpeg
from ffmpeg import VideoStream
from ffmpeg.dag.nodes import OutputStream

from postprod.captions.ass import FONTS, ass_script
from postprod.captions.lines import Line, between
from postprod.ffmpeg import UNWATCHED, Watch, run, whole_file
from postprod.probe import Picture, probe_picture
from ugcgen.domain.edit import Edit, SceneCut, TransitionKind
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import Piece, Segment

LONGEST_HOLD = 0.25
"""Seconds for which a clip's last frame may stand still when the clip is a little shorter than its scene."""

_RUN_UP = 0.25
"""Seconds read before a piece's first frame, so that a frame that began earlier and is still shown is seen."""

# A dissolve is a mix of both pictures; xfade's own "dissolve" is a switch of scattered pixels.
_XFADE = {
    TransitionKind.DISSOLVE: "fade",
    TransitionKind.CROSSFADE: "fade",
    TransitionKind.FADE: "fade",
    TransitionKind.DIP_TO_BLACK: "fadeblack",
    TransitionKind.DIP_TO_WHITE: "fadewhite",
    TransitionKind.WHIP: "hblur",
    TransitionKind.ZOOM: "zoomin",
    TransitionKind.SLIDE_LEFT: "slideleft",
    TransitionKind.SLIDE_RIGHT: "slideright",
    TransitionKind.SLIDE_UP: "slideup",
    TransitionKind.SLIDE_DOWN: "slidedown",
    TransitionKind.WIPE_LEFT: "wipeleft",
    TransitionKind.WIPE_RIGHT: "wiperight",
    TransitionKind.WIPE_UP: "wipeup",
    TransitionKind.WIPE_DOWN: "wipedown",
}

BT709 = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}


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
    Raises MediaError if a clip is much shorter than its scene or cannot be read.
    """
    shown = [_piece(piece, edit, clips) for piece in segment.pieces]
    picture = shown[0]
    if segment.transition is not None:
        seconds = segment.frames / edit.fps
        picture = picture.xfade(shown[1], transition=_XFADE[segment.transition], duration=seconds, offset=0)
    with whole_file(out) as part, tempfile.TemporaryDirectory() as folder:
        if edit.captions.shown and (lines := between(captions, segment.start, segment.frames)):
            script = Path(folder) / "captions.ass"
            script.write_text(ass_script(lines, edit), encoding="utf-8")
            picture = picture.ass(filename=str(script), fontsdir=str(FONTS))
        run(encode(picture, edit.fps, part), f"render {segment.name}", watch)
        frames = probe_picture(part).frames
        if frames != segment.frames:
            raise MediaError(f"{segment.name} came out with {frames} frames instead of {segment.frames}")


def _piece(piece: Piece, edit: Edit, clips: Mapping[str, Path]) -> VideoStream:
    """The frames of one piece, filling the film's picture, from the film's grid of times laid over the clip."""
    scene, fps = edit.scenes[piece.scene], edit.fps
    clip = clips[scene.clip]
    source = probe_picture(clip)
    _require_length(scene, source, fps)
    run_up = min(round(_RUN_UP * fps), piece.first + floor(scene.trim_start * fps))
    start = scene.trim_start + (piece.first - run_up) / fps
    stream = (
        ffmpeg.input(clip.absolute(), ss=f"{start:.6f}")
        .video.fps(fps=str(fps), start_time=0)
        .tpad(stop_mode="clone", stop=round(LONGEST_HOLD * fps))
        .trim(start_frame=run_up, end_frame=run_up + piece.frames)
        .setpts(expr="PTS-STARTPTS")
    )
    return fill(stream, source, edit.width, edit.height)


def _require_length(scene: SceneCut, source: Picture, fps: int) -> None:
    missing = scene.frames - (source.seconds - scene.trim_start) * fps
    if missing > LONGEST_HOLD * fps + 0.5:
        raise MediaError(
            f"the clip of scene {scene.scene_number} is {source.seconds:.2f} s long; the scene needs {scene.frames} "
            f"frames from {scene.trim_start:.2f} s on, to {scene.trim_start + scene.frames / fps:.2f} s: "
            f"shorten the scene or film it again"
        )


def fill(stream: VideoStream, source: Picture, width: int, height: int) -> VideoStream:
    """Scale `stream` to cover `width` x `height`, cutting off evenly what sticks out, in BT.709 video range."""
    kept_width = min(source.width, 2 * round(source.height * width / height / 2))
    kept_height = min(source.height, 2 * round(source.width * height / width / 2))
    if source.color_space is None:
        stream = stream.setparams(colorspace="bt709")
    if (kept_width, kept_height) != (source.width, source.height):
        # Cropping first leaves fewer pixels to scale.
        stream = stream.crop(out_w=str(kept_width), out_h=str(kept_height))
    return (
        stream.scale(w=str(width), h=str(height), flags="bicubic", out_color_matrix="bt709", out_range="tv")
        .setsar(sar="1")
        .format(pix_fmts="yuv420p")
        .setparams(color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")
    )


def encode(picture: VideoStream, fps: int, out: Path) -> OutputStream:
    """The encoder every segment passes through: H.264 High, 4:2:0, BT.709, a key frame at least every two seconds."""
    return picture.output(
        filename=out,
        vcodec="libx264",
        pix_fmt="yuv420p",
        r=str(fps),
        an=True,
        map_metadata="-1",
        bitexact=True,
        extra_options={
            **BT709,
            "preset": "veryfast",
            "crf": 19,
            "profile:v": "high",
            "g": 2 * fps,
            "threads": 4,
            "x264-params": "open-gop=0:stitchable=1:sync-lookahead=0",
            "video_track_timescale": 512 * fps,
        },
    )
