"""The video generator: which mode a scene's clip is made in and why, and the order for it.

A model that films from a first frame starts on the approved storyboard frame, which shows person and product as they
were scored. Where no frame goes in, or the face drifted from a frame alone, reference photos do (``slots``).
"""

from dataclasses import dataclass

from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.content_key import seed_for
from ugcgen.domain.enums import GenerationMode, SceneJoin
from ugcgen.domain.model import Value
from ugcgen.models.catalog import Model
from ugcgen.models.clip import ClipOrder, Footage
from ugcgen.models.media import Picture


class Cast(Value):
    """The pictures that a clip may be made from. ``person`` and ``product`` are photos, most important first, the
    person's front portrait before the one that matches the scene's camera. ``before`` is the last frame of the scene
    that this one goes on from, ``after`` the storyboard frame that it is to end on."""

    frame: Picture
    before: Picture | None = None
    after: Picture | None = None
    person: tuple[Picture, ...] = ()
    product: tuple[Picture, ...] = ()


class Shot(Value):
    """What of a scene is the same for every model: its words, its picture's shape, and which retake it is."""

    prompt: str
    negative: str
    ratio: str
    retake: int = 0
    drifted: bool = False


@dataclass(frozen=True)
class Chosen:
    mode: GenerationMode
    why: str


def mode_for(model: Model, planned: PlannedScene, cast: Cast, drifted: bool = False) -> Chosen:
    """How a scene is filmed, by what the model can do. ``drifted`` says that its person keeps becoming another one."""
    chained = planned.join is SceneJoin.CHAIN and cast.before is not None
    if not model.first_frame:
        if model.references:
            return Chosen(GenerationMode.INGREDIENTS, f"{model.id} takes no first frame, but reference pictures")
        return Chosen(GenerationMode.TEXT, f"{model.id} takes no pictures")
    if chained and model.last_frame:
        return Chosen(GenerationMode.FRAMES, "it goes on from the scene before, towards its own frame")
    if chained:
        return Chosen(GenerationMode.IMAGE, f"it goes on from the scene before; {model.id} takes no last frame")
    if drifted and cast.person and model.references and not model.references_with_frames:
        return Chosen(GenerationMode.INGREDIENTS, "the face drifts from a first frame, so its photos are shown")
    if cast.after is not None and model.last_frame and not planned.is_extended:
        return Chosen(GenerationMode.FRAMES, "it ends where the next scene starts")
    return Chosen(GenerationMode.IMAGE, "it starts on its own approved frame")


def slots(model: Model, cast: Cast, with_frame: bool) -> tuple[Picture, ...]:
    """What goes into the reference slots: the person's front portrait, the photo that matches the camera's angle, the
    approved storyboard frame, and then the product's photo.

    With three slots the frame carries the product. The photo gets a slot of its own where there are more, where one
    portrait is also the matching angle, or where the frame goes in as a frame.
    """
    frame = () if with_frame else (cast.frame,)
    wanted = {picture.sha256: picture for picture in (*cast.person[:2], *frame, *cast.product)}
    return tuple(wanted.values())[: model.references]


def clip_order(model: Model, planned: PlannedScene, shot: Shot, resolution: str, cast: Cast) -> ClipOrder:
    """The order for a scene's first clip."""
    mode = mode_for(model, planned, cast, shot.drifted).mode
    order = ClipOrder(
        prompt=shot.prompt,
        negative=negative_for(model, shot.negative),
        seconds=planned.clip_seconds,
        ratio=shot.ratio,
        resolution=resolution,
        seed=seed_for("clip", planned.scene_number, shot.retake),
    )
    match mode:
        case GenerationMode.INGREDIENTS:
            return order.model_copy(update={"references": slots(model, cast, with_frame=False)})
        case GenerationMode.TEXT:
            return order
    chained = planned.join is SceneJoin.CHAIN and cast.before is not None
    first, last = (cast.before, cast.frame) if chained else (cast.frame, cast.after)
    beside = slots(model, cast, with_frame=True) if model.references_with_frames else ()
    return order.model_copy(
        update={
            "first_frame": first,
            "last_frame": last if mode is GenerationMode.FRAMES else None,
            "references": beside,
        }
    )


def extension_order(
    model: Model, planned: PlannedScene, shot: Shot, resolution: str, seconds: float, part: int, footage: Footage
) -> ClipOrder:
    """The order for one extension of a scene that is longer than one clip."""
    return ClipOrder(
        prompt=f"Continue the same shot without a cut. {shot.prompt}",
        negative=negative_for(model, shot.negative),
        seconds=seconds,
        ratio=shot.ratio,
        resolution=resolution,
        seed=seed_for("extension", planned.scene_number, part, shot.retake),
        extends=footage,
    )


def negative_for(model: Model, negative: str) -> str:
    """What to avoid as a parameter, where the model has one; every prompt says it in prose too, in its last block."""
    return negative if model.negative_prompt else ""
