"""The scriptwriter: a brief in, a spoken ad out, scene by scene as the outline asks.

Lines come from a bank of phrases. For every scene many drafts are put together, scored by how well they fit the
length, name the product, use the brief and avoid what was said before, and the best one is kept.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from infra.local.studio.errors import invalid
from infra.local.studio.words import chance, sentence_case

_DRAFTS: Final = 160
_LEAST: Final = 0.72  # share of the allowed words that a scene must use
_MUST_NAME: Final = frozenset({"hook", "intro", "solution", "unboxing", "cta"})
_PROVES: Final = ("solution", "demonstration", "application", "testimonial", "unboxing", "hook")
_DEFAULT_OUTLINE: Final = ("hook", "problem", "solution", "demonstration", "cta")
_PRODUCT = re.compile(r"(?:product(?: name)?\s*[:=]|\bfor|\babout)\s+[\"“]?([A-Z][\w'’&-]*(?: [A-Z0-9][\w'’&%-]*)*)")
_BRIEF = re.compile(r"<brief>\s*(\{.*\})\s*</brief>", re.S)


class Beat(BaseModel):
    """One scene as the outline asks for it."""

    model_config = ConfigDict(extra="ignore")

    scene_number: int
    scene_type: str = "hook"
    duration_seconds: float = 8
    max_words: int | None = None
    note: str | None = None


class Strategy(BaseModel):
    """How an ad is going to persuade, as it was planned before."""

    model_config = ConfigDict(extra="ignore")

    pain_point: str = ""
    key_selling_points: list[str] = []


class Brief(BaseModel):
    model_config = ConfigDict(extra="ignore")

    product_name: str = ""
    brand: str | None = None
    prompt: str | None = None
    tone: str | None = None
    style: str | None = None
    platform: str | None = None
    background: str | None = None
    language: str | None = None
    selling_points: list[str] = []
    words_per_minute: float = 150
    creative_brief: Strategy = Strategy()
    outline: list[Beat] = []

    @property
    def points(self) -> list[str]:
        """What can be said for the product, the weightiest first."""
        return list(dict.fromkeys([*self.creative_brief.key_selling_points, *self.selling_points]))

    def words_in(self, beat: Beat) -> int:
        """How many words a scene has time for."""
        return beat.max_words or int(beat.duration_seconds * self.words_per_minute / 60)


def brief_of(text: str) -> Brief:
    """The brief in a prompt, or one made of its words; raises a 400 when the marked JSON is not a brief."""
    if found := _BRIEF.search(text):
        try:
            brief = Brief.model_validate(json.loads(found.group(1)))
        except (ValidationError, json.JSONDecodeError) as error:
            raise invalid(f"The JSON between <brief> and </brief> is not a brief: {error}") from None
    else:
        named = _PRODUCT.search(text)
        brief = Brief(product_name=named.group(1) if named else "", prompt=text[:600])
    if not brief.outline:
        brief.outline = [Beat(scene_number=i, scene_type=t) for i, t in enumerate(_DEFAULT_OUTLINE, start=1)]
    return brief


def written(brief: Brief, said: Sequence[str] = ()) -> dict[str, Any]:
    """The script of a brief, with every field the writer has an opinion on, in other lines than were `said` before."""
    facts = _facts(brief)
    memory = _Memory({sentence for line in said for sentence in sentences(line)})
    rng = chance(brief.model_dump_json(), *said)
    scenes = [_scene(beat, brief, facts, memory, rng) for beat in brief.outline]
    tone = _tone(brief)
    return {
        "title": f"{facts['product']}: {_TITLES[tone]}",
        "total_duration": sum(beat.duration_seconds for beat in brief.outline),
        "scenes": scenes,
        "audio_direction": f"{_DELIVERY[tone]}, first person, recorded on a phone, like telling a friend",
    }


def planned(brief: Brief) -> dict[str, Any]:
    """How the ad of a brief is going to persuade, one sentence each."""
    facts = _facts(brief)
    before, after = _FEELINGS[_tone(brief)]
    return {
        "hook_strategy": f"Open close up on a face that admits to {facts['pain']}, before {facts['product']} is named.",
        "pain_point": facts["pain"],
        "key_selling_points": brief.points,
        "emotional_journey": f"From {before} about {facts['pain']}, through doubt, to {after}.",
        "cta_approach": f"Ask the viewer, as a friend would, to try {facts['product']} and see what happens.",
    }


_FEELINGS = {
    "default": ("being fed up", "quiet relief"),
    "energetic": ("impatience", "excitement"),
    "calm": ("tension", "calm"),
    "funny": ("comic despair", "laughing about it"),
    "luxurious": ("settling for less", "a small indulgence"),
}
_TITLES = {
    "default": "an honest first take",
    "energetic": "you have to see this",
    "calm": "my quiet little ritual",
    "funny": "I have no excuses left",
    "luxurious": "the small luxury",
}
_DELIVERY = {
    "default": "Warm and conversational",
    "energetic": "Bright, fast and excited",
    "calm": "Soft, slow and close",
    "funny": "Dry and playful, with a grin",
    "luxurious": "Low, smooth and unhurried",
}


@dataclass
class _Memory:
    """What the script has already said."""

    lines: set[str] = field(default_factory=set)
    points: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """One sentence as it is spoken, the number of its words, and the selling point it makes."""

    text: str
    words: int
    point: str = ""


def _scene(beat: Beat, brief: Brief, facts: Mapping[str, str], memory: _Memory, rng: random.Random) -> dict[str, Any]:
    kind = beat.scene_type if beat.scene_type in _bank()["opener"] else "demonstration"
    stage = _bank()["stage"][kind]
    turn = beat.scene_number - 1

    def taken(name: str) -> str:
        options: list[str] = stage[name]
        return options[turn % len(options)].format_map(facts)

    place = (brief.background or "").replace("_", " ") or "room"
    return {
        "scene_number": beat.scene_number,
        "scene_type": beat.scene_type,
        "duration_seconds": beat.duration_seconds,
        "dialogue": _dialogue(beat, kind, brief, facts, memory, rng),
        "action": sentence_case(f"{taken('action')}, in the {place.removeprefix('the ')}"),
        "expression": sentence_case(taken("expression")),
        "setting": place,
        "camera": {
            "body": "smartphone",
            "lens": "24mm main camera",
            "shot_type": taken("shot"),
            "angle": "eye_level",
            "movement": taken("movement"),
            "focus": "product" if stage["product_visibility"] == "primary" else "face",
        },
        "lighting": {
            "type": "natural",
            "direction": "front_45",
            "color_temp": "5200K" if "outdoor" in place or "car" in place else "4600K",
            "intensity": "medium",
            "key_intensity": 0.8,
            "fill_intensity": 0.4,
            "rim": False,
        },
        "product_visibility": stage["product_visibility"],
        "product_action": sentence_case(stage["product_action"]),
        "audio_notes": sentence_case(stage["audio"]),
        "join": "cut",
    }


# -- dialogue ------------------------------------------------------------------------------------------------------


def _dialogue(
    beat: Beat, kind: str, brief: Brief, facts: Mapping[str, str], memory: _Memory, rng: random.Random
) -> str:
    most = brief.words_in(beat)
    if most < 1:
        return ""
    best: list[_Line] = []
    for stock in _stocks(kind, brief, facts, memory):
        drafts = (_draft(stock, most, rng) for _ in range(_DRAFTS))
        best = max(drafts, key=lambda draft: _score(draft, kind, most, facts))
        if sum(line.words for line in best) >= _LEAST * most:
            break
    memory.lines |= {sentence for line in best for sentence in _sentences(line.text)}
    memory.points += [line.point for line in best if line.point]
    return " ".join(line.text for line in best)


@dataclass(frozen=True)
class _Stock:
    """The lines a scene may be made of: how it can begin, what it can go on with, and small change."""

    openers: Sequence[_Line]
    more: Sequence[_Line]
    fillers: Sequence[_Line]


def _stocks(kind: str, brief: Brief, facts: Mapping[str, str], memory: _Memory) -> Iterator[_Stock]:
    """First the lines of this kind of scene, then of any kind, at last those that were said before.

    A scene of a kind whose openings are all said begins with any line that is not.
    """
    bank = _bank()
    unsaid = [point for point in brief.points if point.strip() and point not in memory.points]
    claims = [line for point in unsaid if kind in _PROVES for line in _claims(point)]
    own = bank["body"].get(kind, [])
    others = [line for other in _PROVES for line in bank["body"].get(other, [])]
    fillers = [*bank["filler"][_tone(brief)], *bank["filler"]["default"]]
    for body, said in ((own, memory.lines), ([*own, *others], memory.lines), ([*own, *others], set[str]())):
        pools = ((bank["opener"][kind], said), (others, said), (bank["opener"][kind], set[str]()))
        openers = next(filter(None, (_lines(pool, facts, taken) for pool, taken in pools)), [])
        yield _Stock(openers, [*claims, *_lines(body, facts, said)], _lines(fillers, facts, said))


def _draft(stock: _Stock, most: int, rng: random.Random) -> list[_Line]:
    """An opener, then sentences as long as they fit, then small change to reach the least length."""
    draft: list[_Line] = []
    points: set[str] = set()
    left = most
    for pool, picks in ((stock.openers, 1), (stock.more, 2 + most // 12), (stock.fillers, 3 + most // 15)):
        for _ in range(picks):
            if pool is stock.fillers and most - left >= _LEAST * most:
                break
            fitting = [line for line in pool if line.words <= left and line not in draft and line.point not in points]
            if fitting:
                draft.append(rng.choice(fitting))
                left -= draft[-1].words
                points |= {draft[-1].point} - {""}
    return draft


def _score(draft: Sequence[_Line], kind: str, most: int, facts: Mapping[str, str]) -> float:
    text = " ".join(line.text for line in draft)
    used = sum(line.words for line in draft) / most
    named = text.count(facts["product"])
    score = -4.0 * abs(used - 0.9) - (20 if used < _LEAST else 0)
    score += 3.0 if named == 1 and kind in _MUST_NAME else 0
    score -= 4.0 * max(0, named - 1)
    score += 2.5 if any(line.point for line in draft) else 0
    score += 1.5 if facts["pain"] in text and kind == "problem" else 0
    score -= 0.4 * max(0, len(draft) - 3)
    return score - 0.5 * sum(1 for line in draft if line.words <= 2)


def _lines(templates: Iterable[str], facts: Mapping[str, str], said: AbstractSet[str]) -> list[_Line]:
    texts = (sentence_case(template.format_map(facts)) for template in templates)
    return [_Line(text, len(text.split())) for text in dict.fromkeys(texts) if not said & _sentences(text)]


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [sentence for sentence in re.split(r"(?<=[.!?])\s+", text.strip()) if sentence]


def _sentences(text: str) -> set[str]:
    return set(sentences(text))


def _claims(point: str) -> list[_Line]:
    spoken = point.strip().rstrip(".!")
    spoken = spoken if spoken[:2].isupper() or spoken[:1].isdigit() else spoken[:1].lower() + spoken[1:]
    bare = re.sub(r"^(an?|the|with|its|our)\s+", "", spoken)
    slots = {"point": spoken, "Point": sentence_case(spoken), "bare": bare}
    texts = [sentence_case(template.format_map(slots)) for template in _bank()["claim"][_grammar(spoken)]]
    return [_Line(text, len(text.split()), point) for text in texts]


_ADJECTIVE = re.compile(
    r"^(?:\d+% )?(?:vegan|organic|natural|refillable|recyclable|waterproof|wireless|lightweight|affordable|gentle|"
    r"handmade|compact|portable|sustainable|soft|tiny|quiet|fast|easy|light|unscented|tested|approved|safe|"
    r"[\w-]+-?(?:free|proof|friendly|tested|approved|safe|certified|resistant|washable|made|less|able))"
    r"(?:\s+(?:and|for|to|in|on|by|enough)\b.*|,.*)?$",
    re.I,
)


def _grammar(point: str) -> str:
    """Which kind of phrase a selling point is, so that a sentence can carry it."""
    first, *rest = point.lower().split()
    known = {kind: set(words.split()) for kind, words in _bank()["grammar"].items()}
    if first in known["lack"]:
        return "lack"
    if first in known["verb"]:
        return "verb"
    if _ADJECTIVE.match(point) or (rest and re.fullmatch(r"[a-z-]+(?:ed|made)", first)):
        return "adjective"
    if first in known["action"] and rest:
        return "action"
    if first in known["clause"]:
        return "clause"
    return "noun"


# -- facts ---------------------------------------------------------------------------------------------------------

_PAIN = re.compile(
    r"(?:tired of|sick of|fed up with|struggl\w+ with|frustrated (?:by|with)|instead of|say goodbye to|no more|"
    r"annoyed (?:by|with)|done with)\s+([^.,;:!?\n]{4,48})",
    re.I,
)
_TIME = re.compile(
    r"\b(?:in|after|within|for)\s+((?:just\s+)?(?:\d+|a|one|two|three|four|five|six|seven|eight|ten|fourteen|thirty)\s+"
    r"(?:days?|weeks?|months?))\b",
    re.I,
)


def _facts(brief: Brief) -> dict[str, str]:
    """The values of the phrases' slots."""
    product = brief.product_name.strip() or "this"
    said = brief.prompt or ""
    kind = _kind(f"{product} {brief.style or ''}") or _kind(said) or _bank()["kind"][-1]
    thing = next((w for w in kind["words"] if re.search(rf"\b{w}\b", product.lower())), kind["thing"])
    pain = _PAIN.search(said)
    time = _TIME.search(said)
    return {
        "product": product,
        "short": (brief.brand or "").strip() or product,
        "thing": thing,
        "pain": _noun_phrase(brief.creative_brief.pain_point) or (pain.group(1).strip() if pain else kind["pain"]),
        "use": kind["use"],
        "moment": kind["moment"],
        "result": kind["result"],
        "time": time.group(1).removeprefix("just ").strip() if time else "three weeks",
        "place": _bank()["place"].get(brief.background or "", "bag"),
    }


def _noun_phrase(said: str) -> str:
    """What was said if a sentence can carry it, else nothing."""
    phrase = said.strip().rstrip(".!")
    return phrase[:1].lower() + phrase[1:] if len(phrase.split()) <= 8 else ""


def _kind(text: str) -> dict[str, Any] | None:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return next((kind for kind in _bank()["kind"] if words & set(kind["words"])), None)


def _tone(brief: Brief) -> str:
    return tone_of(f"{brief.tone or ''} {brief.style or ''}")


def tone_of(text: str) -> str:
    """The tone that a text names, else "default"."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return next((tone for tone, signs in _bank()["tone"].items() if words & set(signs)), "default")


@cache
def _bank() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text())
