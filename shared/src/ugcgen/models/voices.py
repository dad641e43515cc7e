"""The voices a brief may name, and how each sounds: what a provider without them needs to come near."""

from enum import StrEnum

from ugcgen.domain.errors import InvalidInput
from ugcgen.domain.model import Value
from ugcgen.models.nearest import nearest_name


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Voice(Value):
    """``pitch`` is semitones above and ``rate`` a factor on the pace of a plain voice of the same gender."""

    gender: Gender
    pitch: float = 0
    rate: float = 1


def _female(pitch: float = 0, rate: float = 1) -> Voice:
    return Voice(gender=Gender.FEMALE, pitch=pitch, rate=rate)


def _male(pitch: float = 0, rate: float = 1) -> Voice:
    return Voice(gender=Gender.MALE, pitch=pitch, rate=rate)


VOICES = {
    "Kore": _female(),  # firm
    "Zephyr": _female(1.5, 1.03),  # bright
    "Leda": _female(2, 1.02),  # youthful
    "Aoede": _female(1, 1.04),  # breezy
    "Callirrhoe": _female(0, 0.97),  # easy-going
    "Autonoe": _female(1.5),  # bright
    "Despina": _female(-0.5),  # smooth
    "Erinome": _female(0.5),  # clear
    "Laomedeia": _female(1, 1.05),  # upbeat
    "Achernar": _female(-0.5, 0.95),  # soft
    "Gacrux": _female(-2, 0.97),  # mature
    "Pulcherrima": _female(0.5, 1.04),  # forward
    "Vindemiatrix": _female(-1, 0.95),  # gentle
    "Sulafat": _female(-0.5, 0.98),  # warm
    "Puck": _male(1, 1.05),  # upbeat
    "Charon": _male(-0.5),  # informative
    "Fenrir": _male(1.5, 1.06),  # excitable
    "Orus": _male(),  # firm
    "Enceladus": _male(-0.5, 0.96),  # breathy
    "Iapetus": _male(0.5),  # clear
    "Umbriel": _male(0, 0.97),  # easy-going
    "Algieba": _male(-0.5),  # smooth
    "Algenib": _male(-2, 0.97),  # gravelly
    "Rasalgethi": _male(0.5, 1.02),  # informative
    "Alnilam": _male(),  # firm
    "Schedar": _male(0, 0.98),  # even
    "Achird": _male(1, 1.02),  # friendly
    "Zubenelgenubi": _male(-1, 0.98),  # casual
    "Sadachbia": _male(1, 1.05),  # lively
    "Sadaltager": _male(-1),  # knowledgeable
}
"""The prebuilt voices of the Gemini API. Google says of each its gender and one word, by which it is tuned."""

PROFILES = {
    "Kore": "Kore",  # firm: the product's own first choice, and there is one of that name
    "Sage": "Sulafat",  # warm: somebody of experience who recommends
    "Mica": "Leda",  # youthful: the friend who found something new
    "Lyra": "Aoede",  # breezy: light and melodious, as the lyre it is named after
}
"""The product's voice profiles, each spoken by the prebuilt voice whose character comes nearest."""


def voice_named(name: str) -> str:
    """The prebuilt voice for a voice or profile. Raises InvalidInput for an unknown one."""
    voice = PROFILES.get(name, name)
    if voice not in VOICES:
        known = sorted(VOICES.keys() | PROFILES.keys())
        close = nearest_name(name, known)
        instead = f"did you mean {close}?" if close else f"use one of {', '.join(known)}"
        raise InvalidInput(f"there is no voice {name!r}; {instead}", field="voice")
    return voice
