"""Whether a film decodes whole, and where not: that is asked only where its one decoding complained."""

from pathlib import Path

import av
import av.logging
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream

from postprod.checks.look import Seen
from postprod.checks.picture import Mask
from postprod.checks.report import Check, found_at
from postprod.checks.runs import in_seconds, runs


def damage_check(film: Path, seen: Seen, fps: int) -> Check:
    """The decoder's complaints, and the frames that it lost or could only guess."""
    lost = runs(damaged_frames(film, len(seen.pictures), fps)) if seen.errors else []
    return Check(
        name="damage",
        ok=not seen.errors,
        value=seen.errors,
        expected="every frame decodes whole",
        stretches=found_at(in_seconds(lost, fps)),
    )


def damaged_frames(film: Path, frames: int, fps: float) -> Mask:
    """Which of the film's frames, by their times, could not be decoded or hold something that was guessed."""
    damaged = np.zeros(frames, dtype=bool)
    quietness = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)
    try:
        with av.open(str(film)) as container, av.logging.Capture() as said:
            stream = container.streams.video[0]
            # One thread, so that what the decoder says is said of the packet that it was just given.
            stream.codec_context.thread_count = 1
            for packet in container.demux(stream):
                told = len(said)
                lost = _is_lost(packet) or any(_complains(*words) for words in said[told:])
                if lost and packet.pts is not None and packet.time_base is not None:
                    damaged[min(frames - 1, round(float(packet.pts * packet.time_base) * fps))] = True
    finally:
        av.logging.set_level(quietness)
    return damaged


def _is_lost(packet: "Packet[VideoStream]") -> bool:
    try:
        packet.decode()
    except av.FFmpegError:
        return True
    return False


def _complains(level: int, decoder: str, message: str) -> bool:
    return level <= av.logging.ERROR or "concealing" in message
