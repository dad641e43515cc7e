"""What content credentials say of a file: that AI made it, what was done then, and what it was made of. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ugcgen.domain.edit import Edit
from ugcgen.domain.enums import Music
from ugcgen.domain.look import Grade

GENERATOR = "UGCGen"
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's term for media made by a model that was trained on others."""


@dataclass(frozen=True)
class Ingredient:
    """What a film was made of. `name` is the stored object; a ``componentOf`` is seen in the film, an ``inputTo`` was
    shown to a model."""

    title: str
    name: str
    sha256: str
    relationship: Literal["componentOf", "inputTo"]
    model: str | None = None

    @property
    def definition(self) -> dict[str, Any]:
        """As C2PA writes it; its bytes are known by their digest."""
        made = {"description": f"made by {self.model}"} if self.model else {}
        return {
            "title": self.title,
            "relationship": self.relationship,
            "label": self.sha256,
            "instance_id": f"sha256:{self.sha256}",
            **made,
        }


def manifest_of(
    title: str, edit: Edit, ingredients: Sequence[Ingredient], media_type: str, version: str
) -> dict[str, Any]:
    """The definition of a manifest, whose ingredients are added beside it."""
    return {
        "claim_generator_info": [{"name": GENERATOR, "version": version}],
        "title": title,
        "format": media_type,
        "assertions": [
            {"label": "c2pa.actions.v2", "created": True, "data": {"actions": list(_actions(edit, ingredients))}}
        ],
    }


def _actions(edit: Edit, ingredients: Sequence[Ingredient]) -> Iterator[dict[str, Any]]:
    yield {
        "action": "c2pa.created",
        "digitalSourceType": DIGITAL_SOURCE_TYPE,
        "softwareAgent": {"name": GENERATOR},
        **_ingredients(ingredients, "inputTo"),
    }
    if placed := _ingredients(ingredients, "componentOf"):
        yield {"action": "c2pa.placed", "description": "clips, cut together", **placed}
    look = edit.look
    if look.grade is not Grade.NONE or look.lut or look.saturation != 1 or look.match_colors:
        yield {"action": "c2pa.color_adjustments", "description": f"grade: {'own' if look.lut else look.grade}"}
    if faults := [name for name in ("grain", "vignette", "shake", "aberration", "distortion") if getattr(look, name)]:
        yield {"action": "c2pa.filtered", "description": f"faults of a camera: {', '.join(faults)}"}
    if edit.captions.shown or edit.lines:
        yield {"action": "c2pa.edited", "description": "captions"}
    if edit.disclosure.shown:
        yield {"action": "c2pa.edited", "description": f"visible disclosure: {edit.disclosure.text}"}
    if any(scene.voice for scene in edit.scenes):
        yield {"action": "c2pa.edited", "description": "synthetic voices"}
    if edit.sound.music is not Music.NONE or edit.sound.clips:
        yield {"action": "c2pa.edited", "description": "music and sounds"}


def _ingredients(ingredients: Sequence[Ingredient], relationship: str) -> dict[str, Any]:
    ids = [ingredient.sha256 for ingredient in ingredients if ingredient.relationship == relationship]
    return {"parameters": {"ingredientIds": ids}} if ids else {}
