"""The scene prompt agent: from a script's scene and the bible to the prompts for its frame and its clip.

The master prompt has nine blocks, always in this order, so that prompts can be compared line by line.
"""

from typing import Any

from ugcgen.domain.bible import ProductionBible
from ugcgen.domain.enums import ProductVisibility, SpeechMode
from ugcgen.domain.job_edits import JobEdits
from ugcgen.domain.model import Document
from ugcgen.domain.script import ScriptScene

NEGATIVE = (
    "plastic or airbrushed skin, perfect symmetry, uniform teeth, extra fingers, extra limbs, distorted hands, warped "
    "or misspelled label, wrong product colours, second person, subtitles, watermark, overlays, cartoon, oversaturation"
)

_VISIBILITY = {
    ProductVisibility.PRIMARY: "The product is the main thing in the picture, label towards the camera.",
    ProductVisibility.SECONDARY: "The product is clearly seen beside the person.",
    ProductVisibility.BACKGROUND: "The product stands in the background, recognisable.",
    ProductVisibility.NONE: "The product is not visible.",
}


class ScenePrompts(Document):
    """What one scene is asked for with."""

    scene_number: int
    storyboard_prompt: str
    video_prompt: str
    negative_prompt: str


def compose(scene: ScriptScene, bible: ProductionBible, speech: SpeechMode) -> ScenePrompts:
    """The prompts of a scene. Pure: the same scene and bible give the same words."""
    return ScenePrompts(
        scene_number=scene.scene_number,
        storyboard_prompt=master_prompt(scene, bible, _audio_block(scene, SpeechMode.VOICEOVER), still=True),
        video_prompt=master_prompt(scene, bible, _audio_block(scene, speech), still=False),
        negative_prompt=NEGATIVE,
    )


def composed(written: ScriptScene, assembled: ProductionBible, edits: JobEdits, speech: SpeechMode) -> dict[str, Any]:
    """All that later steps read of a scene, as it was written and then edited. Pure, so it can be foreseen for free."""
    scene = edits.scene(written)
    return {
        **compose(scene, edits.over(assembled), speech).model_dump(mode="json"),
        "dialogue": scene.dialogue,
        "action": scene.action,
        "product_visibility": str(scene.product_visibility),
    }


def master_prompt(scene: ScriptScene, bible: ProductionBible, audio: str, still: bool) -> str:
    """The nine blocks, joined by blank lines."""
    blocks = {
        "REALISM": _realism_header(bible, still),
        "CHARACTER": _character_block(bible),
        "SCENE": _scene_block(scene, bible),
        "ENVIRONMENT": _environment_block(scene, bible),
        "CAMERA": _camera_block(scene),
        "SKIN": bible.realism.skin + ". " + bible.realism.face,
        "AUDIO": audio,
        "CONSISTENCY": _lock_block(bible),
        "NEGATIVE": f"Avoid: {NEGATIVE}.",
    }
    return "\n\n".join(f"[{name}] {words}" for name, words in blocks.items())


def _realism_header(bible: ProductionBible, still: bool) -> str:
    what = "A single still frame" if still else "One continuous shot"
    return (
        f"{what} of ultra-realistic user-generated content, {bible.style.aspect_ratio} for {bible.style.platform}, "
        f"shot by hand on a phone, {bible.style.style.replace('_', ' ')} style, {bible.style.tone}."
    )


def _character_block(bible: ProductionBible) -> str:
    dna = bible.avatar_dna
    if dna is None:
        return "No person is needed; hands may hold the product."
    return (
        f"The same person in every scene. Face: {dna.face}. Skin: {dna.skin}. Eyes: {dna.eyes}. Hair: {dna.hair}. "
        f"Body: {dna.body}. Wears: {dna.wardrobe}."
    )


def _scene_block(scene: ScriptScene, bible: ProductionBible) -> str:
    product = bible.product_dna
    action = f" {scene.product_action}." if scene.product_action else ""
    looks = (
        f"{product.product_name}, a {product.product_type.replace('_', ' ')}, {product.shape.replace('_', ' ')}, "
        f"primary colour {product.colors.primary}, packaging {product.colors.packaging}"
    )
    return (
        f"{scene.scene_type} scene. {scene.action}. Expression: {scene.expression}.{action} "
        f"{_VISIBILITY[scene.product_visibility]} Product: {looks}."
    )


def _environment_block(scene: ScriptScene, bible: ProductionBible) -> str:
    light = scene.lighting
    return (
        f"{bible.style.setting}. {bible.realism.environment}. Light: {light.type}, from {light.direction}, "
        f"{light.color_temp}, {light.intensity}."
    )


def _camera_block(scene: ScriptScene) -> str:
    camera = scene.camera
    return (
        f"{camera.body}, {camera.lens}, {camera.shot_type.replace('_', ' ')} shot, {camera.angle.replace('_', ' ')}, "
        f"{camera.movement.replace('_', ' ')} movement, {camera.focus}."
    )


def _audio_block(scene: ScriptScene, speech: SpeechMode) -> str:
    if speech is SpeechMode.NATIVE and scene.dialogue:
        notes = f" {scene.audio_notes}." if scene.audio_notes else ""
        return f'The person speaks and says to camera: "{scene.dialogue}"{notes}'
    return "No speech, mouth closed or smiling; only the sound of the place."


def _lock_block(bible: ProductionBible) -> str:
    locked = [bible.realism.product_fidelity]
    if bible.avatar_dna is not None:
        locked.append(bible.avatar_dna.prohibited_drift)
    locked += bible.product_dna.prohibited_variations
    return "; ".join(rule.rstrip(".") for rule in locked) + "."
