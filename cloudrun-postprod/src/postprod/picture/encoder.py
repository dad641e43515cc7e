"""The encoder that every segment passes through, so that all can be joined by copy."""

from pathlib import Path

from ffmpeg import VideoStream
from ffmpeg.dag.nodes import OutputStream

BT709 = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}


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
