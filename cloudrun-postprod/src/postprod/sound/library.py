"""The sounds that come with the product, all of them made by its own code: `library/<name>` in a cut.

They are part of UGCGen and under its licence; a film may use them wherever it is shown.
"""

from dataclasses import dataclass

from postprod.sound.effects import play
from postprod.sound.music import BARS, MOODS, bed
from postprod.sound.samples import Samples
from ugcgen.domain.enums import Effect, Music
from ugcgen.domain.sound import AUDIO_RATE, LIBRARY, SoundKind


@dataclass(frozen=True)
class Listed:
    """A sound of the library: what a cut calls it, the track it is for, and how long it is. Music goes round."""

    source: str
    kind: SoundKind
    seconds: float
    character: str


_CHARACTER: dict[Music | Effect, str] = {
    Music.CALM: "slow electric piano over a wide pad",
    Music.WARM: "picked guitar, homely, a light shaker",
    Music.UPBEAT: "four on the floor, chopped guitar, claps",
    Music.BRIGHT: "marimba and guitar, cheerful and plain",
    Music.DREAMY: "bells over strings in a large room",
    Music.LOFI: "jazz chords, lazy swung drums",
    Music.GROOVE: "funky bass and snare",
    Music.CINEMATIC: "strings and deep drums, grave",
    Effect.WHOOSH: "air that passes from left to right",
    Effect.SWOOSH: "the same, shorter and sharper",
    Effect.POP: "a bubble",
    Effect.CLICK: "a dry click",
    Effect.DING: "one small bell",
    Effect.SPARKLE: "five bells upward",
    Effect.RISER: "a rise that stops at its height",
    Effect.HIT: "a deep blow in a room",
    Effect.SHUTTER: "a camera's shutter",
    Effect.CASH_REGISTER: "a drawer and its bell",
    Effect.NOTIFICATION: "two notes of a phone",
}


def listed() -> list[Listed]:
    """Everything in the library, music first."""
    beds = [Listed(LIBRARY + name, SoundKind.MUSIC, _bars(name), _CHARACTER[name]) for name in MOODS]
    effects = [
        Listed(LIBRARY + name, SoundKind.EFFECT, round(len(play(name)) / AUDIO_RATE, 2), _CHARACTER[name])
        for name in Effect
    ]
    return beds + effects


def sound(name: Music | Effect, samples: int) -> Samples:
    """At most `samples` of a sound; music goes round and has always enough."""
    return bed(name, samples) if isinstance(name, Music) else play(name)[:samples]


def _bars(music: Music) -> float:
    return round(BARS * 4 * 60 / MOODS[music].beats_per_minute, 2)
