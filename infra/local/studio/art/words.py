"""Reading a prompt: the place, the light, the shot, the action and whatever is said about the person and the product.

Prompts are free text (a template's blocks, "key: value" lines, JSON or plain prose), so everything here is a search for
the field's own vocabulary; what a prompt leaves open gets the usual choice of an ad.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeVar

Name = TypeVar("Name", bound=str)

Place = Literal["bedroom", "kitchen", "office", "car", "outdoor", "bathroom", "living room", "gym", "cafe", "backdrop"]
Light = Literal["soft", "golden", "studio", "dramatic", "night", "bright"]
Shot = Literal["extreme close-up", "close-up", "medium", "wide", "over-shoulder"]
Angle = Literal["eye level", "low", "high", "dutch"]
Expression = Literal["smiling", "excited", "surprised", "thoughtful", "neutral"]
Action = Literal["holding", "applying", "pointing", "unboxing", "at table", "talking", "display"]
Visibility = Literal["primary", "secondary", "background", "none"]
Movement = Literal[
    "static", "pan left", "pan right", "tilt up", "tilt down", "dolly in", "dolly out", "tracking", "handheld"
]

_PLACES: dict[Place, str] = {
    "bedroom": r"bedroom|\bbed\b|headboard",
    "kitchen": r"kitchen|countertop|stove",
    "office": r"\boffice\b|\bdesk\b|workspace|co-?working",
    "car": r"\bcar\b|driver'?s seat|passenger seat|dashboard",
    "outdoor": r"outdoors?|\bpark\b|street|garden|beach|forest|terrace|balcony|hiking|\btrail\b",
    "bathroom": r"bathroom|vanity|\bsink\b|shower",
    "living room": r"living ?room|\bsofa\b|couch|lounge",
    "gym": r"\bgym\b|workout|dumbbell|fitness",
    "cafe": r"\bcaf[eé]\b|coffee shop|restaurant",
    "backdrop": r"backdrop|seamless|plain background|white background|studio set|cyclorama|photo studio",
}
_LIGHTS: dict[Light, str] = {
    "golden": r"golden[ -]?hour|sunset|sunrise|warm sunlight|late afternoon",
    "night": r"\bnight\b|evening|candle|neon|moonlight",
    "dramatic": r"dramatic|moody|low[ -]key|chiaroscuro",
    "studio": r"studio light|softbox|ring light|beauty dish|lighting\W+(?:type\W+)?studio|key light",
    "bright": r"bright|sunny|midday|high[ -]key|airy",
    "soft": r"soft|natural|window|diffused|overcast",
}
_SHOTS: dict[Shot, str] = {
    "extreme close-up": r"extreme close[ -]?up|macro shot",
    "over-shoulder": r"over[ -](?:the[ -])?shoulder",
    "close-up": r"close[ -]?up|tight shot|headshot|portrait shot",
    "wide": r"\bwide\b(?! eyes|[ -]angle lens| lens)|full[ -]body|establishing|long shot",
    "medium": r"medium|mid[ -]?shot|waist[ -]up",
}
_ANGLES: dict[Angle, str] = {
    "low": r"low[ -]angle|from below",
    "high": r"high[ -]angle|from above|bird'?s?[ -]eye|top[ -]down|overhead",
    "dutch": r"dutch",
    "eye level": r"eye[ -]level",
}
_EXPRESSIONS: dict[Expression, str] = {
    "excited": r"excit|enthusias|thrilled|delight|energetic|laugh|joyful",
    "surprised": r"surpris|amazed|shock|astonish|\bwow\b",
    "thoughtful": r"thoughtful|pensive|concern|worried|frustrat|tired|curious|skeptic|serious|problem",
    "smiling": r"smil|happy|confident|friendly|satisfied|cheerful|glad|proud",
    "neutral": r"neutral expression|expressionless|passport",
}
_ACTIONS: dict[Action, str] = {
    "display": r"no person|without (?:a |any )?people|product only|product[ -]shot|packshot|flat[ -]?lay|still life",
    "unboxing": r"unbox|opens? (?:the|a) (?:box|package|parcel)|takes? .{0,30}out of (?:the|its) box",
    "applying": r"\bappl(?:y|ies|ying|ication)\b|onto (?:her|his|their|the) (?:skin|face|cheek)|massag|rubs?\b",
    "pointing": r"\bpoint(?:s|ing)\b",
    "holding": r"\bhold(?:s|ing)?\b|\bheld\b|in (?:her|his|their|the) hands?|shows? |presents?|lifts?|raises?",
    "at table": r"on (?:the|a) (?:table|counter|desk|vanity|shelf)|at (?:the|a) (?:table|counter|desk)",
    "talking": r"talk|speak|says|to (?:the )?camera",
}
_MOVEMENTS: dict[Movement, str] = {
    "dolly in": r"doll(?:y|ies|ying)[ -](?:shot[ -])?in|push(?:es)?[ -]in|zoom(?:s|ing)?[ -]in",
    "dolly out": r"doll(?:y|ies|ying)[ -]out|pull(?:s|ing)?[ -](?:back|out)|zoom(?:s|ing)?[ -]out",
    "pan left": r"pan(?:s|ning)?[ -](?:to the )?left",
    "pan right": r"pan(?:s|ning)?[ -](?:to the )?right",
    "tilt up": r"tilt(?:s|ing)?[ -]up",
    "tilt down": r"tilt(?:s|ing)?[ -]down",
    "tracking": r"\btracking\b|orbit|dolly shot|slider",
    "static": r"static|locked[ -]off|tripod|stationary camera",
    "handheld": r"hand[ -]?held|selfie|shaky",
}
_HIDDEN = re.compile(
    r"product(?:[ -]visibility)?\W{0,4}(?:is\s+|are\s+)?(?:none\b|not (?:visible|shown|in frame)|off[ -]?screen|hidden)"
    r"|no product\b|without the product"
)
_VISIBILITIES: dict[Visibility, str] = {
    "primary": r"product[ -]visibility\W{0,6}(?:is\s+)?primary|product is the main",
    "secondary": r"product[ -]visibility\W{0,6}(?:is\s+)?secondary|product is (?:clearly )?seen beside",
    "background": r"product[ -]visibility\W{0,6}(?:is\s+)?background|product (?:is|stands) in the background",
}
_SPOKEN = re.compile(
    r"\b(?:say(?:s|ing)?|dialogue|speak(?:s|ing)?|line)\b[^\"“”\n]{0,120}[\"“]([^\"”]{2,})[\"”]", re.IGNORECASE
)
_MUTE = re.compile(r"\b(?:no (?:speech|dialogue|talking|spoken)|silent(?:ly)?|does(?: not|n't) (?:speak|talk))\b", re.I)
_SPEAKS = re.compile(r"\bspeak(?:s|ing)\b|\bsay(?:s|ing) to (?:the )?camera", re.I)
# What a prompt forbids must not be drawn: a list of it runs to the end of its line, a ban to the end of its clause.
_FORBIDDEN = re.compile(r"\b(?:negative(?: prompt)?|avoid|prohibited)\b[^\n]*|\b(?:never|do not|don't)\b[^.;\n]*", re.I)
_OTHER_NOUN = re.compile(
    r"\b(?:with|wearing|in|has|hair|skin|eyes|beard|lips|face|smile|woman|man|girl|guy|person|shirt|sweater|top"
    r"|and (?=\w+ \w+$))\b"
)
_FIELD = re.compile(r"[.;\n{}]|(?=\b[a-z_]+\"?\s*:)", re.IGNORECASE)


@dataclass(frozen=True)
class Scene:
    """What a prompt asks to see."""

    place: Place
    light: Light
    light_from: Literal["left", "right"]
    shot: Shot
    angle: Angle
    expression: Expression
    action: Action
    visibility: Visibility
    movement: Movement
    text: str
    """The prompt in lower case, without quoted dialogue and without what it forbids."""


def read_scene(prompt: str) -> Scene:
    """The scene a prompt describes, with the usual choices where it says nothing."""
    text = plain(prompt)
    happens = _block(text, "scene")
    around = _block(text, "environment")
    camera = _block(text, "camera")
    lit = about(around, "(?:light|lighting)") or around
    action = _first(happens, _ACTIONS, "talking", ordered=True)
    if "no person" in text:
        action = "display"
    visibility = _visibility(happens, action)
    if action == "talking" and visibility == "primary":
        action = "holding"
    return Scene(
        place=_most(about(around, "(?:setting|place|background|location)") or around, _PLACES, "living room"),
        light=_first(lit, _LIGHTS, "soft", ordered=True),
        light_from="right" if re.search(r"(?:from|on) (?:the |camera[ -])?right|right side light", lit) else "left",
        shot=_first(camera, _SHOTS, "medium"),
        angle=_first(camera, _ANGLES, "eye level"),
        expression=_first(about(happens, "expression") or happens, _EXPRESSIONS, "smiling"),
        action=action,
        visibility=visibility,
        movement=_first(camera, _MOVEMENTS, "handheld"),
        text=text,
    )


def _visibility(text: str, action: Action) -> Visibility:
    if _HIDDEN.search(text):
        return "none"
    stated = next((shown for shown, pattern in _VISIBILITIES.items() if re.search(pattern, text)), None)
    if stated:
        return stated
    if action == "talking":
        return "secondary" if re.search(r"product|bottle|jar|serum|package", text) else "none"
    return "primary"


def plain(prompt: str) -> str:
    """The prompt in lower case with underscores opened, without what is said aloud and what is forbidden."""
    return _FORBIDDEN.sub(" ", _unspoken(prompt)).lower().replace("_", " ")


def spoken_line(prompt: str) -> str | None:
    """The line the clip itself speaks, or None: quoted dialogue in a prompt that says somebody speaks it."""
    line, directions = _SPOKEN.search(prompt), _unspoken(prompt)
    if not line or _MUTE.search(directions) or not _SPEAKS.search(directions):
        return None
    return line.group(1).strip()


def _unspoken(prompt: str) -> str:
    """The prompt without its dialogue."""
    return _SPOKEN.sub(lambda found: found.group(0).replace(found.group(1), ""), prompt)


def _block(text: str, name: str) -> str:
    """The block of a template that begins with [name], or [name ... block]; the whole text if it has no such block."""
    found = re.search(rf"\[{name}(?: [a-z ]+)?\](.*?)(?=\n\s*\[[a-z ]+\]|\Z)", text, re.DOTALL)
    return found.group(1) if found else text


def about(text: str, noun: str) -> str:
    """What lower-case `text` says of `noun`: its "noun: ..." field, else the words before each mention, else ""."""
    for field in _FIELD.split(text):
        label, colon, said = (field or "").partition(":")
        if colon and re.fullmatch(rf"\W*(?:\w+ )?{noun}\W*", label) and said.strip():
            return said.strip()
    before = re.compile(rf"((?:[\w#-]+[ ,]+){{1,6}}){noun}\b")
    mentions = [_OTHER_NOUN.split(found.group(1))[-1].strip(" ,") for found in before.finditer(text)]
    return "; ".join(mention for mention in mentions if mention)


def _first(text: str, words: dict[Name, str], otherwise: Name, *, ordered: bool = False) -> Name:
    """The entry met first in the text, or (`ordered`) first in the table."""
    hits = [(found.start(), name) for name, pattern in words.items() if (found := re.search(pattern, text))]
    if not hits:
        return otherwise
    return hits[0][1] if ordered else min(hits, key=lambda hit: hit[0])[1]


def _most(text: str, words: dict[Name, str], otherwise: Name) -> Name:
    """The entry met most often, the earliest of equals."""
    starts = {name: [found.start() for found in re.finditer(pattern, text)] for name, pattern in words.items()}
    met = [name for name, places in starts.items() if places]
    return min(met, key=lambda name: (-len(starts[name]), starts[name][0]), default=otherwise)
