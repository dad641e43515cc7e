"""The price of a job before the first paid call: one line for every paid call that a unit will make.

The same functions price the calls themselves, so the quote is also what each unit is allotted and what stops it.
"""

import math
from collections.abc import Mapping
from datetime import date

from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import PipelineStep, SpeechMode
from ugcgen.domain.job import Quote, QuoteLine
from ugcgen.domain.unit import UnitKey
from ugcgen.models import pricing
from ugcgen.models.ability import Need
from ugcgen.models.catalog import Catalog, Model, Role
from ugcgen.models.choice import Choice, Request, choose
from ugcgen.models.image import size_for
from ugcgen.models.video import resolution_for
from ugcgen.models.voices import voice_named

PRODUCT_REFERENCES, PERSON_REFERENCES = 2, 3
"""How many photos of each go into a frame, at most: they are part of its price, so the storyboard takes no more."""


def choose_models(
    catalog: Catalog, brief: Brief, day: date, judge: str, photos: tuple[int, int] = (1, 0)
) -> dict[Role, Choice]:
    """A model for every role of the brief, with what may take its place; ``photos`` are as in ``quote``.

    ``judge`` is the vision model that the settings prefer; the brief has no say in it. Raises InvalidInput where a
    model that the brief names cannot do the work, or none can.
    """
    wanted = brief.models
    drawn = Need(ratio=brief.aspect_ratio, references=references(photos))
    longest = max((scene.seconds for scene in brief.scenes or []), default=None)
    filmed = Need(ratio=brief.aspect_ratio, longest_scene=longest, longest_clip=brief.max_scene_duration)
    spoken = Need(language=brief.language, voice=voice_named(brief.voice))
    requests = {
        Role.TEXT: Request(quality=brief.quality, named=wanted.text),
        Role.VISION: Request(quality=brief.quality, preferred=judge),
        Role.IMAGE: Request(quality=brief.quality, named=wanted.image, need=drawn),
        Role.VIDEO: Request(quality=brief.quality, named=wanted.video, need=filmed),
        Role.SPEECH: Request(quality=brief.quality, named=wanted.speech, need=spoken),
    }
    return {role: choose(catalog, role, request, day) for role, request in requests.items()}


def references(photos: tuple[int, int]) -> int:
    """How many of so many product and avatar pictures go into a frame."""
    return min(photos[0], PRODUCT_REFERENCES) + min(photos[1], PERSON_REFERENCES)


def quote(
    brief: Brief,
    outline: list[PlannedScene],
    choices: Mapping[Role, Choice],
    photos: tuple[int, int],
    frames_per_second: float,
    day: date,
) -> Quote:
    """The quote. ``photos`` are the numbers of product and avatar pictures."""
    models = {role: choice.model for role, choice in choices.items()}
    lines = _script_lines(models, photos, day)
    for scene in outline:
        lines += _scene_lines(brief, scene, models, photos, day)
        lines.append(_check_line(scene, models[Role.VISION], photos, frames_per_second, day))
    return Quote(
        lines=lines,
        total=sum(line.price for line in lines),
        models={str(role): model.id for role, model in models.items()},
        fallbacks={str(role): [model.id for model in choice.fallbacks] for role, choice in choices.items()},
        notices=[choice.notice for choice in choices.values() if choice.notice],
    )


def _script_lines(models: Mapping[Role, Model], photos: tuple[int, int], day: date) -> list[QuoteLine]:
    unit = str(PipelineStep.SCRIPT_GENERATION)
    vision, writer = models[Role.VISION], models[Role.TEXT]
    products, avatars = photos
    script = pricing.text_task(writer, day, pricing.WRITE_SCRIPT, 0)
    lines = [
        QuoteLine(
            unit=unit,
            model=vision.id,
            what="study the product",
            price=pricing.text_task(vision, day, pricing.STUDY_PRODUCT, products),
        ),
        # A draft that breaks a constraint is asked for once more.
        QuoteLine(unit=unit, model=writer.id, what="write the script, with one repair", price=2 * script),
    ]
    if avatars:
        price = pricing.text_task(vision, day, pricing.STUDY_AVATAR, avatars)
        lines.append(QuoteLine(unit=unit, model=vision.id, what="study the person", price=price))
    return lines


def _scene_lines(
    brief: Brief, scene: PlannedScene, models: Mapping[Role, Model], photos: tuple[int, int], day: date
) -> list[QuoteLine]:
    number = scene.scene_number
    drawing, vision, filming = models[Role.IMAGE], models[Role.VISION], models[Role.VIDEO]
    resolution = resolution_for(filming, brief.quality)

    def line(step: PipelineStep, model: Model, what: str, price: int) -> QuoteLine:
        return QuoteLine(unit=UnitKey(step=step, scene=number).id, model=model.id, what=what, price=price)

    lines = [
        line(
            PipelineStep.STORYBOARD,
            drawing,
            "draw the frame",
            pricing.picture(drawing, day, size_for(drawing, brief.quality), references(photos)),
        ),
        line(
            PipelineStep.STORYBOARD,
            vision,
            "score the frame",
            pricing.text_task(vision, day, pricing.JUDGE_FRAME, 1 + min(photos[0], 1) + min(photos[1], 1)),
        ),
        line(
            PipelineStep.VIDEO_GENERATION,
            filming,
            f"film {scene.clip_seconds:g} s",
            pricing.clip(filming, day, scene.clip_seconds, resolution, filming.references),
        ),
    ]
    if scene.is_extended:
        price = pricing.clip(filming, day, scene.extension_seconds, resolution, 0)
        # One call for each extension; each has its own prompt.
        calls = math.ceil(scene.extension_seconds / filming.extension_lengths[-1])
        price += (calls - 1) * pricing.clip(filming, day, 0, resolution, 0)
        lines.append(line(PipelineStep.VIDEO_EXTENSION, filming, f"extend by {scene.extension_seconds:g} s", price))
    if brief.speech is SpeechMode.VOICEOVER:
        voice = models[Role.SPEECH]
        price = pricing.speech(voice, day, scene.max_words)
        lines.append(line(PipelineStep.AUDIO_GENERATION, voice, "speak the dialogue", price))
    return lines


def _check_line(
    scene: PlannedScene, vision: Model, photos: tuple[int, int], frames_per_second: float, day: date
) -> QuoteLine:
    frames = math.ceil(scene.seconds * frames_per_second) + 1
    pictures = frames + min(photos[0], 1) + min(photos[1], 1)
    return QuoteLine(
        unit=str(PipelineStep.QUALITY_CHECK),
        model=vision.id,
        what=f"score the clip of scene {scene.scene_number}",
        price=pricing.text_task(vision, day, pricing.JUDGE_FRAME, pictures),
    )
