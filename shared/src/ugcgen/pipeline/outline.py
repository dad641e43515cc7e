"""From a brief to an outline: how many scenes, how long, and what the video model is asked for in each.

The outline is decided by rule before anything is paid, so that the price is known; the script then fills it with words.
"""

import math

from ugcgen.domain.brief import MAX_SCENES, Brief, ClipLimits, PlannedScene, SceneWish
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import Platform, SceneJoin, SceneType
from ugcgen.domain.errors import InvalidInput

DEFAULT_SECONDS: dict[Platform, float] = {
    Platform.INSTAGRAM_REELS: 40,
    Platform.TIKTOK: 24,
    Platform.YOUTUBE_SHORTS: 40,
    Platform.YOUTUBE: 48,
    Platform.GENERAL: 40,
    Platform.CUSTOM: 40,
}

PLATFORM_SECONDS: dict[Platform, tuple[float, float]] = {
    Platform.INSTAGRAM_REELS: (30, 60),
    Platform.TIKTOK: (15, 30),
    Platform.YOUTUBE_SHORTS: (30, 60),
    Platform.YOUTUBE: (30, 180),
    Platform.GENERAL: (15, 60),
    Platform.CUSTOM: (15, 60),
}
"""How long an ad for each platform should be, from and to. A brief may want another length; it is told of this one."""

_MIDDLE = (
    SceneType.PROBLEM,
    SceneType.SOLUTION,
    SceneType.DEMONSTRATION,
    SceneType.TESTIMONIAL,
    SceneType.APPLICATION,
    SceneType.UNBOXING,
)
_MIDDLE_BY_IMPORTANCE = (2, 0, 1, 3, 4, 5)


def arc(count: int) -> list[SceneType]:
    """Scene types for an ad of ``count`` scenes: a hook first, a call to action last, the weightiest between."""
    if count == 1:
        return [SceneType.TESTIMONIAL]
    wanted = sorted(_MIDDLE_BY_IMPORTANCE[: count - 2])
    middle = [_MIDDLE[i] for i in wanted]
    while len(middle) < count - 2:
        middle.insert(-1, SceneType.DEMONSTRATION)
    return [SceneType.HOOK, *middle, SceneType.CTA]


def outline(brief: Brief, limits: ClipLimits) -> list[PlannedScene]:
    """The planned scenes of a brief for a video model.

    Raises InvalidInput, with the nearest possible choice, for a duration the model cannot make or a scene that is
    shorter than the transitions around it.
    """
    wishes = brief.scenes or _even_scenes(brief, limits)
    types = arc(len(wishes))
    scenes: list[PlannedScene] = []
    for index, wish in enumerate(wishes):
        join = (wish.join or brief.join) if index else SceneJoin.CUT
        transition = brief.transition if index and join is SceneJoin.CUT else TransitionKind.CUT
        clip, extension = _clip_lengths(wish.seconds, brief.max_scene_duration, limits, index)
        scenes.append(
            PlannedScene(
                scene_number=index + 1,
                scene_type=wish.scene_type or types[index],
                seconds=wish.seconds,
                clip_seconds=clip,
                extension_seconds=extension,
                join=join,
                transition=transition,
                max_words=max(1, math.floor(wish.seconds * brief.words_per_minute / 60)),
                note=wish.note,
            )
        )
    _check_transitions_fit(scenes)
    return scenes


def extension_steps(seconds: float, limits: ClipLimits) -> list[float]:
    """The single extensions that add up to ``seconds``, or as little more as the model allows; longest first."""
    lengths, steps, remaining = limits.extension_lengths, list[float](), seconds
    while remaining > 1e-9:
        last = next((length for length in lengths if length >= remaining - 1e-9), None)
        # What is left over after this one must not be shorter than the shortest.
        leaves_enough = [length for length in lengths if remaining - length >= lengths[0] - 1e-9]
        step = last or (leaves_enough[-1] if leaves_enough else lengths[-1])
        steps.append(step)
        remaining -= step
    return steps


def _even_scenes(brief: Brief, limits: ClipLimits) -> list[SceneWish]:
    total = brief.total_seconds or DEFAULT_SECONDS[brief.platform]
    longest = min(float(brief.max_scene_duration), limits.lengths[-1])
    count = max(1, math.ceil(total / longest))
    if count > MAX_SCENES:
        needed = math.ceil(total / MAX_SCENES)
        raise InvalidInput(
            f"{total:g} s in scenes of at most {longest:g} s are {count} scenes, more than the {MAX_SCENES} of an ad; "
            f"set max_scene_duration to {needed} or more, or total_seconds to {MAX_SCENES * longest:g} or less",
            field="total_seconds",
        )
    whole = math.floor(total / count)
    rest = total - whole * count
    return [SceneWish(seconds=whole + min(1, max(0, rest - index))) for index in range(count)]


def _clip_lengths(seconds: float, max_scene: int, limits: ClipLimits, index: int) -> tuple[float, float]:
    """The length of the first clip and the seconds that extensions add, both of which the model can make."""
    field = f"scenes.{index}.seconds"
    allowed = [length for length in limits.lengths if length <= max_scene]
    if not allowed:
        raise InvalidInput(
            f"max_scene_duration is {max_scene} s but {limits.model} makes no clip below "
            f"{limits.lengths[0]:g} s; set it to {limits.lengths[0]:g} or more",
            field="max_scene_duration",
        )
    for length in allowed:
        if length >= seconds - 1e-9:
            return length, 0
    if not limits.extension_lengths:
        raise InvalidInput(
            f"scene {index + 1} is {seconds:g} s but {limits.model} makes at most {allowed[-1]:g} s and cannot extend; "
            f"shorten the scene to {allowed[-1]:g} s or split it",
            field=field,
        )
    room = limits.longest - allowed[-1]
    extension = sum(extension_steps(seconds - allowed[-1], limits))
    if extension > room:
        steps = extension_steps(room, limits)
        while sum(steps) > room:
            steps.pop()
        most = allowed[-1] + sum(steps)
        raise InvalidInput(
            f"scene {index + 1} is {seconds:g} s but {limits.model} makes at most {most:g} s "
            f"with extensions; shorten the scene to {most:g} s or split it",
            field=field,
        )
    return allowed[-1], extension


def _check_transitions_fit(scenes: list[PlannedScene]) -> None:
    for index, scene in enumerate(scenes):
        after = scenes[index + 1].transition.seconds if index + 1 < len(scenes) else 0
        around = scene.transition.seconds + after
        if scene.seconds <= around:
            raise InvalidInput(
                f"scene {index + 1} is {scene.seconds:g} s, no longer than the transitions around it ({around:g} s); "
                "make it longer or use the transition 'cut'",
                field=f"scenes.{index}.seconds",
            )
