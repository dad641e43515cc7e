"""The video generator: the mode a scene is filmed in follows from the model, the join and what drifted."""

from typing import Any

from pytest import mark

from agents.video_generator import Cast, Shot, clip_order, extension_order, mode_for, slots
from tests.unit.functions.making import picture, planned
from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.enums import GenerationMode, SceneJoin
from ugcgen.models import video
from ugcgen.models.catalog import Model, Role, catalog
from ugcgen.models.clip import ClipOrder, Footage

FRAME, BEFORE, AFTER = picture("frame"), picture("before"), picture("after")
FRONT, ANGLE, MORE, PRODUCT, SIDE = (picture(name) for name in ("front", "angle", "more", "product", "side"))
CUT, CHAIN = planned(2, join=SceneJoin.CUT), planned(2, join=SceneJoin.CHAIN)
LONG = planned(2, join=SceneJoin.CUT, extension_seconds=4)
SHOT = Shot(prompt="moves", negative="blur", ratio="9:16")
OMNI = catalog().models["gemini-omni-1.2-flash"]
VEO = catalog().models["veo-3.1-lite-generate-001"]
FILMING = [model for model in catalog().models.values() if Role.VIDEO in model.roles]


def able(**changes: object) -> Model:
    return OMNI.model_copy(update=changes)


def cast(**fields: Any) -> Cast:
    return Cast(**{"frame": FRAME, "person": (FRONT, ANGLE, MORE), "product": (PRODUCT, SIDE)} | fields)


ALONE, CHAINED, MATCHED = cast(), cast(before=BEFORE), cast(after=AFTER)


def order(model: Model, scene: PlannedScene = CUT, pictures: Cast = ALONE, **shot: Any) -> ClipOrder:
    wanted = SHOT.model_copy(update={"ratio": model.ratios[0]} | shot)
    return clip_order(model, scene, wanted, model.resolutions[0], pictures)


@mark.parametrize(
    ("model", "scene", "pictures", "mode", "why"),
    [
        (OMNI, CUT, ALONE, GenerationMode.IMAGE, "starts on its own"),
        (OMNI, CUT, CHAINED, GenerationMode.IMAGE, "starts on its own"),
        (OMNI, CUT, MATCHED, GenerationMode.FRAMES, "ends where the next"),
        (OMNI, LONG, MATCHED, GenerationMode.IMAGE, "starts on its own"),
        (able(last_frame=False), CUT, MATCHED, GenerationMode.IMAGE, "starts on its own"),
        (OMNI, CHAIN, CHAINED, GenerationMode.FRAMES, "goes on from the scene before"),
        (OMNI, CHAIN, ALONE, GenerationMode.IMAGE, "starts on its own"),
        (VEO, CHAIN, CHAINED, GenerationMode.FRAMES, "goes on from the scene before"),
        (able(last_frame=False), CHAIN, CHAINED, GenerationMode.IMAGE, "takes no last frame"),
        (able(first_frame=False), CHAIN, CHAINED, GenerationMode.INGREDIENTS, "takes no first frame"),
        (able(first_frame=False, references=0), CUT, ALONE, GenerationMode.TEXT, "takes no pictures"),
    ],
)
def test_mode(model: Model, scene: PlannedScene, pictures: Cast, mode: GenerationMode, why: str) -> None:
    chosen = mode_for(model, scene, pictures)
    assert chosen.mode is mode
    assert why in chosen.why


def test_a_face_that_drifted_from_a_first_frame_is_shown_by_its_photos() -> None:
    assert mode_for(OMNI, CUT, ALONE, drifted=True).mode is GenerationMode.INGREDIENTS
    assert order(VEO, drifted=True).references == (FRONT, ANGLE, FRAME)
    assert mode_for(OMNI, CHAIN, CHAINED, drifted=True).mode is GenerationMode.FRAMES, "it has to go on"
    assert mode_for(OMNI, CUT, cast(person=()), drifted=True).mode is GenerationMode.IMAGE
    beside = able(references_with_frames=True)
    assert mode_for(beside, CUT, ALONE, drifted=True).mode is GenerationMode.IMAGE, "its photos are shown anyway"


@mark.parametrize("model", FILMING, ids=lambda model: model.id)
@mark.parametrize(("scene", "pictures"), [(CUT, ALONE), (CHAIN, CHAINED), (CUT, MATCHED)])
@mark.parametrize("drifted", [False, True])
def test_every_order_is_one_its_model_can_make(
    model: Model, scene: PlannedScene, pictures: Cast, drifted: bool
) -> None:
    length = model.lengths[-1]
    video.check(model, order(model, scene.model_copy(update={"clip_seconds": length}), pictures, drifted=drifted))


def test_a_cut_starts_on_its_own_frame_and_a_match_ends_on_the_next() -> None:
    cut, match = order(OMNI, CUT, CHAINED), order(OMNI, CUT, MATCHED)
    assert (cut.first_frame, cut.last_frame, cut.references) == (FRAME, None, ())
    assert (match.first_frame, match.last_frame) == (FRAME, AFTER)


def test_a_chained_scene_goes_from_the_frame_before_to_its_own() -> None:
    chained = order(OMNI, CHAIN, CHAINED)
    assert (chained.first_frame, chained.last_frame) == (BEFORE, FRAME)
    open_end = order(able(last_frame=False), CHAIN, CHAINED)
    assert (open_end.first_frame, open_end.last_frame) == (BEFORE, None)


def test_the_slots_are_the_portrait_the_cameras_angle_the_frame_and_then_the_product() -> None:
    three, six = able(references=3), able(references=6)
    assert slots(three, ALONE, with_frame=False) == (FRONT, ANGLE, FRAME)
    assert slots(six, ALONE, with_frame=False) == (FRONT, ANGLE, FRAME, PRODUCT, SIDE)
    assert slots(three, cast(person=(FRONT, FRONT)), with_frame=False) == (FRONT, FRAME, PRODUCT)
    assert slots(three, cast(person=()), with_frame=False) == (FRAME, PRODUCT, SIDE)
    beside = order(able(references=3, references_with_frames=True))
    assert (beside.first_frame, beside.references) == (FRAME, (FRONT, ANGLE, PRODUCT))


def test_a_model_without_any_picture_is_told_in_words() -> None:
    assert order(able(first_frame=False, references=0)).pictures == []


def test_what_to_avoid_is_a_parameter_only_where_the_model_has_one() -> None:
    assert order(VEO).negative == "blur"
    assert order(OMNI).negative == ""


def test_a_retake_has_another_seed() -> None:
    assert len({order(OMNI, retake=retake).seed for retake in range(4)}) == 4


def test_an_extension_has_a_seed_of_its_own_and_no_frames() -> None:
    footage = Footage(operation="o", video="v", sha256="s", seconds=4)
    one, two = (
        extension_order(VEO, CUT, SHOT, resolution="720p", seconds=7, part=part, footage=footage) for part in (1, 2)
    )
    assert len({one.seed, two.seed, order(VEO).seed}) == 3
    assert one.extends == footage
    assert one.pictures == []
    assert one.prompt == "Continue the same shot without a cut. moves"
    assert one.negative == "blur"
