"""All that is made from a finished film beside the film itself, from one decode of it.

One FFmpeg process splits the decoded film into every other size and format, the proxy, the preview, the frames that
pictures are made of and the samples that the waveform is drawn from. Only where outputs are so many and large that
their encoders would not fit into memory together does it take another.
"""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

import ffmpeg
from ffmpeg import AudioStream, VideoStream
from ffmpeg.dag.nodes import OutputStream

from postprod.ffmpeg import UNWATCHED, Watch, run, whole_file
from postprod.files.pictures import write_pictures
from postprod.files.waveform import write_waveform
from postprod.picture.encoder import BT709, EFFORT, Effort, ceiling
from postprod.probe import Picture, probe, probe_picture
from ugcgen.domain.edit import Edit
from ugcgen.domain.enums import Quality
from ugcgen.domain.errors import MediaError
from ugcgen.domain.output import Container, Output
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.pipeline.cutting import frame_size

CELLS = 12
"""Frames taken from the film, evenly spaced: the cells of the filmstrip, and what the poster is chosen from."""

PICTURES = ("poster.jpg", "thumbnail.jpg", "filmstrip.jpg")
WAVEFORM = ("waveform.json", "waveform.png")
PROXY, PREVIEW = "proxy-540p.mp4", "preview.mp4"
BESIDE = (PROXY, PREVIEW, *PICTURES, *WAVEFORM)
"""What is made of every film, whatever outputs are asked for."""

POSTER_SIDE, PROXY_SIDE, PREVIEW_SIDE = 1080, 540, 270
"""Pixels of the shorter side, where the film has as many."""

_GLANCES, _GLANCE_SECONDS, _PREVIEW_RATE = 4, 0.75, 12

MOST_PIXELS = 12_500_000
"""Pixels of a frame of every output that one process encodes: 4K and twice 1080p, which take some 3 GB."""

_QUALITIES = list(Quality)
_AV1 = {Quality.DRAFT: Effort("12", 42), Quality.STANDARD: Effort("10", 35), Quality.HIGH: Effort("8", 28)}


def is_film(output: Output, edit: Edit) -> bool:
    """Whether the film of `edit` is this output already: of its size, in MP4, and no worse than it asks for."""
    size = frame_size(output.ratio, output.resolution.short_side)
    no_worse = _QUALITIES.index(edit.quality) >= _QUALITIES.index(output.quality)
    return output.container is Container.MP4 and size == (edit.width, edit.height) and no_worse


def make_files(
    film: Path, edit: Edit, outputs: Sequence[Output], folder: Path, *, watch: Watch = UNWATCHED
) -> dict[str, Path]:
    """`outputs` of the `film` of `edit`, all in its shape, and the pictures and small films that stand for it, by name.

    A film without sound has no waveform. Raises MediaError if the film has no picture or cannot be read to its end.
    """
    found = probe(film)
    if found.picture is None:
        raise MediaError(f"{film.name} has no picture to make files from; render the film again")
    picture = found.picture
    source = ffmpeg.input(film.absolute())
    heard = [source.audio] if found.sound else []
    small = _at_most(source.video, picture, PROXY_SIDE)
    made: dict[str, Path] = {}
    with ExitStack() as parts, tempfile.TemporaryDirectory() as scratch:
        cells, samples = Path(scratch) / "%02d.png", Path(scratch) / "samples.f32"

        def part(name: str) -> Path:
            made[name] = folder / name
            return parts.enter_context(whole_file(made[name]))

        films = {output: part(output.name) for output in outputs}
        proxy = part(PROXY)
        beside = [
            _proxy(small, heard, picture, proxy),
            _preview(small, picture, part(PREVIEW)),
            _cells(source.video, picture, cells),
            *(_samples(sound, samples) for sound in heard),
        ]
        for share in decodes(outputs):
            encoded = [_encoded(source.video, heard, output, edit, films[output]) for output in share]
            run(ffmpeg.merge_outputs(*encoded, *beside), "make the film's files", watch)
            beside = []
        for out in [*films.values(), proxy]:
            _require_frames(out, picture.frames)
        shown = sorted(Path(scratch).glob("*.png"))
        write_pictures(shown, *map(part, PICTURES))
        if heard:
            write_waveform(samples, *map(part, WAVEFORM))
    return made


def decodes(outputs: Sequence[Output]) -> list[list[Output]]:
    """The outputs by the process that makes them: in order, and no more in one than `MOST_PIXELS` unless alone."""
    shares: list[list[Output]] = [[]]
    for output in outputs:
        if shares[-1] and sum(map(_pixels, [*shares[-1], output])) > MOST_PIXELS:
            shares.append([])
        shares[-1].append(output)
    return shares


def _pixels(output: Output) -> int:
    return prod(frame_size(output.ratio, output.resolution.short_side))


