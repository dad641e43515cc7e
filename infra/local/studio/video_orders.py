"""Reading orders for clips: Omni through the Interactions API, Veo through the Agent Platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from infra.local.studio import wire
from infra.local.studio.catalog import VIDEO_RATIOS, OmniModel, VeoModel
from infra.local.studio.errors import ApiError, invalid
from infra.local.studio.footage import seconds_of
from infra.local.studio.orders import VideoOrder
from infra.local.studio.prompt import Photo, Prompt, Turn

_MARK = re.compile(r"<(FIRST_FRAME|LAST_FRAME|IMAGE_REF_(\d+))>")
_TASKS = ("text_to_video", "image_to_video", "reference_to_video", "edit", "extend")


def from_omni(
    model: OmniModel, config: wire.Json, video: wire.Json, prompt: Prompt, previous: bytes | None, seed: int
) -> VideoOrder:
    bound = _bind(prompt)
    before = previous or next((f.data for f in prompt.footage), None)
    task = wire.typed(config, str, "video_config", "task") or _task(bound, before)
    if task not in _TASKS:
        raise invalid(f"video_config.task {task!r} is not served here; it must be one of {', '.join(_TASKS)}.")
    if task in ("edit", "extend") and before is None:
        raise invalid(f"The task {task} needs a previous_interaction_id with a video, or a video in the input.")
    if task == "image_to_video":
        bound = _as_frames(bound)
    references = bound.references
    if task == "reference_to_video" and not references:
        raise invalid("The task reference_to_video needs at least one reference image.")
    if len(references) > model.references:
        raise invalid(f"{model.id} takes at most {model.references} reference images, got {len(references)}.")
    ratio, resolution = _format(model, video)
    order = VideoOrder(
        model,
        prompt,
        seconds=wire.number(video, "duration") or 8.0,
        ratio=ratio,
        resolution=resolution,
        seed=seed,
        first=bound.first,
        last=bound.last,
        references=references,
        extends=before if task == "extend" else None,
        edits=before if task == "edit" else None,
    )
    _check_omni_length(model, order)
    return order


def _format(model: OmniModel | VeoModel, video: wire.Json) -> tuple[str, str]:
    ratio = wire.typed(video, str, "aspect_ratio") or "16:9"
    resolution = wire.typed(video, str, "resolution") or "720p"
    if ratio not in VIDEO_RATIOS:
        raise invalid(f"aspect_ratio must be one of {', '.join(VIDEO_RATIOS)} for {model.id}, got {ratio!r}.")
    if resolution not in model.resolutions:
        raise invalid(f"resolution must be one of {', '.join(model.resolutions)} for {model.id}, got {resolution!r}.")
    return ratio, resolution


def _check_omni_length(model: OmniModel, order: VideoOrder) -> None:
    longest = model.longest
    if order.first and order.last:
        longest = model.longest_between_frames
    if order.extends:
        longest = model.longest_extension
    if not model.shortest <= order.seconds <= longest:
        raise invalid(
            f"duration must be between {model.shortest:g}s and {longest:g}s for this task of {model.id}, "
            f"got {order.seconds:g}s."
        )
    _check_extended(order, model.longest_extended)


def _check_extended(order: VideoOrder, longest: float) -> None:
    if order.extends and (total := seconds_of(order.extends) + order.seconds) > longest + 0.5:
        raise invalid(f"The extended video would be {total:.1f}s long; {order.model.id} stops at {longest:g}s.")


@dataclass(frozen=True)
class _Bound:
    """The images of a prompt in their parts."""

    first: bytes | None = None
    last: bytes | None = None
    references: tuple[Photo, ...] = ()


def _bind(prompt: Prompt) -> _Bound:
    """Give each image its part.

    A marker right before an image names its part; the other markers take the other images in the order in which the
    text mentions them; images that no marker wants are references.
    """
    roles: dict[int, str] = {}
    for index, photo in enumerate(prompt.photos):
        if found := list(_MARK.finditer(photo.label)):
            alone = photo.label.strip() == found[-1].group(0)
            if alone or len(prompt.photos) == len({m.group(1) for m in _MARK.finditer(prompt.text)}) == 1:
                roles[index] = found[-1].group(1)
    mentioned = [name for name in _mentions(prompt.text) if name not in roles.values()]
    free = [index for index in range(len(prompt.photos)) if index not in roles]
    roles.update(zip(free, mentioned, strict=False))
    frame = {name: prompt.photos[index].data for index, name in roles.items() if name.endswith("_FRAME")}
    references = [i for i in range(len(prompt.photos)) if not roles.get(i, "").endswith("_FRAME")]
    references.sort(key=lambda i: int(roles[i].removeprefix("IMAGE_REF_")) if i in roles else len(prompt.photos) + i)
    return _Bound(frame.get("FIRST_FRAME"), frame.get("LAST_FRAME"), tuple(prompt.photos[i] for i in references))


def _mentions(text: str) -> Sequence[str]:
    """Distinct markers as the text mentions them, the numbered references among themselves in their order."""
    names = list(dict.fromkeys(match.group(1) for match in _MARK.finditer(text)))
    numbered = iter(sorted((n for n in names if n.startswith("IMAGE_REF")), key=lambda n: int(n.rsplit("_", 1)[1])))
    return [next(numbered) if name.startswith("IMAGE_REF") else name for name in names]


def _task(bound: _Bound, before: bytes | None) -> str:
    if before is not None:
        return "edit"
    if bound.first or bound.last:
        return "image_to_video"
    return "reference_to_video" if bound.references else "text_to_video"


def _as_frames(bound: _Bound) -> _Bound:
    """In image_to_video, images without a marker are the first and then the last frame."""
    spare = list(bound.references)
    first = bound.first or (spare.pop(0).data if spare else None)
    last = bound.last or (spare.pop(0).data if spare else None)
    if first is None:
        raise invalid("The task image_to_video needs an image.")
    return replace(bound, first=first, last=last, references=tuple(spare))


Media = Callable[[Any, str], bytes | None]
"""Bytes of an image or video document of a request, inline or in Cloud Storage; the name says where it stands."""


def from_predict(model: VeoModel, body: wire.Json, media: Media) -> VideoOrder:
    """Read a predictLongRunning request of the Agent Platform."""
    instances = wire.items(body, "instances")
    if len(instances) != 1:
        raise invalid(f"predictLongRunning takes exactly one instance, got {len(instances)}.")
    instance, parameters = instances[0], wire.typed(body, dict, "parameters") or {}
    first, last, video = (media(wire.field(instance, name), name) for name in ("image", "last_frame", "video"))
    references = tuple(
        Photo(data, str(wire.field(r, "reference_type") or "ASSET").lower(), "image/png")
        for i, r in enumerate(wire.items(instance, "reference_images"))
        if (data := media(wire.field(r, "image"), f"reference_images[{i}].image"))
    )
    # A negative prompt names what must not be seen; an illustrator that reads words would draw exactly that.
    prompt = Prompt((Turn("user", wire.typed(instance, str, "prompt") or ""),), photos=references)
    ratio, resolution = _format(model, parameters)
    given = wire.number(parameters, "duration_seconds")
    order = VideoOrder(
        model,
        prompt,
        seconds=model.extension if video else (8 if given is None else given),
        ratio=ratio,
        resolution=resolution,
        seed=wire.seed_of(body, wire.number(parameters, "seed")),
        first=first,
        last=last,
        references=references,
        extends=video,
        samples=int(wire.number(parameters, "sample_count") or 1),
    )
    _check_veo(model, order)
    return order


def _check_veo(model: VeoModel, order: VideoOrder) -> None:
    if not order.prompt.question and not order.first:
        raise invalid("The instance needs a prompt or an image.")
    if order.references and (order.first or order.last or order.extends):
        raise _use_case("image, video and lastFrame are not supported together with referenceImages")
    if order.references and not order.prompt.question:
        raise _use_case("referenceImages need a prompt")
    if len(order.references) > model.references:
        raise _use_case(f"at most {model.references} referenceImages are supported, got {len(order.references)}")
    if order.last and not order.first:
        raise _use_case("lastFrame needs an image to start from")
    if order.extends:
        if order.resolution != "720p":
            raise _use_case("an extension is made at 720p")
        return _check_extended(order, model.longest_extended)
    if order.seconds not in model.durations:
        wanted = ", ".join(map(str, model.durations))
        raise _use_case(f"durationSeconds must be one of {wanted} for {model.id}, got {order.seconds:g}")
    if order.seconds != 8 and (order.references or order.resolution != "720p"):
        raise _use_case("referenceImages, 1080p and 4k need durationSeconds 8")
    if not 1 <= order.samples <= 4:
        raise _use_case(f"sampleCount must be between 1 and 4, got {order.samples}")
    return None


def _use_case(why: str) -> ApiError:
    return invalid(f"Your use case is currently not supported: {why}.")
