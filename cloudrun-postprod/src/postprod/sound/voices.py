"""Where each scene's voice sits in the film, and how much faster it must speak to fit."""

from collections.abc import Mapping
from dataclasses import dataclass

from ugcgen.domain.edit import Edit
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import Timeline

FASTEST = 1.35
"""Faster speech than this sounds hurried, so the rest is cut off instead."""

_BREATH = 2
"""Frames of silence kept between two voices."""


@dataclass(frozen=True)
class Voice:
    """One voice in the film: its recording from second `skip` on, heard from film frame `start` for `seconds`.

    It is played `tempo` times as fast as recorded. `lost` is how many seconds of speech had to be cut off at the end
    because even `FASTEST` was too slow.
    """

    scene: int
    source: str
    start: int
    skip: float
    tempo: float
    seconds: float
    lost: float


def place_voices(edit: Edit, timeline: Timeline, spans: Mapping[str, tuple[float, float]]) -> list[Voice]:
    """Put each voice at its scene's start and end it before the next one begins.

    `spans` says for each recording, by its name, at which second the speech in it starts and ends. Raises MediaError
    if a scene leaves its voice no time at all.
    """
    voices = []
    for index, (scene, start, room) in enumerate(
        zip(edit.scenes, timeline.scene_starts, rooms(edit, timeline), strict=True)
    ):
        if scene.voice is None:
            continue
        if room <= 0:
            raise MediaError(f"scene {scene.scene_number} is too short for a voice: {scene.frames} frames; lengthen it")
        skip, spoken_end = spans[scene.voice]
        spoken = spoken_end - skip
        tempo = min(max(spoken / room, 1.0), FASTEST)
        lost = spoken - room * FASTEST if spoken / room > FASTEST else 0.0
        begin = start + edit.sound.voice_lead
        voices.append(Voice(index, scene.voice, begin, skip, tempo, (spoken - lost) / tempo, lost))
    return voices


def rooms(edit: Edit, timeline: Timeline) -> list[float]:
    """The seconds that each scene leaves its voice, from its lead to just before the next voice begins."""
    lead = edit.sound.voice_lead
    ends = [start + lead for start in timeline.scene_starts[1:]] + [timeline.frames]
    return [(end - _BREATH - start - lead) / edit.fps for start, end in zip(timeline.scene_starts, ends, strict=True)]
