"""The one decode: a film as small grey pictures, its sound as samples, and what FFmpeg said of both.

Everything that looks at pixels looks at these pictures. Scaling comes first, so that what follows costs next to
nothing beside the decoding itself.
"""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import ffmpeg
import numpy as np
import numpy.typing as npt
from ffmpeg import AudioStream, VideoStream
from ffmpeg.dag.nodes import GlobalStream, OutputStream

from postprod.ffmpeg import UNWATCHED, Watch, run
from postprod.probe import Probe
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE

Pictures = npt.NDArray[np.uint8]
Samples = npt.NDArray[np.float32]

SHORT_SIDE = 90
"""Pixels of the small pictures' shorter side."""

BLOCK = 10
"""Pixels of a block's side; small pictures are whole blocks wide and high."""


@dataclass(frozen=True)
class Seen:
    """`pictures` is frames x height x width of luma (0 black, 255 white), `samples` is samples x 2 at 48 kHz.

    `loudness` (LUFS) and `true_peak` (dBTP) are None where there is no sound. `errors` is how often the decoder
    complained.
    """

    pictures: Pictures
    samples: Samples
    loudness: float | None
    true_peak: float | None
    errors: int


@dataclass(frozen=True)
class Part:
    """`frames` frames of a clip from second `start` on, at `speed`, on a grid of `fps`: as a film shows it."""

    start: float
    frames: int
    fps: int
    speed: float = 1.0


def look(path: Path, found: Probe, *, part: Part | None = None, watch: Watch = UNWATCHED) -> Seen:
    """Decode `path`, which probing `found` to be such, once; of a part of it only the picture.

    Raises MediaError if nothing of it can be decoded; damage inside of it is counted in `errors`.
    """
    # A tenth of the decoding is the smoothing of block edges; without it a block of the small pictures is off by less
    # than one step of luma on average, and at worst by five.
    options = {"skip_loop_filter": "all"}
    if part:
        options |= {"ss": f"{part.start:.6f}", "t": f"{part.frames * part.speed / part.fps + 0.5:.6f}"}
    source = ffmpeg.input(path.absolute(), extra_options=options)
    width, height = small_size(found.picture.width, found.picture.height) if found.picture else (BLOCK, BLOCK)
    hears = found.sound is not None and part is None
    with tempfile.TemporaryDirectory() as folder:
        pixels, sound = Path(folder) / "pixels.gray", Path(folder) / "sound.f32"
        outputs: list[OutputStream] = []
        if found.picture:
            outputs.append(_small(source.video, width, height, part, pixels))
        if hears:
            outputs.append(_measured(source.audio, sound))
        log = run(_together(outputs), f"look at {path.name}", watch)
        frames = np.fromfile(pixels, np.uint8) if found.picture else np.zeros(0, np.uint8)
        samples = np.fromfile(sound, np.float32) if hears else np.zeros(0, np.float32)
    return Seen(
        pictures=frames.reshape(-1, height, width),
        samples=samples.reshape(-1, 2),
        loudness=_last(r"\bI:\s*(\S+) LUFS", log) if hears else None,
        true_peak=_last(r"\bPeak:\s*(\S+) dBFS", log) if hears else None,
        errors=sum("[error]" in line or "corrupt decoded frame" in line for line in log.splitlines()),
    )


def small_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the small pictures: the shape of the film, in whole blocks."""
    scale = SHORT_SIDE / min(width, height)
    return BLOCK * round(width * scale / BLOCK), BLOCK * round(height * scale / BLOCK)


def _small(picture: VideoStream, width: int, height: int, part: Part | None, out: Path) -> OutputStream:
    if part:
        picture = picture.setpts(expr=f"(PTS-STARTPTS)/{part.speed}").fps(fps=str(part.fps), start_time=0)
        picture = picture.trim(end_frame=part.frames)
    small = picture.scale(w=str(width), h=str(height), flags="area", out_range="full")
    return small.format(pix_fmts="gray").output(
        filename=out, f="rawvideo", pix_fmt="gray", extra_options={"fps_mode": "passthrough"}
    )


def _measured(sound: AudioStream, out: Path) -> OutputStream:
    # By name: typed-ffmpeg 4.6 finds no audio output on its own ebur128.
    measured = ffmpeg.afilter(sound, name="ebur128", peak="true", framelog="verbose")
    return measured.output(filename=out, f="f32le", acodec="pcm_f32le", ac=2, ar=AUDIO_RATE)


def _together(outputs: list[OutputStream]) -> OutputStream | GlobalStream:
    return outputs[0] if len(outputs) == 1 else ffmpeg.merge_outputs(*outputs)


def _last(pattern: str, log: str) -> float:
    found = re.findall(pattern, log)
    if not found:
        raise MediaError("ffmpeg measured no loudness of the film's sound")
    return float(found[-1])
