"""A clip and its extension made into one file."""

import shutil
from pathlib import Path

import ffmpeg
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from ffmpeg import AudioStream, VideoStream
from ffmpeg.dag.nodes import OutputStream
from ffmpeg.filters import concat
from ffmpeg.sources import anullsrc

from postprod.ffmpeg import UNWATCHED, Watch, run, whole_file
from postprod.picture.encoder import BT709
from postprod.picture.fill import fill
from postprod.picture.frames import end_frame, frames, upright
from postprod.probe import Picture, Probe, probe
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE

_THUMBNAIL = (24, 42)


def join_parts(original: Path, extension: Path, out: Path, *, watch: Watch = UNWATCHED) -> None:
    """Write to `out` the whole of an extended clip. Providers return either the longer whole or only what was added.

    A file that is not longer than the original can only be the addition. A longer one is the whole if it opens as the
    original does, and the addition if it opens where the original ends. Raises MediaError if either has no picture.
    """
    first, second = probe(original), probe(extension)
    if first.picture is None or second.picture is None:
        raise MediaError(f"{original.name} and {extension.name} cannot be joined: one of them has no picture")
    with whole_file(out) as part:
        if second.picture.seconds > first.picture.seconds and _opens_alike(original, extension):
            shutil.copyfile(extension, part)
        else:
            run(_joined([(original, first), (extension, second)], first.picture, part), "join a clip", watch)


def _opens_alike(original: Path, extension: Path) -> bool:
    opening = _thumbnail(next(frames(extension)))
    to_start = np.abs(opening - _thumbnail(next(frames(original)))).mean()
    to_end = np.abs(opening - _thumbnail(end_frame(original))).mean()
    return bool(to_start <= to_end)


def _thumbnail(frame: VideoFrame) -> npt.NDArray[np.int16]:
    return np.asarray(upright(frame).convert("L").resize(_THUMBNAIL), dtype=np.int16)


def _joined(parts: list[tuple[Path, Probe]], like: Picture, out: Path) -> OutputStream:
    """The parts at the size and rate of `like`, with nearly lossless encoding, since the result is cut again."""
    sounding = any(file.sound for _, file in parts)
    streams: list[VideoStream | AudioStream] = []
    for path, file in parts:
        assert file.picture
        source = ffmpeg.input(path.absolute())
        streams.append(fill(source.video.fps(fps=f"{like.fps:.6g}"), file.picture, like.width, like.height))
        if sounding:
            sound = source.audio if file.sound else anullsrc(sample_rate=str(AUDIO_RATE), channel_layout="stereo")
            shaped = sound.aresample(sample_rate=str(AUDIO_RATE)).aformat(sample_fmts="fltp", channel_layouts="stereo")
            samples = round(file.picture.seconds * AUDIO_RATE)
            streams.append(shaped.apad(whole_len=samples).atrim(end_sample=samples))
    joined = concat(*streams, n=len(parts), v=1, a=int(sounding))
    options = {**BT709, "vcodec": "libx264", "preset": "veryfast", "crf": 14, "threads": 4, "movflags": "+faststart"}
    options["x264-params"] = "sync-lookahead=0"  # the same bytes every time, as for segments
    kept = [joined.video(0), *([joined.audio(0)] if sounding else [])]
    return ffmpeg.output(*kept, filename=out, bitexact=True, extra_options=options)
