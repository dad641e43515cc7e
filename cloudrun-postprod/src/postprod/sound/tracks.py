"""The sounds of a film, each at its place: what is heard of which recording from which sample of the film on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from postprod.sound import library
from postprod.sound.loudness import levelled
from postprod.sound.samples import SOFT_EDGE, Samples, decibels, fade_in, read
from postprod.sound.voices import Voice
from ugcgen.domain.edit import Edit, Join, TransitionKind
from ugcgen.domain.errors import MediaError
from ugcgen.domain.sound import AUDIO_RATE, SoundClip, SoundKind

_SEAM = AUDIO_RATE // 5
"""Samples (0.2 s) over which music that goes round fades from its end to its beginning."""

_CUT_OFF = AUDIO_RATE // 10
"""Samples (0.1 s) of fade where a voice had to be cut off."""

_SILENT = decibels(-60)

_THROUGH_NOTHING = {TransitionKind.DIP_TO_BLACK, TransitionKind.DIP_TO_WHITE}

Media = Mapping[str, Path]


@dataclass(frozen=True)
class Sound:
    """Samples that are heard from sample `start` of the film on, at their volume already."""

    samples: Samples
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.samples)


def scene_voice(voice: Voice, edit: Edit, media: Media) -> Sound:
    """A scene's voice, hurried where it has to be."""
    wanted = round(voice.seconds * AUDIO_RATE)
    what = f"the voice of scene {edit.scenes[voice.scene].scene_number}"
    spoken = read(media[voice.source], what, start=voice.skip, samples=wanted, speed=voice.tempo)
    spoken = levelled(spoken)
    fade_in(spoken, SOFT_EDGE)
    fade_in(spoken[::-1], _CUT_OFF if voice.lost else SOFT_EDGE)
    return Sound(spoken, voice.start * edit.samples_per_frame)


def own_sound(edit: Edit, index: int, first_frame: int, media: Media, *, speaks: bool) -> Sound:
    """What a scene's clip sounds like, following its picture: its speed, its fades and its transitions.

    Two scenes that share frames cross at equal power; through a dip one goes down to nothing before the other comes up.
    A clip that speaks is brought to the loudness of a voice.
    """
    scene, per_frame = edit.scenes[index], edit.samples_per_frame
    what = f"the clip of scene {scene.scene_number}"
    wanted = scene.frames * per_frame
    sound = read(media[scene.clip], what, start=scene.trim_start, samples=wanted, speed=scene.speed)
    if speaks:
        sound = levelled(sound)
    sound = np.pad(sound, ((0, wanted - len(sound)), (0, 0))) * np.float32(scene.clip_volume)
    cut = Join()
    before = edit.joins[index - 1] if index else cut
    after = edit.joins[index] if index < len(edit.joins) else cut
    _follow(sound, before, scene.fade_in, per_frame)
    _follow(sound[::-1], after, scene.fade_out, per_frame)
    return Sound(sound, first_frame * per_frame)


def _follow(sound: Samples, join: Join, fade: int, per_frame: int) -> None:
    shared = join.frames * per_frame
    nothing = shared // 2 if join.kind in _THROUGH_NOTHING else 0
    fade_in(sound, max(shared - nothing, SOFT_EDGE), after=nothing)
    fade_in(sound, fade * per_frame)


def placed(clip: SoundClip, film: int, media: Media) -> Sound | None:
    """A sound of one of the tracks, ended with the film of `film` samples; None where it would begin after that.

    Raises MediaError that names it where it cannot be decoded, is silent or ends before its trim.
    """
    start = round(clip.start * AUDIO_RATE)
    room = film - start
    if clip.seconds is not None:
        room = min(room, round(clip.seconds * AUDIO_RATE))
    if room <= 0:
        return None
    sound, goes_on = _recorded(clip, room, media)
    if clip.kind is not SoundKind.EFFECT:
        sound = levelled(sound)
    sound = sound * np.float32(clip.volume)
    # A fade of its own, or a soft edge where the recording is cut into.
    fade_in(sound, round(clip.fade_in * AUDIO_RATE) or (SOFT_EDGE if clip.trim_start else 0))
    fade_in(sound[::-1], round(clip.fade_out * AUDIO_RATE) or (SOFT_EDGE if goes_on else 0))
    return Sound(sound, start)


def _recorded(clip: SoundClip, room: int, media: Media) -> tuple[Samples, bool]:
    """At most `room` samples of the recording, and whether it would go on."""
    skipped = round(clip.trim_start * AUDIO_RATE)
    if clip.in_library is not None:
        sound = library.sound(clip.in_library, skipped + room + 1)[skipped:]
    else:
        sound = read(media[clip.source], _name(clip), start=clip.trim_start, samples=room + 1)
    if not len(sound):
        raise MediaError(f"{_name(clip)} ends before {clip.trim_start:g} s, where it is to begin; trim less of it")
    if np.abs(sound).max() < _SILENT:
        raise MediaError(f"{_name(clip)} is silent; choose another sound or another part of it")
    if clip.kind is SoundKind.MUSIC and clip.seconds is not None:
        sound = gone_round(sound, room + 1)
    return sound[:room], len(sound) > room


def gone_round(music: Samples, samples: int) -> Samples:
    """As many samples of music: where it ends it begins again, its end and its beginning crossing."""
    seam = min(_SEAM, len(music) // 4)
    if len(music) >= samples or not seam:
        return music[:samples]
    lap = music.copy()
    fade_in(lap, seam)
    fade_in(lap[::-1], seam)
    step = len(music) - seam
    laps = -(-samples // step)
    whole = np.zeros((laps * step + seam, 2), np.float32)
    for number in range(laps):
        whole[number * step : number * step + len(lap)] += lap
    # The first beginning crosses nothing.
    whole[:seam] = music[:seam]
    return whole[:samples]


def _name(clip: SoundClip) -> str:
    return f"the {clip.kind} at {clip.start:g} s, {clip.source},"
