"""What comes in: clips of every shape and state, each of which gives the right film or a refusal that names its scene.

The clips show a grey that grows brighter from frame to frame, on a red ground where something is to be cut off.
"""

from pathlib import Path

import av
import ffmpeg
import numpy as np
from ffmpeg.dag.nodes import OutputStream
from pytest import FixtureRequest, fixture, mark, raises

from postprod.ffmpeg import run
from postprod.picture.frames import upright
from postprod.picture.segments import render_segment
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import lay_out

SIZE = (90, 160)
FPS = 24
SECONDS = 1.6
X264 = {"c:v": "libx264", "preset": "ultrafast", "crf": 10}


def grey(number: int) -> int:
    """The level (0 to 255) of all three colours in frame `number`."""
    return 40 + 2 * number


def drawn(size: str = "90x160", rate: str = "24", pix_fmt: str = "yuv420p", then: str = "null") -> ffmpeg.VideoStream:
    level = "'40+2*N'"
    source = f"color=black:s={size}:r={rate}:d={SECONDS},format=gbrp,geq=r={level}:g={level}:b={level},{then}"
    matrix = "" if pix_fmt.startswith("gbr") else "scale=out_color_matrix=bt709,"
    return ffmpeg.input(f"{source},{matrix}format={pix_fmt}", f="lavfi").video


def tone(rate: int = 48_000, layout: str = "stereo") -> ffmpeg.AudioStream:
    source = f"sine=f=440:r={rate}:d={SECONDS},aformat=channel_layouts={layout}"
    return ffmpeg.input(source, f="lavfi").audio


def written(path: Path, *streams: ffmpeg.VideoStream | ffmpeg.AudioStream, **options: object) -> Path:
    output: OutputStream = ffmpeg.output(*streams, filename=path, extra_options={**X264, **options})
    run(output, f"make {path.name}")
    return path


def copied(path: Path, source: Path, before: dict[str, object], **options: object) -> Path:
    streams = ffmpeg.input(source, extra_options=before)
    run(ffmpeg.output(streams.video, filename=path, c="copy", extra_options=options), f"make {path.name}")
    return path


FORMS = {
    "landscape": {"size": "320x180"},
    "square": {"size": "128x128"},
    "tiny": {"size": "18x32"},
    "odd-size": {"size": "91x161", "pix_fmt": "yuv444p"},
    "very-wide": {"size": "640x64"},
    "23.976": {"rate": "24000/1001"},
    "29.97": {"rate": "30000/1001"},
    "50-fps": {"rate": "50"},
    "60-fps": {"rate": "60"},
    "10-fps": {"rate": "10"},
    "variable-rate": {"then": "setpts='PTS+mod(N*7,5)*0.006/TB'"},
    "long-holds": {"then": "select='lt(n,4)+gt(n,25)'"},
    "10-bit": {"pix_fmt": "yuv420p10le"},
    "4:2:2": {"pix_fmt": "yuv422p"},
    "4:4:4": {"pix_fmt": "yuv444p"},
    "full-range": {"pix_fmt": "yuvj420p", "then": "scale=out_range=full"},
    "anamorphic": {"size": "60x160", "then": "setsar=3/2"},
}
WRITTEN = {
    "rgb": ({"pix_fmt": "gbrp"}, {"c:v": "ffv1", "f": "matroska"}),
    "hevc": ({}, {"c:v": "libx265", "x265-params": "log-level=error"}),
    "vp9": ({}, {"c:v": "libvpx-vp9", "deadline": "realtime", "f": "webm", "preset": "0"}),
    "av1": ({}, {"c:v": "libsvtav1", "preset": "12"}),
    "mpeg4": ({}, {"c:v": "mpeg4", "q:v": 2}),
    "prores": ({"pix_fmt": "yuv422p10le"}, {"c:v": "prores", "f": "mov"}),
    "fragmented": ({}, {"movflags": "+frag_keyframe+empty_moov"}),
    "late-start": ({}, {"output_ts_offset": 3}),
    "b-frames": ({}, {"bf": 3, "preset": "fast", "g": 12}),
}


