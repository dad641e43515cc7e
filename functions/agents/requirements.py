"""The requirements agent: what an ad still wants before it is made, as a list that a person can act on."""

from enum import StrEnum

from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import SceneType
from ugcgen.domain.model import Document, Value
from ugcgen.domain.references import REQUIRED_ANGLES
from ugcgen.domain.words import count_words
from ugcgen.pipeline.outline import PLATFORM_SECONDS

_OPENERS = {SceneType.HOOK, SceneType.INTRO, SceneType.PROBLEM, SceneType.UNBOXING, SceneType.TESTIMONIAL}

FEWEST_WORDS = 8
"""A prompt of fewer words leaves most of the script to chance."""


class Missing(StrEnum):
    PRODUCT_IMAGES = "product_images"
    AVATAR = "avatar"
    ANGLE_COVERAGE = "angle_coverage"
    PLATFORM = "platform"
    SCRIPT = "script"
    ARC = "arc"
    API_KEY = "api_key"


class Requirement(Document):
    """One thing that is missing. ``blocks`` says that nothing can be made without it; anything else is advice."""

    code: Missing
    sentence: str
    field: str
    blocks: bool = False


class Readiness(Value):
    """What is known before the start: how many photos there are, and why no API key could be lent, if so."""

    brief: Brief
    outline: list[PlannedScene]
    product_images: int
    avatar_images: int
    key_trouble: str | None = None


def missing(known: Readiness) -> list[Requirement]:
    """What is missing, that which blocks first."""
    checks = (_product, _key, _avatar, _angles, _platform, _script, _arc)
    found = [requirement for check in checks if (requirement := check(known))]
    return sorted(found, key=lambda requirement: not requirement.blocks)


def _product(known: Readiness) -> Requirement | None:
    if known.product_images:
        return None
    sentence = "There is no photo of the product; add one in which its label can be read, better two."
    return Requirement(code=Missing.PRODUCT_IMAGES, sentence=sentence, field="product_images", blocks=True)


def _key(known: Readiness) -> Requirement | None:
    if known.key_trouble is None:
        return None
    sentence = f"No model can be asked: {known.key_trouble}."
    return Requirement(code=Missing.API_KEY, sentence=sentence, field="api_key", blocks=True)


def _avatar(known: Readiness) -> Requirement | None:
    if known.avatar_images:
        return None
    sentence = (
        "There is no photo of a person, so only hands will be seen and there is no character DNA to keep one the same; "
        "add 3 to 10 photos of one person to have somebody speak."
    )
    return Requirement(code=Missing.AVATAR, sentence=sentence, field="avatar_images")


def _angles(known: Readiness) -> Requirement | None:
    wanted = len(REQUIRED_ANGLES)
    if not 0 < known.avatar_images < wanted:
        return None
    angles = ", ".join(angle.replace("_", " ") for angle in REQUIRED_ANGLES)
    sentence = (
        f"{known.avatar_images} of at least {wanted} photos of the person: with one of each of {angles} the face can "
        "be held the same from every side."
    )
    return Requirement(code=Missing.ANGLE_COVERAGE, sentence=sentence, field="avatar_images")


def _platform(known: Readiness) -> Requirement | None:
    shortest, longest = PLATFORM_SECONDS[known.brief.platform]
    seconds = sum(scene.seconds for scene in known.outline)
    if shortest <= seconds <= longest:
        return None
    sentence = (
        f"The ad is {seconds:g} s long; on {known.brief.platform.replace('_', ' ')} those of {shortest:g} to "
        f"{longest:g} s do best. Change total_seconds or the scenes, or name another platform."
    )
    return Requirement(code=Missing.PLATFORM, sentence=sentence, field="platform")


def _script(known: Readiness) -> Requirement | None:
    if count_words(known.brief.prompt) >= FEWEST_WORDS or known.brief.selling_points:
        return None
    sentence = (
        "The brief says too little to write a good script from; say in prompt who tells whom what, and list "
        "selling_points, since nothing else may be claimed."
    )
    return Requirement(code=Missing.SCRIPT, sentence=sentence, field="prompt")


def _arc(known: Readiness) -> Requirement | None:
    types = [scene.scene_type for scene in known.outline]
    early = [number for number, kind in enumerate(types[:-1], start=1) if kind is SceneType.CTA]
    wrong = [f"scene {number} asks to act before the ad is told" for number in early]
    if types[0] not in _OPENERS:
        wrong.insert(0, f"it opens with a {types[0]} scene, before anybody knows why to look")
    if not wrong:
        return None
    sentence = (
        f"The scenes make no arc: {'; '.join(wrong)}. Begin with a hook and end with the cta, or leave scene_type out."
    )
    return Requirement(code=Missing.ARC, sentence=sentence, field="scenes")
