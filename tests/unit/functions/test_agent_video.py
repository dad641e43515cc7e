"""The video agent: the mode a scene is filmed in follows from the model and the join."""

from pytest import mark

from agents.video import clip_order, extension_order, mode_for
from tests.unit.functions.making import picture, planned
from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.enums import GenerationMode, SceneJoin
from ugcgen.models import video
from ugcgen.models.catalog import Model, Role, catalog
from ugcgen.models.clip import ClipOrder, Footage
from ugcgen.models.media import Picture

FRAME, BEFORE = picture("frame"), picture("before")
REFERENCES = [picture(f"reference-{n}") for n in range(9)]
CUT, CHAIN = planned(2, join=SceneJoin.CUT), planned(2, join=SceneJoin.CHAIN)
OMNI = catalog().models["gemini-omni-1.2-flash"]
VEO = catalog().models["veo-3.1-lite-generate-001"]
FILMING = [model for model in catalog().models.values() if Role.VIDEO in model.roles]


def able(**changes: object) -> Model:
    return OMNI.model_copy(update=changes)


def order(model: Model, scene: PlannedScene = CUT, previous: Picture | None = None) -> ClipOrder:
    return clip_order(
        model,
        scene,
        prompt="moves",
        negative="blur",
        ratio=model.ratios[0],
        resolution=model.resolutions[0],
        frame=FRAME,
        previous=previous,
        references=REFERENCES,
    )


@mark.parametrize(
    ("model", "scene", "previous", "mode"),
    [
        (OMNI, CUT, None, GenerationMode.IMAGE),
        (OMNI, CUT, BEFORE, GenerationMode.IMAGE),
        (OMNI, CHAIN, BEFORE, GenerationMode.FRAMES),
        (OMNI, CHAIN, None, GenerationMode.IMAGE),
        (VEO, CHAIN, BEFORE, GenerationMode.FRAMES),
        (able(last_frame=False), CHAIN, BEFORE, GenerationMode.IMAGE),
        (able(first_frame=False), CHAIN, BEFORE, GenerationMode.INGREDIENTS),
        (able(first_frame=False, references=0), CUT, None, GenerationMode.TEXT),
    ],
)
def test_mode(model: Model, scene: PlannedScene, previous: Picture | None, mode: GenerationMode) -> None:
    assert mode_for(model, scene, previous) is mode


@mark.parametrize("model", FILMING, ids=lambda model: model.id)
@mark.parametrize(("scene", "previous"), [(CUT, None), (CHAIN, BEFORE)])
def test_every_order_is_one_its_model_can_make(model: Model, scene: PlannedScene, previous: Picture | None) -> None:
    length = model.lengths[-1]
    video.check(model, order(model, scene.model_copy(update={"clip_seconds": length}), previous))


def test_a_cut_starts_on_its_own_frame() -> None:
    cut = order(OMNI, CUT, BEFORE)
    assert (cut.first_frame, cut.last_frame, cut.references) == (FRAME, None, ())


def test_a_chained_scene_goes_from_the_frame_before_to_its_own() -> None:
    chained = order(OMNI, CHAIN, BEFORE)
    assert (chained.first_frame, chained.last_frame) == (BEFORE, FRAME)
    open_end = order(able(last_frame=False), CHAIN, BEFORE)
    assert (open_end.first_frame, open_end.last_frame) == (BEFORE, None)


def test_a_model_without_a_first_frame_gets_the_storyboard_as_its_first_ingredient() -> None:
    mixed = order(able(first_frame=False, references=3))
    assert mixed.references == (FRAME, *REFERENCES[:2])
    assert mixed.first_frame is mixed.last_frame is None
    assert order(able(first_frame=False, references=0)).pictures == []


def test_what_to_avoid_is_a_parameter_only_where_the_model_has_one() -> None:
    assert order(VEO).negative == "blur"
    assert order(OMNI).negative == ""


def test_an_extension_has_a_seed_of_its_own_and_no_frames() -> None:
    footage = Footage(operation="o", video="v", sha256="s", seconds=4)
    one, two = (
        extension_order(CUT, "moves", ratio="9:16", resolution="720p", seconds=4, part=part, footage=footage)
        for part in (1, 2)
    )
    assert len({one.seed, two.seed, order(OMNI).seed}) == 3
    assert one.extends == footage
    assert one.pictures == []
    assert one.prompt == "Continue the same shot without a cut. moves"
