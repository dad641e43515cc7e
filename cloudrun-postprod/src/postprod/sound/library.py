"""The sounds that come with the product, all of them made by its own code: `library/<name>` in a cut.

They are part of UGCGen and under its licence; a film may use them wherever it is shown.
"""

from dataclasses import dataclass

from postprod.sound.effects import play
from postprod.sound.music import BARS, MOODS, bed
from postprod.sound.samples import Samples
from ugcgen.domain.enums import Effect, Music
from ugcgen.domain.sound import AUDIO_RATE, CHARACTER, LIBRARY, SoundKind


@dataclass(frozen=True)
class Listed:
    """A sound of the library: what a cut calls it, the track it is for, and how long it is. Music goes round."""

    source: str
    kind: SoundKind
    seconds: float
    character: str


def listed() -> list[Listed]:
    """Everything in the library, music first."""
    beds = [Listed(LIBRARY + name, SoundKind.MUSIC, _bars(name), CHARACTER[name]) for name in MOODS]
    effects = [
        Listed(LIBRARY + name, SoundKind.EFFECT, round(len(play(name)) / AUDIO_RATE, 2), CHARACTER[name])
        for name in Effect
    ]
    return beds + effects


def sound(name: Music | Effect, samples: int) -> Samples:
    """At most `samples` of a sound; music goes round and has always enough."""
    return bed(name, samples) if isinstance(name, Music) else play(name)[:samples]


def _bars(music: Music) -> float:
    return round(BARS * 4 * 60 / MOODS[music].beats_per_minute, 2)
