"""What a model can do, and what of a piece of work it cannot, said with the nearest thing that it can."""

from dataclasses import dataclass

from ugcgen.domain.model import Value
from ugcgen.models.catalog import Model, Role
from ugcgen.models.nearest import either, nearest_lengths, nearest_ratio, nearest_step, seconds
from ugcgen.models.voices import VOICES, Gender

LANGUAGES = {"no": "nb", "zh": "cmn"}
"""Languages that locales name otherwise than briefs do."""


class Need(Value):
    """What a piece of work asks of its model; what is left out is not asked.

    ``longest_scene`` and ``longest_clip`` are seconds: a scene that is longer than a clip may be is extended.
    """

    ratio: str | None = None
    references: int = 0
    longest_scene: float | None = None
    longest_clip: float | None = None
    language: str | None = None
    voice: str | None = None


@dataclass(frozen=True)
class Trouble:
    """Why a model cannot do something, as what follows its name in a sentence, and the field of a brief to change."""

    sentence: str
    field: str


def trouble_with(model: Model, role: Role, need: Need, makes: str | None = None) -> Trouble | None:
    """The first thing that keeps a model from the work; None where it can do it. ``makes`` is the tier's size."""
    if role not in model.roles:
        return Trouble(f"is no model for {role}", f"models.{role}")
    if need.ratio is not None and need.ratio not in model.ratios:
        return Trouble(no_ratio(model, need.ratio), "aspect_ratio")
    if need.references > model.references:
        return Trouble(no_references(model, need.references), f"models.{role}")
    offered = model.resolutions or model.sizes
    if makes is not None and nearest_step(makes, offered) is None:
        return Trouble(f"makes at most {offered[-1]}, not the {makes} of this quality", "quality")
    return _too_long(model, need) or _unspoken(model, need)


def no_ratio(model: Model, ratio: str) -> str:
    return f"makes {either(model.ratios, 'and')}, not {ratio}; the nearest is {nearest_ratio(ratio, model.ratios)}"


def no_references(model: Model, count: int) -> str:
    takes = f"at most {model.references}" if model.references else "no"
    return f"takes {takes} reference pictures, not {count}"


def no_length(model: Model, wanted: float, extends: bool) -> str:
    """Why a clip, or an extension, of so many seconds cannot be had."""
    lengths = model.extension_lengths if extends else model.lengths
    what = "extends by" if extends else "makes clips of"
    if not lengths:
        return "cannot extend a clip" if extends else "makes no clips"
    near = nearest_lengths(wanted, lengths)
    nearest = f"the nearest {'are' if len(near) > 1 else 'is'} {seconds(near, 'and')}"
    return f"{what} {seconds(lengths)} s, not {wanted:g}; {nearest}"


def no_resolution(model: Model, wanted: str) -> str:
    nearest = nearest_step(wanted, model.resolutions) or model.resolutions[-1]
    return f"makes {either(model.resolutions, 'and')}, not {wanted}; the nearest is {nearest}"


def locale_of(model: Model, language: str, gender: Gender) -> str | None:
    """The locale in which a model with voices of its own speaks a language in a voice of that gender."""
    base, _, region = language.partition("-")
    base = LANGUAGES.get(base, base)
    spoken = [locale for locale, letters in model.voices.items() if gender in letters]
    same = [locale for locale in spoken if locale.partition("-")[0] == base]
    exact = f"{base}-{region}"
    return exact if exact in same else next(iter(same), None)


def _too_long(model: Model, need: Need) -> Trouble | None:
    if not model.lengths:
        return None
    clips = [length for length in model.lengths if need.longest_clip is None or length <= need.longest_clip]
    if not clips:
        shortest = f"{model.lengths[0]:g}"
        limit = f"max_scene_duration is {need.longest_clip:g} s; set it to {shortest} or more"
        return Trouble(f"makes no clip below {shortest} s but {limit}", "max_scene_duration")
    # How far extensions reach depends on the scene; the outline says it scene by scene.
    if need.longest_scene is not None and need.longest_scene > clips[-1] and not model.extension_lengths:
        return Trouble(f"makes at most {clips[-1]:g} s and cannot extend, not {need.longest_scene:g} s", "scenes")
    return None


def _unspoken(model: Model, need: Need) -> Trouble | None:
    if not model.voices or need.language is None:
        return None
    gender = VOICES[need.voice].gender if need.voice else Gender.FEMALE
    if locale_of(model, need.language, gender) is None:
        return Trouble(f"has no {gender} voice for the language {need.language}", "language")
    return None
