"""What a film's headers say against its plan: size, rate, length, codecs, colours, and where its index lies."""

from pathlib import Path

import av

from postprod.checks.report import Check, Value
from postprod.probe import Picture, Probe, Sound
from ugcgen.domain.edit import Edit
from ugcgen.domain.sound import AUDIO_RATE

_BT709 = 1
"""What ISO/IEC 23091-2 numbers primaries, transfer and matrix of BT.709 by."""
_VIDEO_RANGE = 1


def header_checks(film: Path, found: Probe, edit: Edit) -> list[Check]:
    """All that is read without decoding."""
    return [
        *(picture_header_checks(found.picture, edit) if found.picture else [_missing("picture", "a video stream")]),
        *([_colors_check(film)] if found.picture else []),
        _format_check(found.sound) if found.sound else _missing("sound", "an audio stream"),
        *([_drift_check(found.sound, found.picture, edit)] if found.sound and found.picture else []),
        Check(name="faststart", ok=found.faststart, value=found.faststart, expected="the index before the media"),
    ]


def _missing(name: str, expected: str) -> Check:
    return Check(name=name, ok=False, value="none", expected=expected)


def picture_header_checks(picture: Picture, edit: Edit) -> list[Check]:
    """The picture's headers against the plan."""
    wanted: dict[str, tuple[Value, Value]] = {
        "frames": (picture.frames, edit.frames),
        # The container's clock rounds the last frame's length, which moves the average by a trace.
        "fps": (round(picture.fps, 2), float(edit.fps)),
        "size": (f"{picture.width}x{picture.height}", f"{edit.width}x{edit.height}"),
        "codec": (picture.codec, "h264"),
        "pixel_format": (picture.pixel_format, "yuv420p"),
    }
    return [
        *(
            Check(name=name, ok=value == planned, value=value, expected=str(planned))
            for name, (value, planned) in wanted.items()
        ),
        _length_check(picture, edit),
    ]


def _length_check(picture: Picture, edit: Edit) -> Check:
    """Frames are counted exactly; their times may each be off by a few ticks of the container's clock."""
    planned, tolerance = edit.frames / edit.fps, 0.5 / edit.fps
    return Check(
        name="seconds",
        ok=abs(picture.seconds - planned) < tolerance,
        value=round(picture.seconds, 3),
        expected=f"{planned:.3f} within {tolerance:.3f}",
    )


def _colors_check(film: Path) -> Check:
    with av.open(str(film)) as container:
        codec = container.streams.video[0].codec_context
        named = (codec.color_primaries, codec.color_trc, codec.colorspace)
        ok = all(int(name) == _BT709 for name in named) and int(codec.color_range) == _VIDEO_RANGE
    value = "/".join(str(int(name)) for name in (*named, codec.color_range))
    return Check(name="colors", ok=ok, value=value, expected="1/1/1/1: BT.709 in video range")


def _format_check(sound: Sound) -> Check:
    wanted = f"aac {AUDIO_RATE} Hz 2 channels"
    value = f"{sound.codec} {sound.rate} Hz {sound.channels} channels"
    return Check(name="sound", ok=value == wanted, value=value, expected=wanted)


def _drift_check(sound: Sound, picture: Picture, edit: Edit) -> Check:
    """How much longer the sound is than the picture."""
    drift = round(sound.seconds - picture.seconds, 4)
    return Check(name="drift", ok=abs(drift) < 1 / edit.fps, value=drift, expected=f"below {1 / edit.fps:.4f} s")
