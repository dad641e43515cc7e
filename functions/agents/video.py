"""The video agent: which mode a scene's clip is made in, and the order for it."""

from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.content_key import seed_for
from ugcgen.domain.enums import GenerationMode, SceneJoin
from ugcgen.models.catalog import Model
from ugcgen.models.clip import ClipOrder, Footage
from ugcgen.models.media import Picture


def mode_for(model: Model, planned: PlannedScene, previous: Picture | None) -> GenerationMode:
    """How the scene is filmed: a chained scene from the last frame before it towards its own storyboard frame, a cut
    from its own storyboard frame. A model without a first frame gets the frame as an ingredient."""
    if not model.first_frame:
        return GenerationMode.INGREDIENTS if model.references else GenerationMode.TEXT
    chained = planned.join is SceneJoin.CHAIN and previous is not None
    return GenerationMode.FRAMES if chained and model.last_frame else GenerationMode.IMAGE


def clip_order(
    model: Model,
    planned: PlannedScene,
    prompt: str,
    negative: str,
    ratio: str,
    resolution: str,
    frame: Picture,
    previous: Picture | None,
    references: list[Picture],
) -> ClipOrder:
    """The order for a scene's first clip. ``previous`` is the last frame of the scene before, for a chained one."""
    mode = mode_for(model, planned, previous)
    first, last = frame, None
    if planned.join is SceneJoin.CHAIN and previous is not None:
        first, last = previous, frame if mode is GenerationMode.FRAMES else None
    with_frames = mode in {GenerationMode.FRAMES, GenerationMode.IMAGE}
    ingredients = tuple([frame, *references][: model.references]) if mode is GenerationMode.INGREDIENTS else ()
    return ClipOrder(
        prompt=prompt,
        negative=negative if model.negative_prompt else "",
        seconds=planned.clip_seconds,
        ratio=ratio,
        resolution=resolution,
        seed=seed_for("clip", planned.scene_number),
        first_frame=first if with_frames else None,
        last_frame=last if with_frames else None,
        references=ingredients,
    )


def extension_order(
    planned: PlannedScene,
    prompt: str,
    ratio: str,
    resolution: str,
    seconds: float,
    part: int,
    footage: Footage,
) -> ClipOrder:
    """The order for one extension of a scene that is longer than one clip."""
    return ClipOrder(
        prompt=f"Continue the same shot without a cut. {prompt}",
        negative="",
        seconds=seconds,
        ratio=ratio,
        resolution=resolution,
        seed=seed_for("extension", planned.scene_number, part),
        extends=footage,
    )
