"""The frames of one piece of a scene, taken from its clip: any size, rate and length in, the film's grid out."""

from collections.abc import Mapping
from math import floor
from pathlib import Path

import ffmpeg
from ffmpeg import VideoStream

from postprod.probe import Picture, probe_picture
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import Piece

LONGEST_HOLD = 0.25
"""Seconds for which a clip's last frame may stand still when the clip is a little shorter than its scene."""

_RUN_UP = 0.25
"""Seconds read before a piece's first frame, so that a frame that began earlier and is still shown is seen."""


def frames_of(piece: Piece, edit: Edit, clips: Mapping[str, Path]) -> VideoStream:
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
