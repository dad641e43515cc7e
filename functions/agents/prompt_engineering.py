"""The prompt engineering agent: how a prompt is put so that no artefacts come of it.

The master prompt has nine blocks, always in this order, so that prompts can be compared line by line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ugcgen.domain.enums import LightingPreset, ShotType
from ugcgen.domain.script import CameraSetup, LightingSetup


@dataclass(frozen=True)
class PromptComponents:
    """What a prompt is made of. ``subject`` is who is seen, ``context`` what happens, ``lighting`` where and in which
    light, ``quality`` what makes it real, ``constraints`` what must not change."""

    subject: str
    context: str
    style: str
    camera: str
    lighting: str
    quality: str
    constraints: str
    negative: str

    def prompt(self, audio: str) -> str:
        """The nine blocks, joined by blank lines."""
        blocks = {
            "REALISM_HEADER": self.style,
            "CHARACTER_DNA_BLOCK": self.subject,
            "SCENE_SPECIFIC_BLOCK": self.context,
            "ENVIRONMENT_BLOCK": self.lighting,
            "CAMERA_BLOCK": self.camera,
            "SKIN_REALISM_BLOCK": self.quality,
            "AUDIO_DESCRIPTION_BLOCK": audio,
            "CONSISTENCY_LOCK_BLOCK": self.constraints,
            "NEGATIVE_PROMPT_BLOCK": f"Avoid: {self.negative}.",
        }
        return "\n\n".join(f"[{name}] {words}" for name, words in blocks.items())


class Fault(StrEnum):
    """The kinds of faults that pictures and clips of models have."""

    UNIVERSAL = "universal"
    ANATOMY = "anatomy"
    PRODUCT = "product"
    VIDEO = "video"


NEGATIVES: dict[Fault, str] = {
    Fault.UNIVERSAL: (
        "plastic or airbrushed skin, porcelain skin, perfect symmetry, uniform teeth, subtitles, captions, watermark, "
        "overlays, cartoon, illustration, 3D render, oversaturation, blur, noise blotches"
    ),
    Fault.ANATOMY: (
        "extra fingers, fused fingers, extra limbs, distorted hands, crossed eyes, warped face, second person, "
        "duplicated body parts"
    ),
    Fault.PRODUCT: (
        "warped or misspelled label, invented text, wrong product colours, wrong product shape, second product, "
        "floating product, wrong scale"
    ),
    Fault.VIDEO: (
        "flicker, morphing face, morphing product, sudden cut, frozen frame, jitter, objects that appear or vanish, "
        "lips that move without speech"
    ),
}


class Look(StrEnum):
    """What kind of picture it is to be."""

    PHOTO = "photo"
    CINEMATIC = "cinematic"
    PRODUCT = "product"
    PORTRAIT = "portrait"
    UGC = "ugc"


QUALITY: dict[Look, str] = {
    Look.PHOTO: "true to life like an unedited photograph, natural colours, fine detail",
    Look.CINEMATIC: "cinematic depth, considered composition, gentle contrast",
    Look.PRODUCT: "the product sharp enough to read its label, true material and reflections",
    Look.PORTRAIT: "the eyes sharp, true skin tone, honest expression",
    Look.UGC: "a real person's own recording, slightly imperfect framing, no studio polish",
}


class CameraPreset(StrEnum):
    CLOSE_UP = "close_up"
    MEDIUM = "medium"
    WIDE = "wide"
    PRODUCT = "product"
    CINEMATIC = "cinematic"


CAMERAS: dict[CameraPreset, str] = {
    CameraPreset.CLOSE_UP: "the face fills most of the frame, shallow depth of field",
    CameraPreset.MEDIUM: "from the waist up, natural perspective, moderate depth of field",
    CameraPreset.WIDE: "the whole figure in its surroundings, deep depth of field",
    CameraPreset.PRODUCT: "the product fills most of the frame, label square to the lens, shallow depth of field",
    CameraPreset.CINEMATIC: "layered foreground and background, slow deliberate framing, shallow depth of field",
}

_PRESET_OF = {
    ShotType.CLOSE_UP: CameraPreset.CLOSE_UP,
    ShotType.EXTREME_CLOSE_UP: CameraPreset.CLOSE_UP,
    ShotType.MEDIUM: CameraPreset.MEDIUM,
    ShotType.OVER_SHOULDER: CameraPreset.MEDIUM,
    ShotType.WIDE: CameraPreset.WIDE,
}

LIGHTINGS: dict[LightingPreset, LightingSetup] = {
    LightingPreset.NATURAL: LightingSetup(),
    LightingPreset.GOLDEN_HOUR: LightingSetup(
        type="golden hour sunlight",
        direction="side_45",
        color_temp="3500K",
        intensity="warm and low",
        key_intensity=0.9,
        fill_intensity=0.3,
        rim=True,
    ),
    LightingPreset.STUDIO: LightingSetup(
        type="softbox studio light",
        color_temp="5600K",
        intensity="even",
        key_intensity=1.0,
        fill_intensity=0.6,
        rim=True,
    ),
    LightingPreset.SOFT: LightingSetup(
        type="diffused daylight", direction="front", intensity="very soft", key_intensity=0.6, fill_intensity=0.5
    ),
    LightingPreset.DRAMATIC: LightingSetup(
        type="dramatic low-key light",
        direction="side_90",
        color_temp="4300K",
        intensity="hard",
        key_intensity=0.9,
        fill_intensity=0.1,
        rim=True,
    ),
}

SKIN_REALISM = """SKIN REALISM (MANDATORY):
- Visible skin pores across nose, cheeks, forehead
- Subtle natural blemishes: micro-freckles, tiny moles, faint redness
- Fine vellus hair visible on face contour when backlit
- Natural oil/moisture sheen on T-zone
- Faint undereye hollows
- Slight redness around nostrils and lip corners
- Visible individual eyebrow hairs
- NO porcelain/plastic/airbrushed skin appearance"""


def engineer_image_prompt(components: PromptComponents, looks: Iterable[Look]) -> tuple[str, str]:
    """The prompt for one still of the scene, character, product, camera and lighting in the components, and what to
    keep out of it."""
    still = replace(components, style=_headed("A single still frame", components.style, looks))
    return still.prompt("A still picture: nothing is heard, nobody is in the middle of a word."), still.negative


def engineer_video_prompt(components: PromptComponents, looks: Iterable[Look], audio: str) -> tuple[str, str]:
    """The prompt for the scene's clip, with what is heard, and what to keep out of it."""
    clip = replace(
        components,
        style=_headed("One continuous shot", components.style, looks),
        negative=f"{components.negative}, {NEGATIVES[Fault.VIDEO]}",
    )
    return clip.prompt(audio), clip.negative


def camera_in_words(camera: CameraSetup, preset: CameraPreset | None = None) -> str:
    """A camera for a prompt: what it is, how it stands and moves, and how deep the picture is."""
    return (
        f"{camera.body}, {camera.lens}, {_open(camera.shot_type)} shot, {_open(camera.angle)}, "
        f"{_open(camera.movement)} movement, focus: {camera.focus}; {CAMERAS[preset or _PRESET_OF[camera.shot_type]]}."
    )


def light_in_words(light: LightingSetup) -> str:
    """A light for a prompt: its kind, where it comes from, its colour, and how strong each lamp is."""
    rim = ", with a rim light" if light.rim else ""
    return (
        f"Light: {light.type}, from {_open(light.direction)}, {light.color_temp}, {light.intensity}, "
        f"key {light.key_intensity:.0%}, fill {light.fill_intensity:.0%}{rim}."
    )


def _headed(what: str, style: str, looks: Iterable[Look]) -> str:
    kind = "; ".join(QUALITY[look] for look in looks)
    return f"{what}. {style} {kind[0].upper()}{kind[1:]}."


def _open(name: str) -> str:
    return str(name).replace("_", " ")
