"""Clips of every form and state, made small: a grey that grows brighter from frame to frame, so that what is shown can
be told from what should be."""

import io
from collections.abc import Callable
from pathlib import Path

import ffmpeg
from PIL import Image

from postprod.ffmpeg import run

SIZE = (90, 160)
SECONDS = 1.6
X264 = {"c:v": "libx264", "preset": "ultrafast", "crf": 10, "g": 10}


def drawn(size: str = "90x160", rate: str = "24", pix_fmt: str = "yuv420p", then: str = "null") -> ffmpeg.VideoStream:
    level = "'40+2*N'"
    source = f"color=black:s={size}:r={rate}:d={SECONDS},format=gbrp,geq=r={level}:g={level}:b={level},{then}"
    matrix = "" if pix_fmt.startswith("gbr") else "scale=out_color_matrix=bt709,"
    return ffmpeg.input(f"{source},{matrix}format={pix_fmt}", f="lavfi").video


def tone(rate: int = 48_000, layout: str = "stereo") -> ffmpeg.AudioStream:
    source = f"sine=f=440:r={rate}:d={SECONDS},aformat=channel_layouts={layout}"
    return ffmpeg.input(source, f="lavfi").audio


def written(path: Path, *streams: ffmpeg.VideoStream | ffmpeg.AudioStream, **options: object) -> Path:
    run(ffmpeg.output(*streams, filename=path, extra_options={**X264, **options}), f"make {path.name}")
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
    "variable-rate": {"then": "settb=1/1000,setpts='PTS+mod(N*7,5)*7'"},
    "long-holds": {"then": "select='lt(n,4)+gt(n,25)'"},
    "10-bit": {"pix_fmt": "yuv420p10le"},
    "4:2:2": {"pix_fmt": "yuv422p"},
    "4:4:4": {"pix_fmt": "yuv444p"},
    "full-range": {"pix_fmt": "yuvj420p"},
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


def make_good(name: str, folder: Path) -> Path:
    path = folder / f"{name}.mp4"
    if name in FORMS:
        options = (
            {"fps_mode": "passthrough", "enc_time_base": "1/1000"} if name in {"variable-rate", "long-holds"} else {}
        )
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
            options = {
                "c:v:0": "mjpeg",
                "disposition:v:0": "attached_pic",
                "pix_fmt:v:0": "yuvj420p",
                "c:v:1": "libx264",
            }
            return written(path, cover, drawn(), **options, **{"frames:v:0": 1})
        case "late-picture":
            return written(path, ffmpeg.input(whole, itsoffset=0.25).video, tone())
    raise ValueError(name)


OTHERS = (
    "turned-90", "turned-180", "turned-270", "edit-list", "negative-start", "two-pictures", "cover-first",
    "late-picture",
)  # fmt: skip


def make_bad(name: str, folder: Path, whole: bytes) -> Path:
    """A clip that cannot be shown, some of them made from the bytes of a good one whose index comes first."""
    path = folder / f"{name}.mp4"
    if name in CONTENTS:
        (folder / "whole.mp4").write_bytes(whole)
        path.write_bytes(CONTENTS[name](whole))
    else:
        SPOILED[name](path)
    return path


def _png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", SIZE).save(buffer, "PNG")
    return buffer.getvalue()


CONTENTS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "text": lambda whole: b"I am a clip\n" * 100,
    "zeros": lambda whole: bytes(len(whole)),
    "picture": lambda whole: _png(),
    "hls-playlist": lambda whole: b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nwhole.mp4\n#EXT-X-ENDLIST\n",
    "file-list": lambda whole: b"ffconcat version 1.0\nfile whole.mp4\n",
    "cut-off": lambda whole: whole[: len(whole) // 2],
    "damaged": lambda whole: whole[: len(whole) // 2] + bytes(3000) + whole[len(whole) // 2 + 3000 :],
}


def _changing(path: Path) -> None:
    """Its frames are larger at first than later."""
    parts = []
    for size in ("90x160", "64x64"):
        whole = written(path.with_name(f"{size}.mp4"), drawn(size))
        parts.append(copied(path.with_name(f"{size}.ts"), whole, {}).read_bytes())
    path.with_suffix(".ts").write_bytes(b"".join(parts))
    copied(path, path.with_suffix(".ts"), {}, f="matroska")


def _claiming(path: Path, plain: str, claimed: str) -> None:
    """Its own size, as it is written in it, made 30000 x 30000 pixels."""
    data = path.read_bytes()
    assert bytes.fromhex(plain) in data
    path.write_bytes(data.replace(bytes.fromhex(plain), bytes.fromhex(claimed)))


def _huge_header(path: Path) -> None:
    written(path, drawn("320x320"), **{"c:v": "ffv1", "level": 1}, f="matroska")
    _claiming(path, "b0820140ba820140", "b0827530ba827530")


def _huge_frames(path: Path) -> None:
    written(path, drawn(pix_fmt="yuvj420p"), **{"c:v": "mjpeg"}, f="mov")
    _claiming(path, "ffc000110800a0005a", "ffc000110875307530")


def _headless(path: Path) -> None:
    written(path, drawn())
    path.write_bytes(path.read_bytes()[:-2000])


SPOILED: dict[str, Callable[[Path], object]] = {
    "sound-only": lambda path: written(path, tone()),
    "no-frames": lambda path: copied(path, written(path.with_name("some.mp4"), drawn()), {"t": 0}),
    "cut-off-before-its-index": _headless,
    "other-size-halfway": _changing,
    "huge-header": _huge_header,
    "huge-frames": _huge_frames,
}
