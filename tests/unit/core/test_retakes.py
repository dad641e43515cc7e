"""When a scene is taken once more, which take is kept, and what quality control may ask for."""

from typing import Any

from pytest import mark

from tests.unit.core.jobs import unit
from ugcgen.domain.consistency import Evidence, Fault, FaultKind, FrameEvidence, FrameScore, Source, Trait, scored
from ugcgen.domain.script import StoryboardVariant
from ugcgen.domain.takes import ClipTake, Drawn, Retake, best_first, best_take, in_a_clip
from ugcgen.pipeline.retakes import another_try, clip_is_retaken, drawn, filmed, frame_is_retaken, once_more

FAULT = Fault(kind=FaultKind.EXTRA_PERSON, source=Source.JUDGED, reason="two people")
CLIP = unit("video_generation-01", made_from="f1")


def known(score: float | None, *faults: Fault) -> FrameEvidence:
    face = Evidence(trait=Trait.FACE, source=Source.MEASURED, score=score, reason=f"face {score}")
    return FrameEvidence(evidence=[face], faults=list(faults))


def frame(score: float | None, *faults: Fault, at: float = 0) -> FrameScore:
    return scored(f"{at}.jpg", [known(score, *faults)], at)


def variant(score: float | None, *faults: Fault) -> StoryboardVariant:
    fresh = Drawn(image=f"{score}.png", sha256=f"of {score}", take=1, judged=FrameEvidence())
    return fresh.measured(known(score, *faults))


def take(*scores: float | None, faults: tuple[Fault, ...] = (), name: str = "a.mp4") -> ClipTake:
    return ClipTake(clip={"clip": name}, frames=[frame(score, *faults) for score in scores])


def test_variants_stand_best_first_and_four_are_kept() -> None:
    some = [variant(score) for score in (0.2, None, 0.9, 0.6, 0.7)]
    assert [one.score for one in best_first(some)] == [0.9, 0.7, 0.6, 0.2]
    assert [one.score for one in best_first([variant(None), variant(0.0)])] == [0.0, None]


@mark.parametrize(
    ("scores", "made", "again"),
    [([0.74, 0.2], 0, True), ([0.75, 0.1], 0, False), ([0.3], 2, True), ([0.3], 3, False), ([None], 0, False)],
)
def test_a_scene_is_drawn_again_while_its_best_frame_is_poor(
    scores: list[float | None], made: int, again: bool
) -> None:
    assert frame_is_retaken([variant(score) for score in scores], made, 0.75) is again


def test_a_plain_fault_is_below_every_threshold() -> None:
    assert frame_is_retaken([variant(0.95, FAULT)], 0, 0.75)
    assert clip_is_retaken(CLIP, [take(0.95, 0.95, faults=(FAULT,))], 0.65)


def test_a_person_may_choose_another_frame_than_the_best() -> None:
    variants = [variant(0.7), variant(0.9)]
    best = drawn(unit("storyboard-02", scene=2), variants, [])
    assert best.result["image"] == {"name": "0.9.png", "sha256": "of 0.9"}
    assert best.view["variants"] == ["0.9.png", "0.7.png"]
    chosen = drawn(unit("storyboard-02", scene=2, inputs={"chosen": "0.7.png"}), variants, [])
    assert chosen.result["image"]["name"] == chosen.view["storyboard"] == "0.7.png"
    assert chosen.result["frame"]["consistency_score"] == 0.7
    gone = drawn(unit("storyboard-02", scene=2, inputs={"chosen": "of another prompt.png"}), variants, [])
    assert gone.result == best.result


@mark.parametrize(
    ("scores", "again"), [([0.9, 0.41], False), ([0.6, 0.69], True), ([None, 0.7], False), ([None], False)]
)
def test_a_clip_is_filmed_again_below_its_mean(scores: list[float | None], again: bool) -> None:
    assert clip_is_retaken(CLIP, [take(*scores)], 0.8 if scores == [0.6, 0.69] else 0.65) is again


def test_a_clip_is_filmed_again_at_most_three_times() -> None:
    poor = take(0.2)
    assert [clip_is_retaken(CLIP, [poor] * takes, 0.65) for takes in (1, 3, 4)] == [True, True, False]


def test_a_product_may_leave_the_picture_for_a_moment() -> None:
    gone = known(None, Fault(kind=FaultKind.NO_PRODUCT, source=Source.MEASURED, reason="not found"))
    assert [len(one.faults) for one in in_a_clip([gone, known(0.9), known(0.9, FAULT)])] == [0, 0, 1]
    assert [len(one.faults) for one in in_a_clip([gone, gone])] == [1, 1]


def test_the_best_take_is_kept_and_of_equals_the_first() -> None:
    plain, faulty, better = take(0.5, name="1"), take(0.99, faults=(FAULT,), name="2"), take(0.6, name="3")
    assert best_take([plain, faulty]).clip["clip"] == "1"
    assert best_take([plain, faulty, better, take(0.6, name="4")]).clip["clip"] == "3"
    kept = filmed(CLIP, [plain, better], [Retake(number=1, why="drift", change="the face", score=0.6)])
    assert (kept.result["clip"], kept.result["score"], kept.view["clip_score"]) == ("3", 0.6, 0.6)
    assert kept.result["retakes"][0]["why"] == "drift"


def test_people_see_which_try_of_a_scene_it_is_until_it_is_kept() -> None:
    assert [another_try(made)["message"] for made in (0, 2)] == ["try 2 of 4", "try 4 of 4"]
    assert filmed(CLIP, [take(0.5)], []).view["message"] == ""
    assert drawn(unit("storyboard-02", scene=2), [variant(0.7)], []).view["message"] == ""


def test_frames_that_an_extension_goes_on_from_count_but_choose_nothing() -> None:
    done = filmed(CLIP, [take(0.8)], [], before=[frame(0.6)])
    assert [one["score"] for one in done.result["frames"]] == [0.6, 0.8]
    assert done.result["score"] == 0.7
    assert done.result["reason"] == "face 0.6"


def result(retakes: int) -> dict[str, Any]:
    return {"retakes": [{"number": n} for n in range(retakes)]}


def test_quality_control_gets_one_more_take_of_what_it_saw() -> None:
    asked = once_more(CLIP.model_copy(update={"result": result(1)}))
    assert asked is not None and asked.made_from == ""
    running = asked.model_copy(update={"made_from": "f1"})
    good = take(0.9)
    assert [clip_is_retaken(running, [good] * takes, 0.65) for takes in (1, 2, 3)] == [True, True, False]
    assert once_more(running) is None, "it was asked before"
    other = running.model_copy(update={"made_from": "f2"})
    assert not clip_is_retaken(other, [good], 0.65), "with other prompts the scene is another"
    assert once_more(CLIP.model_copy(update={"result": result(3)})) is None
