"""The price of a job before the first paid call: one line for every paid call that a unit will make.

The same functions price the calls themselves, so the quote is also what each unit is allotted and what stops it.
"""

import math
from collections import Counter
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

JUDGED_PRODUCTS, JUDGED_PERSONS = 1, 2
"""How many photos of each the judge compares frames with, at most."""

CLIP_RETAKES = 1
"""How many retakes of each clip the high end of a quote holds. More are made where the cap has room for them."""


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
    spoken = Need(language=brief.language, voice=voice_named(brief.voice.name))
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
    too low is drawn again, ``frames_per_second`` how densely clips are sampled for the judge."""
    models = {role: choice.model for role, choice in choices.items()}
    before, after = _script_lines(models, photos, day), list[QuoteLine]()
    for scene in outline:
        before += _frame_lines(brief, scene, models, photos, retakes, day)
        after += _footage_lines(brief, scene, models, photos, frames_per_second, day)
    after += _voice_lines(brief, outline, models[Role.SPEECH], day)
    lines = before + after
    return Quote(
        lines=lines,
        low=sum(line.low for line in lines),
        total=sum(line.price for line in lines),
        high=sum(line.high for line in lines),
        after_storyboard=sum(line.price for line in after),
        models={str(role): model.id for role, model in models.items()},
        fallbacks={str(role): [model.id for model in choice.fallbacks] for role, choice in choices.items()},
        notices=[choice.notice for choice in choices.values() if choice.notice],
    )


def _line(
    key: UnitKey,
    model: Model,
    what: str,
    price: Callable[[Usage], Micros],
    times: tuple[int, int] = (1, 1),
    again: Micros = 0,
) -> QuoteLine:
    """The line of a call that is made so many ``times``, at least and at most; its retakes cost up to ``again``."""
    least, most = times
    once = most * price(MOST)
    return QuoteLine(
        unit=key.id,
        scene=key.scene,
        model=model.id,
        what=what,
        low=least * price(USUAL),
        price=once,
        high=once + again,
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
        _line(key, writer, "write the script, with one repair", script, times=(1, 2)),
    ]
    if avatars:
        # The angles are told by measuring, and asked for only where that leaves them open.
        angles = study(pricing.CLASSIFY_ANGLES, avatars)
        lines.append(_line(key, vision, "tell the photos' angles", angles, times=(0, 1)))
        lines.append(_line(key, vision, "study the person", study(pricing.STUDY_AVATAR, avatars)))
    return lines


def _frame_lines(
    brief: Brief,
    scene: PlannedScene,
    models: Mapping[Role, Model],
    photos: tuple[int, int],
    retakes: int,
    day: date,
) -> list[QuoteLine]:
    """All variants are drawn, and judged in one call; a retake is one frame and its judgement."""
    drawing, vision, variants = models[Role.IMAGE], models[Role.VISION], brief.variants
    key = UnitKey(step=PipelineStep.STORYBOARD, scene=scene.scene_number)

    def frame(usage: Usage) -> Micros:
        return pricing.picture(drawing, day, size_for(drawing, brief.quality), references(photos), usage)

    def score(usage: Usage) -> Micros:
        return _judged(vision, day, variants, photos, usage)

    again = _judged(vision, day, 1, photos, MOST)
    return [
        _line(key, drawing, f"draw {variants} frames", frame, (variants, variants), retakes * frame(MOST)),
        _line(key, vision, "score the frames", score, again=retakes * again),
    ]


def _footage_lines(
    brief: Brief,
    scene: PlannedScene,
    models: Mapping[Role, Model],
    photos: tuple[int, int],
    frames_per_second: float,
    day: date,
) -> list[QuoteLine]:
    filming, vision = models[Role.VIDEO], models[Role.VISION]
    resolution = resolution_for(filming, brief.quality)

    def clip(usage: Usage) -> Micros:
        # At least the frame that it starts on, at most as many ingredients as the model takes.
        pictures = 1 if usage is USUAL else max(2, filming.references)
        return pricing.clip(filming, day, scene.clip_seconds, resolution, pictures, usage=usage)

    def extension(usage: Usage) -> Micros:
        # One call for each extension: each has its own prompt, with all that was filmed before it.
        longest = filming.extension_lengths[-1]
        calls = math.ceil(scene.extension_seconds / longest)
        before = [scene.clip_seconds + (part * longest if usage is MOST else 0) for part in range(calls)]
        prompts = sum(pricing.clip(filming, day, 0, resolution, 0, extends, usage) for extends in before)
        return pricing.footage(filming, day, scene.extension_seconds, resolution) + prompts

    def lines(
        step: PipelineStep, what: str, price: Callable[[Usage], Micros], part: str, seconds: float
    ) -> list[QuoteLine]:
        key, frames = UnitKey(step=step, scene=scene.scene_number), math.ceil(seconds * frames_per_second) + 1

        def score(usage: Usage) -> Micros:
            return _judged(vision, day, frames, photos, usage)

        return [
            _line(key, filming, what, price, again=CLIP_RETAKES * price(MOST)),
            _line(key, vision, f"score the {part}", score, again=CLIP_RETAKES * score(MOST)),
        ]

    film = f"film {scene.clip_seconds:g} s"
    shot = lines(PipelineStep.VIDEO_GENERATION, film, clip, "clip", scene.clip_seconds)
    if not scene.is_extended:
        return shot
    extend = f"extend by {scene.extension_seconds:g} s"
    return shot + lines(PipelineStep.VIDEO_EXTENSION, extend, extension, "extension", scene.extension_seconds)


def _voice_lines(brief: Brief, outline: list[PlannedScene], voice: Model, day: date) -> list[QuoteLine]:
    """What is too long for its scene is spoken once more, faster."""
    if brief.speech is SpeechMode.NATIVE:
        return []
    words: Counter[UnitKey] = Counter()
    for scene in outline:
        words[brief.voice_unit(scene.scene_number)] += scene.max_words

    def speech(count: int) -> Callable[[Usage], Micros]:
        return lambda usage: pricing.speech(voice, day, count, usage)

    return [
        _line(key, voice, "speak the dialogue" if key.scene else "speak the whole ad", price, again=price(MOST))
        for key, price in ((key, speech(count)) for key, count in words.items())
    ]


def _judged(vision: Model, day: date, frames: int, photos: tuple[int, int], usage: Usage) -> Micros:
    """What the judge's look at so many frames costs, with the photos that they are compared with."""
    pictures = frames + min(photos[0], JUDGED_PRODUCTS) + min(photos[1], JUDGED_PERSONS)
    return pricing.text_task(vision, day, pricing.judging(frames), pictures, usage)
