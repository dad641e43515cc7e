"""The scene prompt agent: from a script's scene and the bible to what its frame and its clip are asked for with."""

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from agents import production_bible
from agents.prompt_engineering import (
    CameraPreset,
    Look,
    PromptComponents,
    camera_in_words,
    engineer_image_prompt,
    engineer_video_prompt,
    light_in_words,
)
from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.enums import (
    CameraMovement,
    ProductVisibility,
    ReferenceAngle,
    SceneType,
    ShotType,
    SpeechMode,
    VideoStyle,
)
from ugcgen.domain.job_edits import JobEdits
from ugcgen.domain.model import Document
from ugcgen.domain.people import Character
from ugcgen.domain.script import ScriptScene

_VISIBILITY = {
    ProductVisibility.PRIMARY: "The product is the main thing in the picture, label towards the camera.",
    ProductVisibility.SECONDARY: "The product is clearly seen beside the person.",
    ProductVisibility.BACKGROUND: "The product stands in the background, recognisable.",
    ProductVisibility.NONE: "The product is not visible.",
}


class Reference(Document):
    """A photo that a scene's pictures must obey. ``angle`` is that of a person's photo, where it is known."""

    image: str
    kind: Literal["person", "product"]
    angle: ReferenceAngle | None = None
    label: str


class ScenePrompts(Document):
    """All that later steps read of a scene. ``references`` stand in the order of their weight; ``label_text`` is what
    is printed on the product, empty where that is not known."""

    scene_number: int
    storyboard_prompt: str
    video_prompt: str
    negative_prompt: str
    dialogue: str
    action: str
    product_visibility: ProductVisibility
    label_text: list[str] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)


def composed(
    written: ScriptScene, assembled: ProductionBible, edits: JobEdits, speech: SpeechMode, products: Sequence[str]
) -> ScenePrompts:
    """The prompts of a scene as it was written and then edited. ``products`` are the objects of the product's photos.

    Pure, so it can be foreseen for free: the same scene, bible and edits give the same words.
    """
    scene, bible = edits.scene(written), production_bible.revised(assembled, edits)
    components, looks = _components(scene, bible), _looks(scene, bible)
    storyboard, _ = engineer_image_prompt(components, looks)
    video, negative = engineer_video_prompt(components, looks, _audio(scene, bible, speech))
    return ScenePrompts(
        scene_number=scene.scene_number,
        storyboard_prompt=storyboard,
        video_prompt=video,
        negative_prompt=negative,
        dialogue=scene.dialogue,
        action=scene.action,
        product_visibility=scene.product_visibility,
        label_text=bible.product_dna.branding_text,
        references=references(scene, bible.character, products),
    )


def references(scene: ScriptScene, character: Character | None, products: Sequence[str]) -> list[Reference]:
    """The photos to inject: the face from the front, the face as the scene's camera sees it, the product, and then
    what else there is of both. A scene without the product is shown none of it."""
    people = [_of_person(image, angle) for angle, image in _by_fit(scene, character)]
    shown = products if scene.product_visibility is not ProductVisibility.NONE else []
    goods = [Reference(image=name, kind="product", label=f"the product, photo {n}") for n, name in enumerate(shown, 1)]
    return [*people[:2], *goods[:1], *people[2:], *goods[1:]]


def _by_fit(scene: ScriptScene, character: Character | None) -> list[tuple[ReferenceAngle | None, str]]:
    """The person's usable photos, each once: the front, then the angles nearest to the camera's."""
    if character is None:
        return []
    known = character.coverage.angles
    order = [ReferenceAngle.FRONT, *seen_from(scene), *ReferenceAngle]
    found: dict[str, ReferenceAngle | None] = {}
    for angle in order:
        if angle in known:
            found.setdefault(known[angle], angle)
    for photo in character.photos:
        if photo.is_usable:
            found.setdefault(photo.image, photo.angle)
    return [(angle, image) for image, angle in found.items()]


