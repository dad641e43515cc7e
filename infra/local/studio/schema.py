"""Filling a JSON schema: with what is known where something is, else with values made of the prompt's own words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from infra.local.studio.wire import field
from infra.local.studio.words import chance, keywords, names, sentence_case

Known = Mapping[str, Any]
Recognise = Callable[[Known], Known]
"""From the properties of an object schema to the values known for some of them."""

_UNKNOWN: Final = object()
_DEEPEST = 8
_FORMATS = {
    "date-time": "2026-01-15T09:00:00Z",
    "date": "2026-01-15",
    "time": "09:00:00",
    "email": "hello@example.com",
    "uri": "https://example.com/",
    "uuid": "6f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b",
}


@dataclass(frozen=True)
class Filler:
    """Fills one schema for one prompt; the same two always give the same document.

    `recognise` is asked at every object what is known about its properties.
    """

    root: Known
    text: str
    recognise: Recognise

    def fill(self) -> Any:
        return self._value(self.root, _UNKNOWN, "$", 0)

    def _value(self, schema: Known, known: Any, path: str, depth: int) -> Any:
        schema = self._resolved(schema, known)
        if "const" in schema:
            return schema["const"]
        if options := schema.get("enum"):
            return self._chosen(options, known, path)
        if known is None and _nullable(schema):
            return None
        match _type(schema):
            case "object":
                return self._object(schema, known, path, depth)
            case "array":
                return self._array(schema, known, path, depth)
            case "integer" | "number" as kind:
                return self._number(schema, known, path, whole=kind == "integer")
            case "boolean":
                return known if isinstance(known, bool) else chance(self.text, path).random() < 0.7
            case "null":
                return None
            case _:
                return self._string(schema, known, path)

    def _object(self, schema: Known, known: Any, path: str, depth: int) -> dict[str, Any]:
        properties: Known = schema.get("properties") or {}
        given: Known = known if isinstance(known, Mapping) else {}
        facts = given if given.keys() >= properties.keys() else {**self.recognise(properties), **given}
        required = schema.get("required") or []
        filled = {
            name: self._value(sub, facts.get(name, _UNKNOWN), f"{path}.{name}", depth + 1)
            for name, sub in properties.items()
            if name in required or depth < _DEEPEST
        }
        extra = field(schema, "additional_properties")
        if not properties and isinstance(extra, Mapping):
            filled = {w.lower(): self._value(extra, _UNKNOWN, f"{path}.{w}", depth + 1) for w in self._topics(path)[:2]}
        return filled

    def _array(self, schema: Known, known: Any, path: str, depth: int) -> list[Any]:
        least, most = int(field(schema, "min_items") or 0), int(field(schema, "max_items") or 10_000)
        listed = isinstance(known, Sequence) and not isinstance(known, str)
        entries = list(known) if listed else [_UNKNOWN] * min(3, most)
        if depth >= _DEEPEST:
            entries = []
        entries = entries[:most] + [_UNKNOWN] * max(0, least - len(entries))
        return [self._value(schema.get("items") or {}, e, f"{path}[{i}]", depth + 1) for i, e in enumerate(entries)]

    def _number(self, schema: Known, known: Any, path: str, whole: bool) -> float:
        low, high = _bound(schema, "minimum"), _bound(schema, "maximum")
        if isinstance(known, int | float) and not isinstance(known, bool):
            value = float(known)
        elif known is None:
            value = 0.0
        elif low is not None or high is not None:
            low_end = low if low is not None else min(0.0, high or 0.0)
            high_end = high if high is not None else low_end + 10
            value = low_end + (high_end - low_end) * chance(self.text, path).uniform(0.6, 0.9)
        else:
            value = float(chance(self.text, path).randint(1, 10))
        value = max(value, low) if low is not None else value
        value = min(value, high) if high is not None else value
        return round(value) if whole else round(value, 3)

    def _chosen(self, options: Sequence[Any], known: Any, path: str) -> Any:
        """The option nearest to what is known, else the one that the prompt speaks of, else the first."""
        if known in options:
            return known
        plain = {_plain(option): option for option in options if option is not None}
        if isinstance(known, str):
            wanted = _plain(known)
            close = [p for p in plain if p in wanted or wanted in p]
            close = close or difflib.get_close_matches(wanted, plain, n=1, cutoff=0.5)
            if close:
                return plain[close[0]]
        said = _plain(self.text)
        spoken = [option for p, option in plain.items() if re.search(rf"\b{re.escape(p)}\b", said)]
        # A prompt often lists all the options; only a choice that it makes itself counts.
        return spoken[0] if 0 < len(spoken) < len(plain) else options[0]

    def _string(self, schema: Known, known: Any, path: str) -> str:
        if known is not _UNKNOWN and known is not None:
            text = known if isinstance(known, str) else str(known)
        else:
            text = _FORMATS.get(str(schema.get("format"))) or self._invented(schema, path)
        longest = field(schema, "max_length")
        if longest is not None and len(text) > int(longest):
            text = text[: int(longest)].rsplit(" ", 1)[0] or text[: int(longest)]
        shortest = int(field(schema, "min_length") or 0)
        while len(text) < shortest:
            text += f" {text}" if text else "-"
        return text

    def _invented(self, schema: Known, path: str) -> str:
        name = re.sub(r"\[\d+\]$", "", path).rsplit(".", 1)[-1].lower()
        topics = self._topics(path)
        first = topics[0] if topics else "this"
        if re.search(r"(color|colour|hex)", name):
            return f"#{chance(self.text, path).randrange(1 << 24):06X}"
        if re.search(r"(^|_)(id|key|slug)$", name):
            return "-".join(topics[:2]).lower() or "item"
        if re.search(r"(url|uri|link)$", name):
            return f"https://example.com/{first.lower()}"
        if re.search(r"(title|name|headline|label)$", name):
            return next(iter(names(self.text)), " ".join(sentence_case(t) for t in topics[:3]) or "Untitled")
        if path.endswith("]"):
            return sentence_case(" ".join(topics[:2]) or first)
        about = ", ".join(topics[1:3])
        subject = str(schema.get("description") or name.replace("_", " ")).strip().rstrip(".")
        return f"{sentence_case(subject.split('.')[0])}: {first}{f' with {about}' if about else ''}."

    def _topics(self, path: str) -> list[str]:
        """Keywords of the prompt, turned round for each place so that neighbours differ."""
        found = keywords(self.text)
        shift = chance(path).randrange(len(found)) if found else 0
        if index := re.search(r"\[(\d+)\]$", path):
            shift = int(index.group(1)) * 2 % max(1, len(found))
        return found[shift:] + found[:shift]

    def _resolved(self, schema: Known, known: Any) -> Known:
        """Follow references and settle alternatives."""
        for _ in range(32):
            if reference := schema.get("$ref") or schema.get("ref"):
                schema = self._at(reference) | {k: v for k, v in schema.items() if k not in ("$ref", "ref")}
                continue
            options = schema.get("anyOf") or schema.get("any_of") or schema.get("oneOf")
            if options:
                rest = {k: v for k, v in schema.items() if k not in ("anyOf", "any_of", "oneOf")}
                wanted = [o for o in options if (_type(o) == "null") == (known is None)] or options
                schema = {**rest, **wanted[0]}
                continue
            if parts := schema.get("allOf"):
                merged = {k: v for k, v in schema.items() if k != "allOf"}
                for part in parts:
                    merged = {**merged, **part}
                schema = merged
                continue
            return schema
        raise ValueError("the schema refers to itself without end")

    def _at(self, reference: str) -> dict[str, Any]:
        place: Any = self.root
        for step in filter(None, reference.removeprefix("#").split("/")):
            place = place.get(step) if isinstance(place, Mapping) else None
        if not isinstance(place, Mapping):
            raise ValueError(f"the schema refers to {reference!r}, which it does not define")
        return dict(place)


def _type(schema: Known) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((k for k in kind if str(k).lower() != "null"), "null")
    if kind is None:
        kind = "object" if "properties" in schema else "array" if "items" in schema else "string"
    return str(kind).lower()


def _nullable(schema: Known) -> bool:
    kind = schema.get("type")
    return bool(schema.get("nullable")) or (isinstance(kind, list) and "null" in [str(k).lower() for k in kind])


def _bound(schema: Known, name: str) -> float | None:
    value = schema.get(name, schema.get(f"exclusive{sentence_case(name)}"))
    return None if value is None else float(value)


def _plain(value: Any) -> str:
    return re.sub(r"[\W_]+", " ", str(value)).strip().lower()
