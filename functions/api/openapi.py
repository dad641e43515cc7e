"""The description of the REST API as OpenAPI 3.1, made from the operations and their models."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from api import registry
from api.failure import ErrorBody
from api.operation import Access, Operation
from ugcgen.cloud.settings import settings

Json = dict[str, Any]
Schemas = Mapping[Any, Json]

_COMPONENTS = "#/components/schemas/"
_JSON = "application/json"
ABOUT = (
    "From a brief and a few photos to a finished vertical video ad. Every call but a few carries the ID token of a "
    "signed-in user as a bearer token. Times are UTC, money is in micros (millionths of a US dollar)."
)


@cache
def as_json() -> str:
    return json.dumps(document(), indent=1)


def document() -> Json:
    """The whole description."""
    operations = registry.operations().values()
    asked: list[tuple[type[BaseModel], JsonSchemaMode]] = [(each.request, "validation") for each in operations]
    asked += [(answer, "serialization") for each in operations for answer in each.answers]
    named, definitions = models_json_schema(
        [*asked, (ErrorBody, "serialization")], ref_template=_COMPONENTS + "{model}"
    )
    schemas: Json = definitions["$defs"]
    paths: Json = {}
    for each in operations:
        for n, path in enumerate(each.paths):
            described = _described(each, path, named, schemas)
            described["operationId"] = f"{each.name}{n + 1 if n else ''}"
            paths.setdefault(path, {})[each.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "UGCGen", "version": settings().app_version, "description": ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [{"idToken": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {"Error": _refused(named)},
            "securitySchemes": {
                "idToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "An ID token of Firebase Auth, valid for an hour.",
                }
            },
        },
    }


def _described(each: Operation, path: str, named: Schemas, schemas: Json) -> Json:
    in_path = set(re.findall(r"{(\w+)}", path))
    model = _name(named[each.request, "validation"])
    fields: Json = schemas[model].get("properties", {})
    described: Json = {
        "summary": each.summary,
        "description": _for_whom(each),
        "tags": [each.run.__module__.rpartition(".")[2]],
        "parameters": [_parameter(name, fields[name], "path") for name in fields if name in in_path],
        "responses": {"200": _answered(each, named), "4XX": _ERROR, "5XX": _ERROR},
    }
    if each.access is Access.ANYONE:
        described["security"] = []
    if each.method in {"GET", "DELETE"}:
        described["parameters"] += [_parameter(name, fields[name], "query") for name in fields if name not in in_path]
    elif rest := fields.keys() - in_path:
        body = _without(schemas, model, in_path)
        needed = bool(rest & set(schemas[model].get("required", [])))
        described["requestBody"] = {"required": needed, "content": {_JSON: {"schema": body}}}
    return described


_ERROR = {"$ref": "#/components/responses/Error"}


def _for_whom(each: Operation) -> str:
    whom = {Access.ANYONE: " Nobody has to sign in for it.", Access.ADMINS: " For administrators."}
    return each.description + whom.get(each.access, "")


def _parameter(name: str, field: Json, place: str) -> Json:
    schema = {key: value for key, value in field.items() if key != "description"}
    described = {"name": name, "in": place, "required": place == "path", "schema": schema}
    return described | ({"description": field["description"]} if "description" in field else {})


def _without(schemas: Json, model: str, in_path: set[str]) -> Json:
    """A reference to the model without the fields that the path holds."""
    if not in_path:
        return {"$ref": _COMPONENTS + model}
    whole = schemas[model]
    rest = {name: field for name, field in whole["properties"].items() if name not in in_path}
    needed = [name for name in whole.get("required", []) if name not in in_path]
    schemas[f"{model}Body"] = whole | {"title": f"{model}Body", "properties": rest, "required": needed}
    return {"$ref": f"{_COMPONENTS}{model}Body"}


def _answered(each: Operation, named: Schemas) -> Json:
    schemas = [named[answer, "serialization"] for answer in each.answers]
    if not each.streams:
        return {"description": "What was asked for.", "content": {_JSON: {"schema": schemas[0]}}}
    events = {kind.model_fields["event"].default: schema for kind, schema in zip(each.answers, schemas, strict=True)}
    ends = {"done": {"type": "object"}, "error": named[ErrorBody, "serialization"]}
    event = {
        "type": "object",
        "properties": {"event": {"enum": [*events, *ends]}, "data": {"type": "string"}},
        "required": ["event", "data"],
    }
    return {
        "description": "Server-sent events. The data of each is JSON; the last is `done` or `error`.",
        "content": {"text/event-stream": {"schema": event, "x-events": events | ends}},
    }


def _refused(named: Schemas) -> Json:
    return {
        "description": "The request was refused: a code, one sentence, and the field to blame where it is one.",
        "headers": {"Retry-After": {"description": "Seconds after which to come back.", "schema": {"type": "integer"}}},
        "content": {_JSON: {"schema": named[ErrorBody, "serialization"]}},
    }


def _name(reference: Json) -> str:
    return str(reference["$ref"]).removeprefix(_COMPONENTS)
