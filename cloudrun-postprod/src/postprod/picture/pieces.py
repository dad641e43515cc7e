"""The frames of one piece of a scene, taken from its clip: any size, rate, speed and length in, the film's grid out."""

from collections.abc import Mapping
from math import floor
from pathlib import Path

import av
import ffmpeg
from ffmpeg import VideoStream

from postprod.picture.fill import fill, left_by, shape_in
from postprod.picture.reframe import UNNOTICED, Box, Focus, focus_in, share_kept, view
from postprod.probe import MOST_PIXELS, Picture, main_picture, open_media, probe_picture
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import Piece

LONGEST_HOLD = 0.25
"""Seconds for which a clip's last frame may stand still when the clip is a little shorter than its scene."""

_CLOCK = 1_000_000
"""Ticks a second in which frames are timed, so that a change of speed loses none of a coarse clock's precision."""

_NUDGE = 0.001
"""Seconds of the clip by which its frames count as later. A container's clock may be a millisecond coarse; without
this, frames that lie halfway between two of the film's would be rounded now up, now down."""


def frames_of(piece: Piece, edit: Edit, clips: Mapping[str, Path]) -> VideoStream:
    """The frames of one piece, filling the film's picture, from the film's grid of times laid over the clip.

    Raises MediaError, which names the scene, if its clip cannot be read or is too short.
    """
    scene, fps = edit.scenes[piece.scene], edit.fps
    clip = clips[scene.clip]
    source = source_of(scene, clip)
    _require_length(scene, source, fps)
    # A piece that begins after its clip's end shows the last frame.
    start = max(0.0, min(clip_seconds(scene, piece.first, fps), source.end - scene.speed / fps))
    # Frames from the key frame before `start` on get times below zero, and the last of them is what shows at zero.
    # Several threads would decode ahead what is not shown, and the encoder keeps the processor busy anyway.
    options = {"max_pixels": MOST_PIXELS, "threads": 1}
    stream = (
        ffmpeg.input(clip.absolute(), ss=f"{start:.6f}", accurate_seek=False, extra_options=options)
        .video_stream(source.stream)
        .settb(expr=f"1/{_CLOCK}")
        .setpts(expr=f"(PTS+{_NUDGE}/TB)/{scene.speed:.6g}")
        .fps(fps=str(fps), start_time=0)
        .tpad(stop_mode="clone", stop=round(LONGEST_HOLD * fps) + 1)
        .trim(end_frame=piece.frames)
    )
    filled = fill(stream, source, edit.width, edit.height, scene.crop, _focus(scene, source, clips[scene.clip], edit))
    return _faded(filled, piece, scene, fps)


def view_of(scene: SceneCut, clip: Path, edit: Edit) -> Box:
    """Where the film's picture lies over the clip's, in shares of that; beyond its edges where it is shown whole.

    Raises MediaError, which names the scene, if its clip cannot be read.
    """
    source = source_of(scene, clip)
    shape = shape_in(source, edit.width, edit.height)
    return view(left_by(scene.crop), shape, _focus(scene, source, clip, edit))


def source_of(scene: SceneCut, clip: Path) -> Picture:
    """The picture of a scene's clip. Raises MediaError, which names the scene, if it cannot be read."""
    try:
        return probe_picture(clip)
    except MediaError as error:
        raise MediaError(f"the clip of scene {scene.scene_number} cannot be used: {error}") from error


def clip_seconds(scene: SceneCut, frame: int, fps: int) -> float:
    """Where in its clip's time the scene's frame number `frame` is."""
    return scene.trim_start + frame * scene.speed / fps


def require_whole(piece: Piece, edit: Edit, clips: Mapping[str, Path]) -> None:
    """Raises MediaError, which names the scene and the place, if a frame of its clip cannot be decoded or is of another
    size than those before."""
    scene, good_until = edit.scenes[piece.scene], 0.0
    wrong, sizes = "is damaged", set[tuple[int, int]]()
    try:
        with open_media(clips[scene.clip]) as container:
            stream = main_picture(container)
            assert stream
            stream.codec_context.options |= {"err_detect": "explode"}
            for frame in container.decode(stream):
                sizes.add((frame.width, frame.height))
                if frame.is_corrupt or len(sizes) > 1:
                    break
                good_until = frame.time or good_until
            else:
                return
    except av.FFmpegError:
        pass
    if len(sizes) > 1:
        wrong = "changes its size"
    raise MediaError(f"the clip of scene {scene.scene_number} {wrong} after {good_until:.2f} s; film the scene again")


def _require_length(scene: SceneCut, source: Picture, fps: int) -> None:
    missing = scene.frames - (source.end - scene.trim_start) / scene.speed * fps
    if missing <= LONGEST_HOLD * fps + 0.5:
        return
    speed = "" if scene.speed == 1 else f" at {scene.speed:g} times its speed"
    spare = floor((source.end - scene.trim_start) / scene.speed * fps)
    shorter = f"shorten the scene to {spare} frames, " if spare > 0 else ""
    raise MediaError(
        f"the clip of scene {scene.scene_number} is {source.end:.2f} s long; the scene needs {scene.frames} frames "
        f"from {scene.trim_start:.2f} s on{speed}, to {clip_seconds(scene, scene.frames, fps):.2f} s: "
        f"{shorter}trim less off its start, slow it down, or film it again"
    )


def _faded(stream: VideoStream, piece: Piece, scene: SceneCut, fps: int) -> VideoStream:
    """The piece from and to black, where it shows frames over which its scene fades; times from zero on.

    The scene's first and last frames are black. `fade` goes by the frames' times, so these are counted from the scene's
    start, and from one, since a scene that is all fade begins to fade out a frame before it begins.
    """
    end = piece.first + piece.frames
    fades_in, fades_out = piece.first < scene.fade_in, end > scene.frames - scene.fade_out
    if fades_in or fades_out:
        stream = stream.setpts(expr=f"(N+{piece.first}+1)/({fps}*TB)")
    if fades_in:
        stream = stream.fade(type="in", start_time=1 / fps, duration=scene.fade_in / fps)
    if fades_out:
        begin = scene.frames - scene.fade_out
        stream = stream.fade(type="out", start_time=begin / fps, duration=scene.fade_out / fps)
    return stream.setpts(expr=f"N/({fps}*TB)")


def _focus(scene: SceneCut, source: Picture, clip: Path, edit: Edit) -> Focus | None:
    """What the film's window on the clip is laid around, the same for the whole scene. Not looked for in vain."""
    left = left_by(scene.crop)
    if share_kept(left, shape_in(source, edit.width, edit.height)) >= UNNOTICED:
        return None
    return focus_in(clip, scene.trim_start, clip_seconds(scene, scene.frames, edit.fps), left)
