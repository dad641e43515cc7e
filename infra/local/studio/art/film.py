"""Filming a clip: stills that live, one after the other, with sound, as an MP4 that streams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from math import exp, log
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from .camera import Affine, Pose, ease, follow
from .flaws import spoiled
from .living import LivingStill, Moment, Plane, split_planes
from .picture import render
from .pixels import Image, decode, fit
from .request import Clip, Picture
from .sound import RATE, Sound, Stereo, record
from .words import Scene, read_scene, spoken_line

_SETTLE = 0.6
"""Seconds in which a still comes to life and goes to rest."""


@dataclass(frozen=True)
class _Footage:
    """The video that a clip extends."""

    data: bytes
    width: int
    height: int
    rate: Fraction
    frames: int
    sound: Stereo
    last: Image


def film(clip: Clip) -> bytes:
    """The clip as MP4: H.264 4:2:0 and stereo AAC at 48 kHz, index first; exactly round(seconds * fps) frames.

    A clip that extends a video is the whole of it, the video first. Raises ValueError if an image or the video cannot
    be read, or if the size is odd.
    """
    before = _footage(clip.extends) if clip.extends else None
    width, height, rate = (
        (before.width, before.height, before.rate) if before else (clip.width, clip.height, Fraction(clip.fps))
    )
    if width % 2 or height % 2:
        raise ValueError(f"a clip of {width}x{height} cannot be encoded as 4:2:0: both sides must be even")
    scene = read_scene(clip.prompt)
    said = float(before.frames / rate) if before and "continue" in scene.text else 0.0
    sound = record(clip.prompt, scene, clip.seconds, float(rate), clip.seed, said)
    first = before.last if before else _first_still(clip)
    last = fit(decode(clip.last_frame), width, height) if clip.last_frame else None
    frames = _frames(clip, scene, sound, fit(first, width, height), last, rate)
    if before is None:
        return _encode(frames, sound.samples, width, height, rate)
    samples = np.concatenate([before.sound, sound.samples], axis=1)
    return _encode(_continued(before, frames), samples, width, height, rate)


def _first_still(clip: Clip) -> Image:
    if clip.first_frame:
        return decode(clip.first_frame)
    return render(Picture(clip.prompt, clip.references, clip.width, clip.height, clip.seed))


def _frames(
    clip: Clip, scene: Scene, sound: Sound, first: Image, last: Image | None, rate: Fraction
) -> Iterator[Plane]:
    """The frames of a clip, each valid until the next is asked for."""
    height, width = first.shape[:2]
    total = round(clip.seconds * rate)
    end = float(max(total - 1, 1) / rate)
    still = LivingStill(first, clip.seed, talks=spoken_line(clip.prompt) is not None)
    spoilt = LivingStill(spoiled(first, clip.flaw), clip.seed, talks=still.talks) if clip.flaw else still
    goal = LivingStill(last, clip.seed + 1, talks=False) if last is not None else None
    phase = Random(f"camera {clip.seed}").uniform(0, 6)
    change = min(1.2, 0.45 * clip.seconds)
    frame = np.empty((height * 3 // 2, width), np.uint8)
    other = np.empty_like(frame)
    speaking = 0.0
    for i in range(total):
        time, voice = float(i / rate), float(sound.voice[i])
        speaking += (voice - speaking) * (0.5 if voice > speaking else 0.12)
        camera = follow(scene.movement, time, clip.seconds, phase).affine(width, height, still.focus)
        share = ease((time - (end - change)) / change) if goal else 0.0
        if goal is None or share < 1.0:
            towards = _towards(still, goal, share)
            shown = spoilt if clip.flaw and time >= clip.flaw.since else still
            shown.film(
                _after(camera, towards), Moment(time, ease(time / _SETTLE), voice, speaking), split_planes(frame)
            )
        if goal is not None and share > 0.0:
            arriving = Pose(zoom=1 + 0.03 * (1 - share)).affine(width, height, goal.focus)
            rest = Moment(time, ease((end - time) / _SETTLE))
            goal.film(_after(arriving, _towards(goal, still, 1 - share)), rest, split_planes(other))
            cv2.addWeighted(frame, 1 - share, other, share, 0.0, dst=frame)
        yield frame


def _towards(still: LivingStill, other: LivingStill | None, share: float) -> Affine:
    """Frame to still so that its face has gone `share` of the way to where the face of the other is, in place and size.

    The identity if one of them has no face, or if the faces are too unlike in size to become one another.
    """
    if other is None or still.face is None or other.face is None or share == 0.0:
        return np.eye(2, 3)
    growth = log(other.face.height / still.face.height)
    if abs(growth) > 0.6:
        return np.eye(2, 3)
    scale = exp(-growth * share)
    here, there = np.array(still.face.centre), np.array(other.face.centre)
    shown = here + (there - here) * share
    return np.column_stack([np.eye(2) * scale, here - scale * shown])


def _after(outer: Affine, inner: Affine) -> Affine:
    """`inner` first, then `outer`."""
    return np.asarray((np.vstack([outer, [0, 0, 1]]) @ np.vstack([inner, [0, 0, 1]]))[:2])


def _footage(data: bytes) -> _Footage:
    """Reads a video's size, rate, length, sound and last frame."""
    try:
        with av.open(BytesIO(data), "r") as source:
            video = source.streams.video[0]
            rate = Fraction(video.average_rate or 24)
            width, height = video.codec_context.width // 2 * 2, video.codec_context.height // 2 * 2
            frames, last = 0, None
            resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
            heard: list[Stereo] = [np.zeros((2, 0), np.float32)]
            for decoded in source.decode(*source.streams.video[:1], *source.streams.audio[:1]):
                if isinstance(decoded, av.VideoFrame):
                    frames, last = frames + 1, decoded
                elif isinstance(decoded, av.AudioFrame):
                    heard += [np.asarray(part.to_ndarray(), np.float32) for part in resampler.resample(decoded)]
            if source.streams.audio:
                heard += [np.asarray(part.to_ndarray(), np.float32) for part in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"the video to extend ({len(data)} bytes) cannot be read: {error}") from error
    if last is None:
        raise ValueError(f"the video to extend ({len(data)} bytes) has no frames")
    sound = np.zeros((2, round(frames / rate * RATE)), np.float32)
    whole = np.concatenate(heard, axis=1)[:, : sound.shape[1]]
    sound[:, : whole.shape[1]] = whole
    pixels = np.asarray(last.to_ndarray(format="rgb24"), np.uint8)[:height, :width]
    return _Footage(data, width, height, rate, frames, sound, pixels)


