"""The encoder that every segment passes through, so that all can be joined by copy.

Constant quality with a ceiling: quiet pictures take what they need, restless ones no more than a platform gains from.
"""

from pathlib import Path
from typing import NamedTuple

from ffmpeg import VideoStream
from ffmpeg.dag.nodes import OutputStream

from ugcgen.domain.edit import Edit
from ugcgen.domain.enums import Platform, Quality

BT709 = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}


class Effort(NamedTuple):
    """x264's preset, and its constant rate factor: lower is better, by 6 at about twice the size."""

    preset: str
    crf: int


EFFORT = {
    Quality.DRAFT: Effort("superfast", 26),
    Quality.STANDARD: Effort("veryfast", 19),
    Quality.HIGH: Effort("medium", 18),
}

CEILING = {
    Platform.YOUTUBE: 16.0,
    Platform.YOUTUBE_SHORTS: 16.0,
    Platform.INSTAGRAM_REELS: 12.0,
    Platform.TIKTOK: 12.0,
    Platform.GENERAL: 16.0,
    Platform.CUSTOM: 24.0,
}
"""Megabits a second of a film of 1080 by 1920 pixels at 24 to 30 frames. Our choice, no platform's limit: every one
encodes again for its viewers, at less."""


def ceiling(edit: Edit) -> int:
    """The most kilobits a second that the film takes. It grows more slowly than the picture: three quarters of the
    power of its pixels and of its frames beyond thirty."""
    pixels = edit.width * edit.height / (1080 * 1920)
    growth: float = (pixels * max(1.0, edit.fps / 30)) ** 0.75
    return round(1000 * CEILING[edit.platform] * growth)


def encode(picture: VideoStream, edit: Edit, out: Path) -> OutputStream:
    """H.264 High, 4:2:0, BT.709, a key frame at least every two seconds, as the edit's quality and platform ask."""
    effort, most = EFFORT[edit.quality], ceiling(edit)
    return picture.output(
        filename=out,
        vcodec="libx264",
        pix_fmt="yuv420p",
        r=str(edit.fps),
        an=True,
        map_metadata="-1",
        bitexact=True,
        extra_options={
            **BT709,
            "preset": effort.preset,
            "crf": effort.crf,
            "maxrate": f"{most}k",
            "bufsize": f"{2 * most}k",
            "profile:v": "high",
            "g": 2 * edit.fps,
            "threads": 4,
            "x264-params": "open-gop=0:stitchable=1:sync-lookahead=0",
            "video_track_timescale": 512 * edit.fps,
        },
    )
