"""`python -m infra.web_types [FILE]` writes the web client's types from the models of the operations.

What is asked may leave out what has a default. What is answered, and what is stored, has every field. A type that is
both and differs is written twice, as `Brief` (answered) and `BriefInput` (asked). Two values stand beside the types,
which a form needs: a brief of which nothing is known yet, and the names of the voices.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.operation import Nothing, Operation
from api.registry import operations
from ugcgen.domain.chat import Draft
from ugcgen.models.voices import PROFILES, VOICES

TARGET = Path(__file__).resolve().parents[1] / "web" / "src" / "api" / "types.ts"

_HEAD = """\
// Written by `make web-types` from the Python models; a test fails where it is stale. Do not edit.
// Money is in micros (millionths of a US dollar), times are ISO 8601 in UTC, media are names of stored objects.
"""

Schema = Mapping[str, Any]


def as_typescript() -> str:
    """The whole file."""
    every = list(operations().values())
    answered = _Types("serialization", [kind for each in every for kind in each.answers])
    asked = _Types("validation", [each.request for each in every])
    renamed = _renamed(asked.texts, answered.texts)
    types = answered.texts | {
        renamed.get(name, name): _with_names(text, renamed)
        for name, text in asked.texts.items()
        if name in renamed or name not in answered.texts
    }
    declared = (f"export type {name} = {types[name]};" for name in sorted(types))
    calls = [each for each in every if not each.streams]
    streams = [each for each in every if each.streams]
    tables = [
        _table("Operations", calls, asked, answered, renamed),
        _table("Streams", streams, asked, answered, renamed),
    ]
    return "\n".join([_HEAD, *declared, "", *tables, *_values()])


class _Types:
    """The types that some models need, by name. ``mode`` is pydantic's: how they are asked for or answered."""

    def __init__(self, mode: Any, models: Iterable[type[BaseModel]]) -> None:
        self._complete = mode == "serialization"
        unique = [(model, mode) for model in dict.fromkeys(models)]
        names, schema = models_json_schema(unique, ref_template="{model}")
        definitions: Mapping[str, Schema] = schema["$defs"]
        self._names = {model: names[(model, mode)]["$ref"] for model, _ in unique}
        self.texts = {_plain_name(name): self._declared(each) for name, each in definitions.items()}

    def name(self, model: type[BaseModel]) -> str:
        return _plain_name(str(self._names[model]))

    def _declared(self, schema: Schema) -> str:
        return self._object(schema) if "properties" in schema else self._type(schema)

    def _object(self, schema: Schema) -> str:
        required = schema["properties"].keys() if self._complete else schema.get("required", [])
        fields = (
            f"  {name}{'' if name in required else '?'}: {self._type(each)};"
            for name, each in schema["properties"].items()
        )
        return "\n".join(["{", *fields, "}"])

    def _type(self, schema: Schema) -> str:
        match schema:
            case {"$ref": str(name)}:
                return _plain_name(name)
            case {"const": value}:
                return _literal(value)
            case {"enum": values}:
                return " | ".join(map(_literal, values))
            case {"anyOf": kinds}:
                return " | ".join(dict.fromkeys(self._type(kind) for kind in kinds))
            case {"type": "array", "items": items}:
                return f"({self._type(items)})[]" if "anyOf" in items or "enum" in items else f"{self._type(items)}[]"
            case {"type": "object", "additionalProperties": Mapping() as values}:
                return f"Record<string, {self._type(values)}>"
            case {"type": "object", "properties": _}:
                return self._object(schema)
            case {"type": "object"}:
                return "Record<string, unknown>"
            case {"type": "array"}:
                return "unknown[]"
            case {"type": "integer" | "number"}:
                return "number"
            case {"type": "string" | "boolean" | "null" as kind}:
                return str(kind)
        return "unknown"


def _literal(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def _plain_name(name: str) -> str:
    """pydantic joins a module to names that two modules have: of it, the last part is kept."""
    *module, last = name.split("__")
    return (module[-1].capitalize() if module else "") + last


def _renamed(asked: Mapping[str, str], answered: Mapping[str, str]) -> dict[str, str]:
    """The types that need a name of their own where they are asked: those that differ, and those that hold such."""
    differ = {name for name, text in asked.items() if name in answered and answered[name] != text}
    while True:
        hold = {name for name, text in asked.items() if name in answered and differ & set(re.findall(r"\w+", text))}
        if hold <= differ:
            return {name: f"{name}Input" for name in differ}
        differ |= hold


def _with_names(text: str, renamed: Mapping[str, str]) -> str:
    return re.sub(r"(?<!')\b[A-Z]\w+\b(?!')", lambda found: renamed.get(found[0], found[0]), text)


def _table(title: str, listed: Iterable[Operation], asked: _Types, answered: _Types, renamed: Mapping[str, str]) -> str:
    lines = [f"export type {title} = {{"]
    for each in listed:
        request = asked.name(each.request)
        wanted = "Record<string, never>" if each.request is Nothing else renamed.get(request, request)
        answers = " | ".join(answered.name(kind) for kind in each.answers)
        lines += [f"  /** {each.description} */", f"  {each.name}: {{ request: {wanted}; answer: {answers} }};"]
    return "\n".join([*lines, "};", ""])


def _values() -> list[str]:
    return [
        "/** A brief as it is where nothing was chosen. */",
        f"export const BRIEF: Brief = {json.dumps(Draft().model_dump(mode='json'), indent=2)};",
        "/** Voices that a brief may name: the product's own profiles, then the prebuilt ones. */",
        f"export const VOICES: readonly string[] = {json.dumps(list(PROFILES | VOICES))};",
        "",
    ]


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_text(as_typescript(), encoding="utf-8")


if __name__ == "__main__":
    main()
