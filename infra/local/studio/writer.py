"""The writer: answers a prompt, as free text or as a document of any JSON schema.

Schemas of an advertising studio are recognised by the names of their properties, wherever in a schema they stand, and
answered by those who know: the scriptwriter, and the reader of photos. All else is filled from the prompt's words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from infra.local.studio import chat, script
from infra.local.studio.errors import invalid
from infra.local.studio.prompt import Prompt
from infra.local.studio.reading import (
    View,
    person_in_words,
    person_similarity,
    product_in_words,
    product_similarity,
    views,
)
from infra.local.studio.schema import Filler
from infra.local.studio.words import keywords, names


def write(prompt: Prompt, schema: Mapping[str, Any] | None) -> str:
    """The answer to a prompt: JSON where a schema is given (an empty one asks for any object), else plain words."""
    if schema is None:
        return chat.answer(prompt)
    if not schema:
        schema = {"type": "object", "properties": {"answer": {"type": "string"}}}
    reader = _Reader(prompt)
    try:
        document = Filler(schema, prompt.question or prompt.text, reader.known).fill()
    except ValueError as error:
        raise invalid(f"Invalid value at 'generation_config.response_schema': {error}") from None
    return json.dumps(document, ensure_ascii=False)


class _Reader:
    """What is known for one prompt about the properties of an object; photos are read once, when first needed."""

    def __init__(self, prompt: Prompt) -> None:
        self._prompt = prompt
        self._photos: list[View] | None = None

    def known(self, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        asked = set(properties)
        if {"title", "scenes"} <= asked:
            return script.refined(self._prompt.text) or script.written(script.brief_of(self._prompt.text))
        if {"hook_strategy", "pain_point"} <= asked:
            return script.strategy(script.brief_of(self._prompt.text))
        if any(name.endswith("similarity") for name in asked):
            return self._judgement(self._frames()[0])
        if "frames" in asked:
            return {"frames": [self._judgement(frame) for frame in self._frames()]}
        if {"product_type", "colors"} <= asked:
            return self._product()
        if {"face", "skin", "hair"} <= asked or "angle" in asked:
            return self._person()
        if asked & {"answer", "reply", "message"}:
            return dict.fromkeys(("answer", "reply", "message"), chat.answer(self._prompt))
        return {}

    def _views(self) -> list[View]:
        if self._photos is None:
            self._photos = views(self._prompt.photos)
        return self._photos

    def _frames(self) -> list[View]:
        """The photos to be judged, in order: those called frames, else the last one."""
        shown = self._views()
        if not shown:
            raise invalid("There is no image to judge.")
        return [view for view in shown if view.role == "frame"] or shown[-1:]

    def _judgement(self, frame: View) -> dict[str, Any]:
        people = [view for view in self._views() if view.role == "person" and view is not frame]
        products = [view for view in self._views() if view.role == "product" and view is not frame]
        scores: dict[str, float] = {}
        if people:
            scores["person_similarity"] = person_similarity(frame, people)
        if products:
            scores["product_similarity"] = product_similarity(frame, products)
        overall = round(min(scores.values(), default=0.0), 3)
        return {
            "person_similarity": None,
            "product_similarity": None,
            **scores,
            "similarity": overall,
            "overall_similarity": overall,
            "person_visible": frame.face is not None,
            "product_visible": scores.get("product_similarity", 0.0) >= 0.6,
            "reason": _reason(scores, frame.face is not None),
            "issues": [_verdict(name, score) for name, score in scores.items() if score < 0.6],
        }

    def _product(self) -> dict[str, Any]:
        said = names(self._prompt.question) or [" ".join(keywords(self._prompt.question, 2))]
        return product_in_words([view for view in self._views() if view.role == "product"], [s for s in said if s])

    def _person(self) -> dict[str, Any]:
        return person_in_words(self._views())


def _reason(scores: Mapping[str, float], face: bool) -> str:
    if not scores:
        return "There is no reference to compare the frame with."
    verdicts = "; ".join(_verdict(name, score) for name, score in scores.items())
    return verdicts + ("" if face or "person_similarity" not in scores else "; no face is visible in the frame") + "."


def _verdict(name: str, score: float) -> str:
    subject = name.removesuffix("_similarity")
    if score >= 0.85:
        return f"the {subject} matches the references ({score:.2f})"
    if score >= 0.6:
        return f"the {subject} is close to the references but not the same ({score:.2f})"
    return f"the {subject} differs from the references ({score:.2f})"