def _continued(before: _Footage, frames: Iterator[Plane]) -> Iterator[Plane]:
    with av.open(BytesIO(before.data), "r") as source:
        for decoded in source.decode(video=0):
            planes = decoded.reformat(
                before.width,
                before.height,
                "yuv420p",
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,
            )
            yield np.asarray(planes.to_ndarray(), np.uint8)
    yield from frames


def _encode(frames: Iterator[Plane], samples: Stereo, width: int, height: int, rate: Fraction) -> bytes:
    """Frames and samples as MP4; the result depends on nothing but them."""
    with TemporaryDirectory() as folder:
        # An index at the front needs a second pass over a real file.
        path = Path(folder) / "clip.mp4"
        with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as target:
            video: Any = target.add_stream("libx264", rate=rate)
            video.width, video.height, video.pix_fmt = width, height, "yuv420p"
            # The number of threads changes the bytes, so it must not follow the machine's.
            video.options = {"preset": "ultrafast", "crf": "21", "threads": "2", "flags": "+bitexact"}
            context = video.codec_context
            context.colorspace, context.color_primaries, context.color_trc, context.color_range = 1, 1, 1, 1
            audio: Any = target.add_stream("aac", rate=RATE, layout="stereo")
            audio.bit_rate = 128_000
            audio.options = {"flags": "+bitexact", "aac_coder": "fast"}
            heard = 0
            for i, frame in enumerate(frames):
                picture = av.VideoFrame.from_ndarray(frame, format="yuv420p")
                picture.pts = i
                target.mux(video.encode(picture))
                until = min(samples.shape[1], round((i + 1) / rate * RATE))
                target.mux(audio.encode(_audio_frame(samples[:, heard:until], heard)))
                heard = until
            for stream in (video, audio):
                target.mux(stream.encode(None))
        return path.read_bytes()


def _audio_frame(samples: Stereo, at: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32), format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = RATE, at
    return frame
