"""What a call costs: one set of functions for the quote, the money held, and the cap."""

from datetime import date

from ugcgen.domain.model import Value
from ugcgen.domain.money import Micros, micros
from ugcgen.models.catalog import Model, Role

IMAGE_TOKENS = 2_100
"""Tokens a picture in a prompt counts as, rounded up from what the providers document (1,120 to 2,040)."""

AUDIO_TOKENS_PER_SECOND = 32
CHARACTERS_A_WORD = 12
"""More than the words of a script have on average, with their spaces."""
SLOWEST_SPEECH = 1.5
"""Words a second below which no voice of ours falls, so that a speech's price has an upper bound."""


class TextTask(Value):
    """A kind of question to a text or vision model, and the tokens it may use: what the quote holds, the call obeys."""

    name: str
    role: Role
    input_tokens: int
    output_tokens: int


STUDY_PRODUCT = TextTask(name="study_product", role=Role.VISION, input_tokens=2_000, output_tokens=3_000)
STUDY_AVATAR = TextTask(name="study_avatar", role=Role.VISION, input_tokens=2_000, output_tokens=3_000)
WRITE_SCRIPT = TextTask(name="write_script", role=Role.TEXT, input_tokens=8_000, output_tokens=16_000)
JUDGE_FRAME = TextTask(name="judge_frame", role=Role.VISION, input_tokens=1_500, output_tokens=1_000)


def text(model: Model, day: date, input_tokens: int, output_tokens: int) -> Micros:
    price = model.price_on(day)
    return micros((input_tokens * price.input + output_tokens * price.output) / 1_000_000)


def text_task(model: Model, day: date, task: TextTask, pictures: int) -> Micros:
    """The most a task may cost with so many pictures in its prompt."""
    return text(model, day, task.input_tokens + pictures * IMAGE_TOKENS, task.output_tokens)


def picture(model: Model, day: date, size: str, references: int) -> Micros:
    price = model.price_on(day)
    return micros(price.image[size] + (4_000 + references * IMAGE_TOKENS) * price.input / 1_000_000)


def clip(model: Model, day: date, seconds: float, resolution: str, references: int) -> Micros:
    """The most a clip may cost: its seconds, and a prompt with so many pictures."""
    prompt = text(model, day, 2_000 + references * IMAGE_TOKENS, 0)
    return footage(model, day, seconds, resolution) + prompt


def footage(model: Model, day: date, seconds: float, resolution: str) -> Micros:
    """What the seconds of a clip cost, whatever was in its prompt."""
    return micros(model.price_on(day).second[resolution] * seconds)


def speech(model: Model, day: date, words: int) -> Micros:
    """The most that speaking so many words may cost; a word is at most four tokens."""
    if model.price_on(day).character:
        return characters(model, day, words * CHARACTERS_A_WORD)
    seconds = words / SLOWEST_SPEECH + 2
    return text(model, day, words * 4 + 200, round(seconds * AUDIO_TOKENS_PER_SECOND))


def characters(model: Model, day: date, count: int) -> Micros:
    """What speaking so many characters costs where they are what is paid for."""
    return micros(count * model.price_on(day).character / 1_000_000)
