"""Sound as arrays: 48 kHz stereo float samples, how they fade, and how files become them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.filter import Graph

from postprod.probe import open_media
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE

Samples: TypeAlias = npt.NDArray[np.float32]
"""Shape (samples, 2) at AUDIO_RATE; full scale is 1."""

SOFT_EDGE = AUDIO_RATE // 200
"""Samples of fade (5 ms) where a sound is cut into, so that it does not click."""


def silence(samples: int) -> Samples:
    return np.zeros((samples, 2), np.float32)


def decibels(db: float) -> float:
    """The factor that is so many decibels."""
    return float(10 ** (db / 20))


def in_decibels(factor: float) -> float:
    """How many decibels a factor is; -inf for 0."""
    return 20 * float(np.log10(factor)) if factor > 0 else -np.inf


def fade_in(samples: Samples, over: int, *, after: int = 0) -> None:
    """Raise the sound in place from nothing, over so many samples after some of silence.

    Equal power: where one sound fades in while an unlike one fades out, both together keep their loudness. Fading out
    is fading in the reversed view, `samples[::-1]`.
    """
    samples[:after] = 0
    rising = samples[after : after + over]
    rising *= np.sin((np.arange(len(rising), dtype=np.float32) + 0.5) * (np.pi / 2 / max(1, over)))[:, None]


def read(file: Path, what: str, *, start: float = 0.0, samples: int | None = None, speed: float = 1.0) -> Samples:
    """The sound of `file` from second `start` of it on, `speed` times as fast at its own pitch.

    At most `samples` of it, fewer where it ends before; all of it for None. Times are the file's: sound that begins
    later than the file's picture comes after silence. What of it does not decode is left out. Raises MediaError that
    says `what` it should have been if the file has no sound, or none that decodes.
    """
    try:
        with open_media(file) as container:
            stream = next(iter(container.streams.audio), None)
            if stream is None:
                raise MediaError(f"{what} ({file.name}) has no sound; choose another file")
            begins = round((container.start_time or 0) * AUDIO_RATE / av.time_base)
            filters = [
                ("aresample", f"{AUDIO_RATE}:async=1:first_pts={begins}"),
                ("aformat", "sample_fmts=flt:channel_layouts=stereo"),
                ("atrim", f"start_sample={round(start * AUDIO_RATE)}"),
                *(("atempo", f"{tempo:.6f}") for tempo in _tempos(speed)),
            ]
            chunks = _enough(_filtered(container, stream, filters), samples)
    except (av.FFmpegError, OSError) as error:
        raise MediaError(
            f"{what} ({file.name}) cannot be decoded as sound: {error}; upload or make it again"
        ) from error
    if not chunks:
        return silence(0)
    return np.concatenate(chunks)[:samples]


def _enough(chunks: Iterator[Samples], samples: int | None) -> list[Samples]:
    """Chunks until there are so many samples; what comes after them is not even decoded."""
    taken, count = [], 0
    for chunk in chunks:
        taken.append(chunk)
        count += len(chunk)
        if samples is not None and count >= samples:
            break
    return taken


def _tempos(speed: float) -> Iterator[float]:
    """The speed as factors within what atempo does without leaving samples out."""
    while not 0.5 <= speed <= 2:
        step = 2.0 if speed > 2 else 0.5
        yield step
        speed /= step
    if speed != 1:
        yield speed


def _filtered(container: InputContainer, stream: AudioStream, filters: list[tuple[str, str]]) -> Iterator[Samples]:
    """The stream's sound through a chain of filters."""
    graph = Graph()
    links = [graph.add_abuffer(template=stream), *(graph.add(*spec) for spec in filters), graph.add("abuffersink")]
    graph.link_nodes(*links).configure()
    for frame in _decoded(container, stream):
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Every frame that decodes. Raises InvalidDataError where there are some and none does."""
    heard, wrong = False, None
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                heard = True
                yield frame
        except av.InvalidDataError as damaged:
            wrong = damaged
    if wrong and not heard:
        raise wrong


def _pulled(graph: Graph) -> Iterator[Samples]:
    while True:
        try:
            frame = graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        assert isinstance(frame, AudioFrame)
        yield frame.to_ndarray().reshape(-1, 2).astype(np.float32, copy=False)