def seen_from(scene: ScriptScene) -> list[ReferenceAngle]:
    """From where the scene's camera sees the person, the likeliest first."""
    words = scene.action.lower()
    rightwards = re.search(r"\bright\b", words) and not re.search(r"\bleft\b", words)
    quarter, profile = ReferenceAngle.THREE_QUARTER_LEFT, ReferenceAngle.LEFT_PROFILE
    if rightwards:
        quarter, profile = ReferenceAngle.THREE_QUARTER_RIGHT, ReferenceAngle.RIGHT_PROFILE
    behind = scene.camera.shot_type is ShotType.OVER_SHOULDER or re.search(r"from behind|turns? away|her back", words)
    if behind:
        return [ReferenceAngle.BACK, quarter, profile]
    sideways = scene.camera.movement is CameraMovement.TRACKING or re.search(
        r"profile|sideways|walks? (?:past|by)", words
    )
    return [profile, quarter] if sideways else [quarter, profile]


def _of_person(image: str, angle: ReferenceAngle | None) -> Reference:
    seen = f", {angle.replace('_', ' ')}" if angle else ""
    return Reference(image=image, kind="person", angle=angle, label=f"the person{seen}")


def _components(scene: ScriptScene, bible: ProductionBible) -> PromptComponents:
    master = bible.master_prompt
    return PromptComponents(
        subject=master.character_dna,
        context=_happens(scene, bible),
        style=master.realism_header,
        camera=camera_in_words(scene.camera, _preset(scene, bible)),
        lighting=f"{master.environment} {light_in_words(scene.lighting)}",
        quality=master.skin_realism,
        constraints=master.consistency_lock,
        negative=master.negative_prompt,
    )


def _happens(scene: ScriptScene, bible: ProductionBible) -> str:
    sentences = [f"{scene.scene_type} scene", scene.action, f"Expression: {scene.expression}", scene.product_action]
    told = " ".join(f"{sentence.strip().rstrip('.')}." for sentence in sentences if sentence.strip())
    shown = _VISIBILITY[scene.product_visibility]
    if scene.product_visibility is ProductVisibility.NONE:
        return f"{told} {shown}"
    return f"{told} {shown} Product: {_product(bible)}."


def _product(bible: ProductionBible) -> str:
    dna = bible.product_dna
    looks = [
        f"{dna.product_name}, a {_open(dna.product_type)}, {_open(dna.shape)}",
        f"primary colour {dna.colors.primary}, secondary {dna.colors.secondary}, packaging {dna.colors.packaging}",
        " and ".join(dna.materials),
        dna.texture,
        f"printed on it: {', '.join(dna.branding_text)}" if dna.branding_text else "",
        dna.logo_description,
        *dna.distinctive_features,
    ]
    return "; ".join(look.strip().rstrip(".") for look in looks if look.strip())


def _looks(scene: ScriptScene, bible: ProductionBible) -> list[Look]:
    looks = [Look.CINEMATIC if bible.style.style is VideoStyle.BRAND_STORY else Look.UGC, Look.PHOTO]
    if scene.product_visibility is ProductVisibility.PRIMARY:
        looks.append(Look.PRODUCT)
    elif bible.avatar_dna is not None:
        looks.append(Look.PORTRAIT)
    return looks


def _preset(scene: ScriptScene, bible: ProductionBible) -> CameraPreset | None:
    """A preset that the shot's own gives way to."""
    close = scene.camera.shot_type in {ShotType.CLOSE_UP, ShotType.EXTREME_CLOSE_UP}
    of_the_product = scene.scene_type in {SceneType.DEMONSTRATION, SceneType.UNBOXING} or bible.avatar_dna is None
    if close and of_the_product and scene.product_visibility is ProductVisibility.PRIMARY:
        return CameraPreset.PRODUCT
    return CameraPreset.CINEMATIC if bible.style.style is VideoStyle.BRAND_STORY else None


def _audio(scene: ScriptScene, bible: ProductionBible, speech: SpeechMode) -> str:
    if speech is SpeechMode.VOICEOVER or not scene.dialogue:
        return "No speech, mouth closed or smiling; only the sound of the place."
    voice = f" Voice: {bible.avatar_dna.voice.rstrip('.')}." if bible.avatar_dna else ""
    notes = f" {scene.audio_notes.rstrip('.')}." if scene.audio_notes else ""
    return f'The person speaks and says to camera: "{scene.dialogue}"{voice}{notes}'


def _open(name: str) -> str:
    return name.replace("_", " ")
