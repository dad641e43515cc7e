"""What a person changed in a job after it began: a layer over what was written, never written into it."""

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from pydantic import Field

from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.bible_edits import BibleEdit, CameraEdit, LightingEdit
from ugcgen.domain.cut import Cut
from ugcgen.domain.enums import Music
from ugcgen.domain.model import Document
from ugcgen.domain.patch import merged
from ugcgen.domain.script import ScriptScene

D = TypeVar("D", bound=Document)


class SceneEdit(Document):
    """A scene as somebody wants it; what is None stays as the script has it."""

    dialogue: str | None = Field(default=None, max_length=1000)
    action: str | None = Field(default=None, min_length=1, max_length=500)
    expression: str | None = Field(default=None, min_length=1, max_length=200)
    product_action: str | None = Field(default=None, max_length=300)
    camera: CameraEdit | None = None
    lighting: LightingEdit | None = None


class JobEdits(Document):
    """Everything a person changed in a job, by scene and for all of it.

    ``script_note`` is what should be better about the script as it was written; another note takes its place.
    """

    script_note: str | None = Field(default=None, min_length=1, max_length=1000)
    scenes: dict[int, SceneEdit] = Field(default_factory=dict)
    bible: BibleEdit = Field(default_factory=BibleEdit)
    voice: str | None = None
    music: Music | None = None
    cut: dict[str, Any] = Field(default_factory=dict)
    """A merge patch over the brief's cut."""

    def patched(self, patch: Mapping[str, Any]) -> Self:
        """These edits and newer ones over them, as a JSON merge patch (RFC 7396): None takes an edit back."""
        return self.model_validate(merged(self.model_dump(exclude_none=True), patch))

    def recut(self, cut: Cut) -> Cut:
        """The cut as it is to be made. Raises ValidationError for an edit that is none of a cut."""
        return Cut.model_validate(merged(cut.model_dump(mode="json", exclude_none=True), self.cut))

    def scene(self, written: ScriptScene) -> ScriptScene:
        """The scene as it is to be made: its own edits win over the bible's, and those over what was written."""
        own = self.scenes.get(written.scene_number, SceneEdit())
        words = own.model_dump(exclude_none=True, exclude={"camera", "lighting"})
        shots = self.bible.camera.of(written.scene_type) if self.bible.camera else []
        camera = _over(written.camera, *shots, own.camera)
        lighting = _over(written.lighting, self.bible.lighting, own.lighting)
        return written.model_copy(update=words | {"camera": camera, "lighting": lighting})

    def over(self, assembled: ProductionBible) -> ProductionBible:
        """The bible as every scene is to follow it, but for its master prompt."""
        return self.bible.over(assembled)


def _over(base: D, *edits: Document | None) -> D:
    changed: dict[str, Any] = {}
    for edit in edits:
        changed |= edit.model_dump(exclude_none=True) if edit else {}
    return base.model_copy(update=changed)
