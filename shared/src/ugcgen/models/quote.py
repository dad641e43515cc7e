"""The price of a job before the first paid call: one line for every paid call that a unit will make.

The same functions price the calls themselves, so the quote is also what each unit is allotted and what stops it.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date

from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import PipelineStep, SpeechMode
from ugcgen.domain.job import Quote, QuoteLine
from ugcgen.domain.money import Micros
from ugcgen.domain.unit import UnitKey
from ugcgen.models import pricing
from ugcgen.models.ability import Need
from ugcgen.models.catalog import Catalog, Model, Role
from ugcgen.models.choice import Choice, Request, choose
from ugcgen.models.image import size_for
from ugcgen.models.pricing import MOST, USUAL, TextTask, Usage
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
    retakes: int,
    day: date,
) -> Quote:
    """The quote. ``photos`` are the numbers of product and avatar pictures, ``retakes`` how often a frame that scores
    too low is drawn again."""
    models = {role: choice.model for role, choice in choices.items()}
    lines = _script_lines(models, photos, day)
    for scene in outline:
        lines += _scene_lines(brief, scene, models, photos, retakes, day)
        lines.append(_check_line(scene, models[Role.VISION], photos, frames_per_second, day))
    return Quote(
        lines=lines,
        low=sum(line.low for line in lines),
        total=sum(line.price for line in lines),
        high=sum(line.high for line in lines),
        models={str(role): model.id for role, model in models.items()},
        fallbacks={str(role): [model.id for model in choice.fallbacks] for role, choice in choices.items()},
        notices=[choice.notice for choice in choices.values() if choice.notice],
    )


def _line(
    key: UnitKey,
    model: Model,
    what: str,
    price: Callable[[Usage], Micros],
    least: int = 1,
    most: int = 1,
    retakes: int = 0,
) -> QuoteLine:
    """The line of a call that is made ``least`` to ``most`` times, and so again for each retake of the unit's work."""
    once = most * price(MOST)
    return QuoteLine(
        unit=key.id,
        scene=key.scene,
        model=model.id,
        what=what,
        low=least * price(USUAL),
        price=once,
        high=once * (1 + retakes),
    )


def _script_lines(models: Mapping[Role, Model], photos: tuple[int, int], day: date) -> list[QuoteLine]:
    key = UnitKey(step=PipelineStep.SCRIPT_GENERATION)
    vision, writer = models[Role.VISION], models[Role.TEXT]
    products, avatars = photos

    def study(task: TextTask, pictures: int) -> Callable[[Usage], Micros]:
        return lambda usage: pricing.text_task(vision, day, task, pictures, usage)

    def expansion(usage: Usage) -> Micros:
        return pricing.text_task(writer, day, pricing.EXPAND_BRIEF, 0, usage)

    def script(usage: Usage) -> Micros:
        return pricing.text_task(writer, day, pricing.WRITE_SCRIPT, 0, usage)

    lines = [
        _line(key, vision, "study the product", study(pricing.STUDY_PRODUCT, products)),
        _line(key, writer, "plan how it persuades", expansion),
        # A draft that breaks a constraint is asked for once more.
        _line(key, writer, "write the script, with one repair", script, most=2),
    ]
    if avatars:
        # The angles are told by measuring, and asked for only where that leaves them open.
        angles = study(pricing.CLASSIFY_ANGLES, avatars)
        lines.append(_line(key, vision, "tell the photos' angles", angles, least=0))
        lines.append(_line(key, vision, "study the person", study(pricing.STUDY_AVATAR, avatars)))
    return lines


def _scene_lines(
    brief: Brief,
    scene: PlannedScene,
    models: Mapping[Role, Model],
    photos: tuple[int, int],
    retakes: int,
    day: date,
) -> list[QuoteLine]:
    drawing, vision, filming, voice = (models[role] for role in (Role.IMAGE, Role.VISION, Role.VIDEO, Role.SPEECH))
    judged = 1 + min(photos[0], 1) + min(photos[1], 1)
    resolution = resolution_for(filming, brief.quality)

    def frame(usage: Usage) -> Micros:
        return pricing.picture(drawing, day, size_for(drawing, brief.quality), references(photos), usage)

    def score(usage: Usage) -> Micros:
        return pricing.text_task(vision, day, pricing.JUDGE_FRAME, judged, usage)

    def clip(usage: Usage) -> Micros:
        # At least the frame that it starts on, at most as many ingredients as the model takes.
        pictures = 1 if usage is USUAL else filming.references
        return pricing.clip(filming, day, scene.clip_seconds, resolution, pictures, usage=usage)

    def extension(usage: Usage) -> Micros:
        # One call for each extension: each has its own prompt, with all that was filmed before it.
        longest = filming.extension_lengths[-1]
        calls = math.ceil(scene.extension_seconds / longest)
        before = [scene.clip_seconds + (part * longest if usage is MOST else 0) for part in range(calls)]
        prompts = sum(pricing.clip(filming, day, 0, resolution, 0, extends, usage) for extends in before)
        return pricing.footage(filming, day, scene.extension_seconds, resolution) + prompts

    def speech(usage: Usage) -> Micros:
        return pricing.speech(voice, day, scene.max_words, usage)

    def line(
        step: PipelineStep, model: Model, what: str, price: Callable[[Usage], Micros], again: int = 0
    ) -> QuoteLine:
        return _line(UnitKey(step=step, scene=scene.scene_number), model, what, price, retakes=again)

    lines = [
        line(PipelineStep.STORYBOARD, drawing, "draw the frame", frame, retakes),
        line(PipelineStep.STORYBOARD, vision, "score the frame", score, retakes),
        line(PipelineStep.VIDEO_GENERATION, filming, f"film {scene.clip_seconds:g} s", clip),
    ]
    if scene.is_extended:
        what = f"extend by {scene.extension_seconds:g} s"
        lines.append(line(PipelineStep.VIDEO_EXTENSION, filming, what, extension))
    if brief.speech is SpeechMode.VOICEOVER:
        lines.append(line(PipelineStep.AUDIO_GENERATION, voice, "speak the dialogue", speech))
    return lines


def _check_line(
    scene: PlannedScene, vision: Model, photos: tuple[int, int], frames_per_second: float, day: date
) -> QuoteLine:
    frames = math.ceil(scene.seconds * frames_per_second) + 1
    pictures = frames + min(photos[0], 1) + min(photos[1], 1)
    return _line(
        UnitKey(step=PipelineStep.QUALITY_CHECK),
        vision,
        f"score the clip of scene {scene.scene_number}",
        lambda usage: pricing.text_task(vision, day, pricing.JUDGE_FRAME, pictures, usage),
    )
