"""What a call costs: one set of functions for the quote, the money held, and the cap."""

import math
from datetime import date

from ugcgen.domain.model import Value
from ugcgen.domain.money import Micros, micros
from ugcgen.models.catalog import Model, Role

AUDIO_TOKENS_PER_SECOND = 32
FOOTAGE_TOKENS_PER_SECOND = 5_792
"""What a second of video in a prompt counts as: a clip that goes on from another has that one in its prompt."""


class Usage(Value):
    """What a call is taken to use before it is made. Prompts and pictures are counted in tokens.

    ``of_task`` is the share of a text task's tokens that is used; a speech has ``words_per_second`` and a ``pause`` of
    some seconds, and is asked for with ``speech_prompt`` tokens beside its words.
    """

    picture: int
    of_task: float
    image_prompt: int
    clip_prompt: int
    speech_prompt: int
    word: float
    characters_a_word: int
    words_per_second: float
    pause: float


MOST = Usage(
    picture=2_100,  # rounded up from the most that the providers document, 2,040
    of_task=1,
    image_prompt=4_000,
    clip_prompt=2_000,
    speech_prompt=200,
    word=4,
    characters_a_word=12,
    words_per_second=1.5,  # no voice of ours is slower
    pause=2,
)
"""What no call passes: what is held for it."""

USUAL = Usage(
    picture=560,
    of_task=0.04,
    image_prompt=300,
    clip_prompt=400,
    speech_prompt=10,
    word=1.3,
    characters_a_word=5,
    words_per_second=3,
    pause=0,
)
"""What a plain call takes at least: the lower end of an estimate."""


class TextTask(Value):
    """A kind of question to a text or vision model, and the tokens it may use: what the quote holds, the call obeys."""

    name: str
    role: Role
    input_tokens: int
    output_tokens: int


STUDY_PRODUCT = TextTask(name="study_product", role=Role.VISION, input_tokens=2_000, output_tokens=3_000)
STUDY_AVATAR = TextTask(name="study_avatar", role=Role.VISION, input_tokens=2_000, output_tokens=3_000)
CLASSIFY_ANGLES = TextTask(name="classify_angles", role=Role.VISION, input_tokens=1_500, output_tokens=1_500)
EXPAND_BRIEF = TextTask(name="expand_brief", role=Role.TEXT, input_tokens=4_000, output_tokens=4_000)
WRITE_SCRIPT = TextTask(name="write_script", role=Role.TEXT, input_tokens=8_000, output_tokens=16_000)
DETECT_INTENT = TextTask(name="detect_intent", role=Role.TEXT, input_tokens=12_000, output_tokens=500)
CHAT = TextTask(name="chat", role=Role.TEXT, input_tokens=20_000, output_tokens=3_000)
# No more than writing it: a run that refines finds what the script was written with, and has its price for this.
REFINE_SCRIPT = WRITE_SCRIPT.model_copy(update={"name": "refine_script"})


def judging(frames: int) -> TextTask:
    """The question how so many frames compare with the reference photos: each one is answered for itself."""
    return TextTask(name="judge_frames", role=Role.VISION, input_tokens=1_500, output_tokens=500 + 300 * frames)


def text(model: Model, day: date, input_tokens: int, output_tokens: int) -> Micros:
    price = model.price_on(day)
    return micros((input_tokens * price.input + output_tokens * price.output) / 1_000_000)


def text_task(model: Model, day: date, task: TextTask, pictures: int, usage: Usage = MOST) -> Micros:
    """What a task costs with so many pictures in its prompt, unless told otherwise at most."""
    read, written = task.input_tokens * usage.of_task, task.output_tokens * usage.of_task
    return text(model, day, round(read) + pictures * usage.picture, round(written))


def picture(model: Model, day: date, size: str, references: int, usage: Usage = MOST) -> Micros:
    price = model.price_on(day)
    prompt = usage.image_prompt + references * usage.picture
    return micros(price.image[size] + prompt * price.input / 1_000_000)


def clip(
    model: Model,
    day: date,
    seconds: float,
    resolution: str,
    references: int,
    extends: float = 0,
    usage: Usage = MOST,
) -> Micros:
    """What a clip costs, unless told otherwise at most: its seconds, and a prompt with so many pictures and with the
    seconds of footage that it ``extends``."""
    read = usage.clip_prompt + references * usage.picture + math.ceil(extends) * FOOTAGE_TOKENS_PER_SECOND
    return footage(model, day, seconds, resolution) + text(model, day, read, 0)


def footage(model: Model, day: date, seconds: float, resolution: str) -> Micros:
    """What the seconds of a clip cost, whatever was in its prompt."""
    return micros(model.price_on(day).second[resolution] * seconds)


def speech(model: Model, day: date, words: int, usage: Usage = MOST) -> Micros:
    """What speaking so many words costs, unless told otherwise at most."""
    if model.price_on(day).character:
        return characters(model, day, words * usage.characters_a_word)
    seconds = words / usage.words_per_second + usage.pause
    read = round(words * usage.word) + usage.speech_prompt
    return text(model, day, read, round(seconds * AUDIO_TOKENS_PER_SECOND))


def characters(model: Model, day: date, count: int) -> Micros:
    """What speaking so many characters costs where they are what is paid for."""
    return micros(count * model.price_on(day).character / 1_000_000)