def cell_frames(frames: int) -> list[int]:
    """The film's frames that the filmstrip shows: the middle of each of its equal parts."""
    cells = min(CELLS, frames)
    return [(2 * cell + 1) * frames // (2 * cells) for cell in range(cells)]


def _encoded(picture: VideoStream, sound: Sequence[AudioStream], output: Output, edit: Edit, out: Path) -> OutputStream:
    """The film in one of the sizes and formats. MP4 keeps the film's own sound; WebM holds no AAC, so it is coded
    again."""
    width, height = frame_size(output.ratio, output.resolution.short_side)
    sized = _sized(picture, width, height)
    if output.container is Container.MP4:
        effort, most = EFFORT[output.quality], ceiling(edit.model_copy(update={"width": width, "height": height}))
        rate = {"preset": effort.preset, "crf": effort.crf, "maxrate": f"{most}k", "bufsize": f"{2 * most}k"}
        return _h264(sized, sound, out, rate)
    effort = _AV1[output.quality]
    # AV1 costs a third of what VP9 does at the same likeness, and is smaller. A short look-ahead bounds its memory.
    return ffmpeg.output(
        sized,
        *sound,
        filename=out,
        vcodec="libsvtav1",
        acodec="libopus",
        pix_fmt="yuv420p",
        bitexact=True,
        extra_options={
            **BT709,
            "preset": effort.preset,
            "crf": effort.crf,
            "svtav1-params": "lp=2:lookahead=8",
            "b:a": "128k",
        },
    )


def _h264(picture: VideoStream, sound: Sequence[AudioStream], out: Path, options: dict[str, Any]) -> OutputStream:
    # Threads are fixed, and the look-ahead has none of its own, because what x264 writes depends on both.
    fixed = {**BT709, "threads": 4, "x264-params": "sync-lookahead=0", "movflags": "+faststart"}
    return ffmpeg.output(
        picture,
        *sound,
        filename=out,
        vcodec="libx264",
        acodec="copy",
        pix_fmt="yuv420p",
        bitexact=True,
        extra_options={**fixed, **options},
    )


def _proxy(picture: VideoStream, sound: Sequence[AudioStream], film: Picture, out: Path) -> OutputStream:
    """For editing: cheap to decode, and with a key frame every half second, so that every place is found at once."""
    return _h264(picture, sound, out, {"preset": "superfast", "crf": 26, "g": max(1, round(film.fps / 2))})


def _preview(picture: VideoStream, film: Picture, out: Path) -> OutputStream:
    """For a pointer that rests on the thumbnail: short glances at the whole film, mute."""
    step = max(1, round(film.fps / _PREVIEW_RATE))
    rate = Fraction(film.fps).limit_denominator(1001) / step
    shown = "+".join(f"between(n,{first},{last})" for first, last in _glances(film))
    kept = picture.select(expr=f"({shown})*not(mod(n,{step}))").video(0).setpts(expr=f"N/({rate}*TB)")
    options = {"preset": "veryfast", "crf": 28, "r": str(rate)}
    return _h264(_at_most(kept, film, PREVIEW_SIDE), [], out, options)


def _glances(film: Picture) -> list[tuple[int, int]]:
    """First and last frame of each glance: as many equal parts of the film, each from its start."""
    length = max(1, min(round(_GLANCE_SECONDS * film.fps), film.frames // _GLANCES))
    starts = [glance * film.frames // _GLANCES for glance in range(_GLANCES)]
    return [(start, start + length - 1) for start in starts]


def _cells(picture: VideoStream, film: Picture, out: Path) -> OutputStream:
    wanted = "+".join(f"eq(n,{frame})" for frame in cell_frames(film.frames))
    kept = _at_most(picture.select(expr=wanted).video(0), film, POSTER_SIDE)
    return kept.output(
        filename=out, fps_mode="passthrough", pix_fmt="rgb24", bitexact=True, extra_options={"compression_level": 1}
    )


def _samples(sound: AudioStream, out: Path) -> OutputStream:
    """Both channels' mean, which FFmpeg's own mixing to mono would raise by 3 dB."""
    stereo = sound.aformat(sample_rates=str(AUDIO_RATE), channel_layouts="stereo")
    return stereo.pan(args="mono|c0=0.5*c0+0.5*c1").output(filename=out, f="f32le", bitexact=True)


def _at_most(picture: VideoStream, film: Picture, side: int) -> VideoStream:
    """The picture with a shorter side of `side` pixels, or as it is where it has fewer."""
    share = min(1.0, side / min(film.width, film.height))
    return _sized(picture, 2 * round(film.width * share / 2), 2 * round(film.height * share / 2))


def _sized(picture: VideoStream, width: int, height: int) -> VideoStream:
    return picture.scale(w=str(width), h=str(height), flags="bicubic").setsar(sar="1")


def _require_frames(made: Path, frames: int) -> None:
    found = probe_picture(made).frames
    if found != frames:
        raise MediaError(f"{made.name} has {found} frames where the film has {frames}; make the film's files again")
