"""Making what was ordered: words, pictures, speech and clips. Heavy to import: the server does so after its start."""

from __future__ import annotations

import io
import math
import wave
from dataclasses import replace

import av
import cv2
import numpy as np
import numpy.typing as npt

from infra.local.studio import voice
from infra.local.studio.art import Clip, Picture, Reference
from infra.local.studio.crew import Crew
from infra.local.studio.flaw import Flaw
from infra.local.studio.footage import seconds_of
from infra.local.studio.made import Made, cut
from infra.local.studio.orders import ImageOrder, Order, SpeechOrder, SpokenLine, TextOrder, VideoOrder
from infra.local.studio.prompt import AUDIO, IMAGE, TEXT, VIDEO, Tokens, text_tokens
from infra.local.studio.writer import write

SPEECH_TOKENS_A_SECOND = 25
# 5,792 a second at 720p is documented; the other sizes follow the list price by size.
VIDEO_TOKENS_A_SECOND = {"360p": 1_720, "720p": 5_792, "1080p": 8_600, "4k": 17_200}
PHOTO_TOKENS = {"image": 560, "speech": 0, "video": 2_040}


def make(order: Order, crew: Crew, flaw: Flaw | None = None) -> Made:
    """What was ordered; a picture or a clip with the flaw."""
    match order:
        case TextOrder():
            return _write(order)
        case ImageOrder():
            return _draw(order, crew, flaw)
        case SpeechOrder():
            return _speak(order)
        case VideoOrder():
            return _film(order, crew, flaw)


def input_tokens(order: Order) -> Tokens:
    if isinstance(order, TextOrder):
        return order.prompt.tokens(order.photo_tokens)
    tokens = dict(order.prompt.tokens(PHOTO_TOKENS[order.kind], VIDEO_TOKENS_A_SECOND["720p"]))
    if isinstance(order, VideoOrder) and not order.prompt.footage and (before := order.extends or order.edits):
        tokens[VIDEO] = math.ceil(seconds_of(before)) * VIDEO_TOKENS_A_SECOND["720p"]
    return tokens


def _write(order: TextOrder) -> Made:
    text = write(order.prompt, order.schema)
    made = Made(input_tokens(order), {TEXT: text_tokens(text)}, text=text, mime="text/plain")
    return cut(made, order.longest) if order.longest and text_tokens(text) > order.longest else made


def _draw(order: ImageOrder, crew: Crew, flaw: Flaw | None) -> Made:
    width, height = order.pixels
    references = tuple(Reference(photo.data, photo.label) for photo in order.prompt.photos)
    png = crew.draw(Picture(order.prompt.text, references, width, height, order.seed, flaw))
    return Made(input_tokens(order), {IMAGE: order.model.tokens[order.size]}, media=(png,), mime="image/png")


def _speak(order: SpeechOrder) -> Made:
    gap = np.zeros(voice.RATE // 4, np.int16)
    pieces = [_line(line) for line in order.lines if line.text.strip()]
    samples = np.concatenate([part for piece in pieces for part in (piece, gap)][:-1])
    tokens = math.ceil(len(samples) / voice.RATE * SPEECH_TOKENS_A_SECOND)
    if order.encoding == "wav":
        data, mime = _wav(samples), "audio/wav"
    else:
        data, mime = samples.astype("<i2").tobytes(), f"audio/L16;codec=pcm;rate={voice.RATE}"
    return Made(input_tokens(order), {AUDIO: tokens}, media=(data,), mime=mime)


def _line(line: SpokenLine) -> npt.NDArray[np.int16]:
    return voice.speak(line.text, line.voice, line.language, line.rate, line.pitch).samples


def _film(order: VideoOrder, crew: Crew, flaw: Flaw | None) -> Made:
    first, last = _outer_frames(order.edits) if order.edits else (order.first, order.last)
    width, height = order.pixels
    clip = Clip(
        prompt=order.prompt.text,
        first_frame=first,
        last_frame=last,
        references=tuple(Reference(photo.data, photo.label) for photo in order.references),
        extends=order.extends,
        seconds=order.seconds,
        width=width,
        height=height,
        fps=order.fps,
        seed=order.seed,
        flaw=flaw,
    )
    takes = tuple(crew.film(replace(clip, seed=clip.seed + sample)) for sample in range(order.samples))
    tokens = math.ceil(order.seconds * VIDEO_TOKENS_A_SECOND[order.resolution]) * order.samples
    return Made(input_tokens(order), {VIDEO: tokens}, media=takes, mime="video/mp4")


def _outer_frames(video: bytes) -> tuple[bytes, bytes]:
    """The first and the last frame of a clip as PNG."""
    with av.open(io.BytesIO(video), "r") as container:
        frames = container.decode(video=0)
        first = last = next(frames)
        for frame in frames:
            last = frame
    ends = (cv2.imencode(".png", frame.to_ndarray(format="bgr24"))[1].tobytes() for frame in (first, last))
    return next(ends), next(ends)


def _wav(samples: npt.NDArray[np.int16]) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(voice.RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    return sink.getvalue()