def make_clip(name: str, folder: Path) -> Path:
    path = folder / f"{name}.mp4"
    if name in FORMS:
        options = {"fps_mode": "passthrough", "enc_time_base": "1/1000"} if name in {"variable-rate", "long-holds"} else {}
        return written(path, drawn(**FORMS[name]), **options)
    if name in WRITTEN:
        form, options = WRITTEN[name]
        return written(path, drawn(**form), **options)
    whole = written(folder / f"{name}-plain.mp4", drawn(), **{"g": 12, "bf": 2})
    match name:
        case "turned-90" | "turned-180" | "turned-270":
            return copied(path, whole, {"display_rotation": int(name.removeprefix("turned-"))})
        case "edit-list":
            return copied(path, whole, {"ss": 0.2})
        case "negative-start":
            return copied(path, whole, {"itsoffset": -0.3}, avoid_negative_ts="disabled")
        case "two-pictures":
            other = ffmpeg.input(f"color=red:s=90x160:r=24:d={SECONDS}", f="lavfi").video
            return written(path, drawn(), other)
        case "cover-first":
            cover = ffmpeg.input("color=red:s=64x64:r=1:d=1", f="lavfi").video
            options = {"c:v:0": "mjpeg", "disposition:v:0": "attached_pic", "pix_fmt:v:0": "yuvj420p", "c:v:1": "libx264"}
            return written(path, cover, drawn(), **options, **{"frames:v:0": 1})
        case "late-picture":
            return written(path, drawn(then="setpts='PTS+0.25/TB'"), tone())
    raise ValueError(name)


OTHERS = ["turned-90", "turned-180", "turned-270", "edit-list", "negative-start", "two-pictures", "cover-first", "late-picture"]


def times(clip: Path) -> list[tuple[float, int]]:
    """When each frame of the clip is shown, counted from the file's start, and what it shows."""
    with av.open(str(clip)) as container:
        stream = max(container.streams.video, key=lambda s: s.frames)
        origin = (container.start_time or 0) / av.time_base
        return [((frame.time or 0) - origin, round(level(upright_pixels(frame)))) for frame in container.decode(stream)]


def upright_pixels(frame: av.VideoFrame) -> np.ndarray:
    return np.asarray(upright(frame))


def level(pixels: np.ndarray) -> float:
    return float(pixels.mean())


def cut(frames: int, **fields: object) -> Edit:
    scene = SceneCut.model_validate({"scene_number": 3, "clip": "a", "frames": frames, **fields})
    return Edit(width=SIZE[0], height=SIZE[1], fps=FPS, scenes=[scene])


def rendered(edit: Edit, clip: Path, out: Path) -> list[np.ndarray]:
    render_segment(lay_out(edit).segments[0], edit, {"a": clip}, [], out)
    with av.open(str(out)) as container:
        return [upright_pixels(frame) for frame in container.decode(video=0)]


@mark.parametrize("name", [*FORMS, *WRITTEN, *OTHERS])
def test_every_clip_that_can_be_shown_is_shown_right(tmp_path: Path, name: str) -> None:
    clip = make_clip(name, tmp_path)
    shown = rendered(cut(24, trim_start=0.1), clip, tmp_path / "out.mp4")
    source = times(clip)
    print(name, source[:5], [round(level(x)) for x in shown])
    assert len(shown) == 24
    for number, pixels in enumerate(shown):
        assert pixels.shape == (SIZE[1], SIZE[0], 3)
        at = 0.1 + (number + 0.5) / FPS - 0.001
        expected = [what for when, what in source if when < at][-1:] or [source[0][1]]
        assert abs(level(pixels) - expected[0]) < 2.5, (number, expected, level(pixels))
        assert pixels.std() < 3
