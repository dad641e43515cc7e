"""The writer: answers a prompt, as free text or as a document of any JSON schema.

Schemas of an advertising studio are recognised by the names of their properties, wherever in a schema they stand, and
answered by those who know: the scriptwriter, and the reader of photos. All else is filled from the prompt's words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from infra.local.studio import chat, intent, refinement, script
from infra.local.studio.description import angle, person_in_words, product_in_words
from infra.local.studio.errors import invalid
from infra.local.studio.prompt import Prompt
from infra.local.studio.resemblance import person_similarity, sighting
from infra.local.studio.schema import Filler
from infra.local.studio.scrutiny import label_words, looks_plastic
from infra.local.studio.view import View, people_in, views
from infra.local.studio.words import keywords, names

_THERE = 0.6
"""The similarity from which a product is recognised."""


def write(prompt: Prompt, schema: Mapping[str, Any] | None) -> str:
    """The answer to a prompt: JSON where a schema is given (an empty one asks for any object), else plain words."""
    if schema is None:
        return intent.named(prompt) if intent.is_asked(prompt) else chat.answer(prompt)
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
            brief = script.brief_of(self._prompt.text)
            given = refinement.material(self._prompt.text)
            return refinement.refined(*given, brief) if given else script.written(brief)
        if {"hook_strategy", "pain_point"} <= asked:
            return script.planned(script.brief_of(self._prompt.text))
        if any(name.endswith("similarity") for name in asked):
            return self._judgement(self._frames()[0])
        if "frames" in asked:
            return {"frames": [self._judgement(frame) for frame in self._frames()]}
        if "photos" in asked:
            return {"photos": [_posed(number, view) for number, view in enumerate(self._views(), start=1)]}
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
        if people and (known := person_similarity(frame, people)) is not None:
            scores["person_similarity"] = known
        seen = sighting(frame, products)
        there = seen.likeness >= _THERE
        words = label_words(frame, seen) if there else frame.words
        # A product whose label can be read is there, whatever has become of its colours.
        visible = there or bool(words)
        if products and visible:
            scores["product_similarity"] = seen.likeness
        overall = round(min(scores.values(), default=0.0), 3)
        count, plastic = people_in(frame.pixels), looks_plastic(frame, people)
        seen_wrong = {
            f"{count} people are to be seen": count > 1,
            "the skin looks like plastic": plastic,
            "the product has other colours": visible and not there,
            "the label reads otherwise": bool(products and words and not _read_on(words, products)),
        }
        wrong = [fault for fault, is_so in seen_wrong.items() if is_so]
        return {
            "person_similarity": None,
            "product_similarity": None,
            **scores,
            "similarity": overall,
            "overall_similarity": overall,
            "person_visible": frame.face is not None,
            "product_visible": visible,
            "people_count": count,
            "label_text": words or None,
            "plastic_look": plastic,
            "wrong_colors": visible and not there if products else None,
            "wrong_shape": False if there else None,
            "reason": _reason(scores, wrong, frame.face is not None),
            "issues": [*wrong, *(_verdict(name, score) for name, score in scores.items() if score < _THERE)],
        }

    def _product(self) -> dict[str, Any]:
        said = names(self._prompt.question) or [" ".join(keywords(self._prompt.question, 2))]
        return product_in_words([view for view in self._views() if view.role == "product"], [s for s in said if s])

    def _person(self) -> dict[str, Any]:
        return person_in_words(self._views())


def _posed(number: int, view: View) -> dict[str, Any]:
    pose = angle(view)
    return {"photo": number, "angle": pose, "reason": f"The head is seen as in a {pose.replace('_', ' ')} photo."}


def _read_on(words: Sequence[str], products: Sequence[View]) -> bool:
    """Whether most letters of the words stand on the products' photos too."""
    printed = "".join(line for photo in products for line in photo.words).casefold().replace(" ", "")
    read = [word.casefold().replace(" ", "") for word in words]
    return sum(len(word) for word in read if word in printed) >= 0.5 * sum(map(len, read))


def _reason(scores: Mapping[str, float], wrong: Sequence[str], face: bool) -> str:
    if not scores and not wrong:
        return "There is nothing of the references to compare the frame with."
    verdicts = "; ".join([*wrong, *(_verdict(name, score) for name, score in scores.items())])
    return verdicts + ("" if face or "person_similarity" not in scores else "; no face is visible in the frame") + "."


def _verdict(name: str, score: float) -> str:
    subject = name.removesuffix("_similarity")
    if score >= 0.85:
        return f"the {subject} matches the references ({score:.2f})"
    if score >= 0.6:
        return f"the {subject} is close to the references but not the same ({score:.2f})"
    return f"the {subject} differs from the references ({score:.2f})"
