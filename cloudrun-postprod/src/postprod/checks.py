"""Quality control of a finished film: what its headers say against the plan, and one decode of picture and sound."""

import re
from pathlib import Path
from typing import Literal

import ffmpeg
from ffmpeg import AudioStream, VideoStream
from ffmpeg.dag.nodes import OutputStream
from pydantic import BaseModel, ConfigDict, computed_field

from postprod.ffmpeg import UNWATCHED, Watch, run
from postprod.probe import Picture, Probe, Sound, probe
from ugcgen.domain.edit import Edit
from ugcgen.domain.sound import AUDIO_RATE

_LOOKED_AT = 360
"""Width in pixels at which the detectors look; they find the same there as at full size, for a fraction of the time."""

_BLACK_SECONDS = 0.4
_FROZEN_SECONDS = 2.0
_SILENT_SECONDS = 3.0
_LOUDNESS_TOLERANCE = 1.0
_PEAK_TOLERANCE = 0.3
_SILENCE_LUFS = -60.0

Value = bool | int | float | str


class Check(BaseModel):
    """One thing looked at. `at` holds the seconds in the film at which it went wrong, where it has a place."""

    model_config = ConfigDict(frozen=True)

    name: str
    ok: bool
    value: Value
    expected: str
    at: list[float] = []


class Report(BaseModel):
    """All checks of one film."""

    model_config = ConfigDict(frozen=True)

    checks: list[Check]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Literal["pass", "fail"]:
        return "pass" if all(check.ok for check in self.checks) else "fail"


def check_film(film: Path, edit: Edit, *, watch: Watch = UNWATCHED) -> Report:
    """Check `film` against the `edit` it was made from.

    Raises MediaError if it is no media at all; a film that is only bad is a report with the verdict `fail`.
    """
    found = probe(film)
    log = run(_watched_and_heard(film, found), "check the film", watch)
    checks = [
        *_picture_checks(found.picture, edit),
        Check(name="faststart", ok=found.faststart, value=found.faststart, expected="the index before the media"),
        *_log_checks(log),
        *_sound_checks(found, log, edit),
    ]
    return Report(checks=checks)


def _watched_and_heard(film: Path, found: Probe) -> OutputStream:
    source = ffmpeg.input(film.absolute())
    streams: list[VideoStream | AudioStream] = []
    if found.picture:
        small = source.video.scale(w=str(_LOOKED_AT), h="-2", flags="fast_bilinear")
        streams.append(small.blackdetect(d=_BLACK_SECONDS).freezedetect(n=0.001, d=_FROZEN_SECONDS))
    if found.sound:
        heard = source.audio.silencedetect(n=0.003, d=_SILENT_SECONDS)
        # By name: typed-ffmpeg 4.6 finds no audio output on its own ebur128.
        measured = ffmpeg.afilter(heard, name="ebur128", peak="true", framelog="verbose")
        streams.append(measured.astats(measure_perchannel="none"))
    return ffmpeg.output(*streams, filename="-", f="null")


def _picture_checks(picture: Picture | None, edit: Edit) -> list[Check]:
    if picture is None:
        return [Check(name="picture", ok=False, value="none", expected="a video stream")]
    wanted: dict[str, tuple[Value, Value]] = {
        "frames": (picture.frames, edit.frames),
        # The container's clock rounds the last frame's length, which moves the average by a trace.
        "fps": (round(picture.fps, 2), float(edit.fps)),
        "size": (f"{picture.width}x{picture.height}", f"{edit.width}x{edit.height}"),
        "codec": (picture.codec, "h264"),
        "pixel_format": (picture.pixel_format, "yuv420p"),
        "color_space": (picture.color_space or "none", "bt709"),
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


def _log_checks(log: str) -> list[Check]:
    damaged = sum("[error]" in line or "corrupt decoded frame" in line for line in log.splitlines())
    black = _numbers(r"black_start:\s*(\S+)", log)
    frozen = _numbers(r"freeze_start:\s*(\S+)", log)
    return [
        Check(name="damage", ok=not damaged, value=damaged, expected="every frame decodes whole"),
        Check(name="black", ok=not black, value=len(black), expected=f"no black for {_BLACK_SECONDS} s", at=black),
        Check(name="frozen", ok=not frozen, value=len(frozen), expected=f"no still for {_FROZEN_SECONDS} s", at=frozen),
    ]


def _sound_checks(found: Probe, log: str, edit: Edit) -> list[Check]:
    if found.sound is None:
        return [Check(name="sound", ok=False, value="none", expected="an audio stream")]
    loudness, peak = _numbers(r"\bI:\s*(\S+) LUFS", log)[-1], _numbers(r"\bPeak:\s*(\S+) dBFS", log)[-1]
    level = _numbers(r"Peak level dB:\s*(\S+)", log)[-1]
    silent = _numbers(r"silence_start:\s*(\S+)", log)
    plan = edit.sound
    meant_silent = loudness < _SILENCE_LUFS and not any(scene.voice for scene in edit.scenes)
    loud_enough = abs(loudness - plan.loudness_lufs) <= _LOUDNESS_TOLERANCE
    return [
        _format_check(found.sound),
        _drift_check(found, edit),
        Check(
            name="loudness",
            ok=meant_silent or loud_enough,
            value=loudness,
            expected=f"{plan.loudness_lufs:g} LUFS within {_LOUDNESS_TOLERANCE:g}",
        ),
        Check(
            name="true_peak",
            ok=peak <= plan.true_peak_dbtp + _PEAK_TOLERANCE,
            value=peak,
            expected=f"at most {plan.true_peak_dbtp:g} dBTP",
        ),
        Check(name="clipping", ok=level < 0, value=level, expected="samples below full scale (dB)"),
        Check(
            name="silence",
            ok=meant_silent or not silent,
            value=len(silent),
            expected=f"no silence for {_SILENT_SECONDS} s",
            at=silent,
        ),
    ]


def _format_check(sound: Sound) -> Check:
    wanted = f"aac {AUDIO_RATE} Hz 2 channels"
    value = f"{sound.codec} {sound.rate} Hz {sound.channels} channels"
    return Check(name="sound", ok=value == wanted, value=value, expected=wanted)


def _drift_check(found: Probe, edit: Edit) -> Check:
    """How much longer the sound is than the picture."""
    heard, shown = (part.seconds if part else 0.0 for part in (found.sound, found.picture))
    drift = round(heard - shown, 4)
    return Check(name="drift", ok=abs(drift) < 1 / edit.fps, value=drift, expected=f"below {1 / edit.fps:.4f} s")


def _numbers(pattern: str, log: str) -> list[float]:
    return [float(number) for number in re.findall(pattern, log)]
