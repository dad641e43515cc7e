"""What each unit reads, and what an edit makes out of date."""

from typing import Any

import pytest

from tests.unit.core.jobs import START, brief, job
from tests.unit.core.work import made
from ugcgen.domain.brief import Brief
from ugcgen.domain.edit import TransitionKind
from ugcgen.domain.enums import BlockReason, SceneJoin, SpeechMode, UnitState, Voiceover
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Blocked, Unit
from ugcgen.pipeline.freshness import again_at_most, due, inputs, made_from, reads
from ugcgen.pipeline.plan import Plan, plan_of
from ugcgen.pipeline.transitions import new_unit

TWO = brief(4, 4, transition=TransitionKind.CROSSFADE)
CHAINED = brief(12, 4, join=SceneJoin.CHAIN)
MATCHED = brief(4, 4, join=SceneJoin.MATCH)
SPEAKING = brief(4, 4, speech=SpeechMode.NATIVE)
IN_ONE_BREATH = brief(4, 4, voiceover=Voiceover.CONTINUOUS)

EDITS: dict[str, dict[str, Any]] = {
    "line": {"scenes": {2: {"dialogue": "Hear me."}}},
    "camera": {"scenes": {2: {"camera": {"movement": "static"}}}},
    "light": {"bible": {"lighting": {"type": "candle light"}}},
    "hook": {"bible": {"creative_brief": {"hook_strategy": "Ask a question"}}},
    "tone": {"bible": {"style": {"tone": "funny"}}},
    "product": {"bible": {"product_dna": {"colors": {"primary": "red"}}}},
    "realism": {"bible": {"realism": {"hands": "gloves"}}},
    "block": {"bible": {"master_prompt": {"consistency_lock": "All as drawn."}}},
    "shot of others": {"bible": {"camera": {"by_scene_type": {"unboxing": {"shot_type": "wide"}}}}},
    "note": {"script_note": "Scene 2 is too long."},
    "voice": {"voice": "Puck"},
    "music": {"music": "calm"},
}


def finished(wanted: Job) -> dict[str, Unit]:
    """Every unit of the job, done from what the job says."""
    units: dict[str, Unit] = {}
    for planned in plan_of(wanted).values():
        results = {unit_id: unit.result for unit_id, unit in units.items()}
        fingerprint = made_from(reads(planned.key, wanted), results)
        fresh = new_unit("j1", "u1", planned, fingerprint, 0, START)
        units[planned.id] = fresh.model_copy(update={"state": UnitState.DONE, "result": made(fresh, wanted, results)})
    return units


def edited(wanted: Job, edit: str) -> Job:
    return wanted.model_copy(update={"edits": wanted.edits.patched(EDITS[edit])})


def run_again(wanted: Job, units: dict[str, Unit]) -> set[str]:
    """Run what is due until nothing is, and return what ran."""
    planned, ran = plan_of(wanted), set[str]()
    while begin := due(planned, wanted, units).begin:
        for unit_id, fingerprint in begin.items():
            results = {known: unit.result for known, unit in units.items()}
            result = made(units[unit_id], wanted, results)
            units[unit_id] = units[unit_id].model_copy(update={"made_from": fingerprint, "result": result})
            ran.add(unit_id)
    return ran


def everything_after(planned: Plan, unit_id: str) -> set[str]:
    after = {unit_id}
    for unit in planned.values():
        if unit.needs & after:
            after.add(unit.id)
    return after


@pytest.mark.parametrize("wanted", [TWO, CHAINED, MATCHED, SPEAKING, IN_ONE_BREATH])
def test_a_unit_reads_only_what_comes_before_it(wanted: Brief) -> None:
    begun = job(wanted)
    planned = plan_of(begun)
    for unit in planned.values():
        for read in reads(unit.key, begun).results:
            assert unit.id in everything_after(planned, read), f"{unit.id} reads {read} and does not wait for it"


@pytest.mark.parametrize("wanted", [TWO, CHAINED, MATCHED, SPEAKING, IN_ONE_BREATH])
def test_all_that_is_read_is_there(wanted: Brief) -> None:
    begun = job(wanted)
    results = {unit_id: unit.result for unit_id, unit in finished(begun).items()}
    for unit in plan_of(begun).values():
        wanted_fields = {read: set(names) for read, names in reads(unit.key, begun).results.items()}
        given = {read: set(fields) for read, fields in inputs(reads(unit.key, begun), results).items()}
        assert given == wanted_fields


def test_nothing_is_due_in_a_finished_job() -> None:
    begun = job(TWO)
    assert due(plan_of(begun), begun, finished(begun)).begin == {}


def test_what_is_there_and_what_comes_first_decide_what_is_due() -> None:
    begun = job(TWO)
    planned, units = plan_of(begun), finished(begun)
    assert list(due(planned, begun, {}).begin) == ["script_generation"]
    there = {name: units[name] for name in ("script_generation", "scene_prompts-01")}
    assert list(due(planned, begun, there).begin) == ["storyboard-01", "scene_prompts-02"]


@pytest.mark.parametrize("state", [state for state in UnitState if state is not UnitState.DONE])
def test_what_is_not_done_makes_nothing_due(state: UnitState) -> None:
    begun = job(TWO)
    script = finished(begun)["script_generation"].model_copy(update={"state": state})
    assert due(plan_of(begun), begun, {"script_generation": script}).begin == {}


FILM = {"post_production-film", "post_production-files", "quality_check", "complete"}
ANIMATIC = {"post_production-animatic"}
SCENE_2 = {"post_production-body-02", "post_production-join-01", "post_production-sound"}
UNMIXED_2 = SCENE_2 - {"post_production-join-01"}
SCRIPT = {"script_generation"}
FILMED_1 = {"scene_prompts-01", "storyboard-01", "video_generation-01", "post_production-body-01"}
SPOKEN = {"audio_generation-01", "audio_generation-02"}
FILMED_2 = {"scene_prompts-02", "storyboard-02", "storyboard_review", "video_generation-02"}


@pytest.mark.parametrize(
    ("wanted", "edit", "expected"),
    [
        (TWO, "line", {"scene_prompts-02", "audio_generation-02"} | ANIMATIC | SCENE_2 | FILM),
        (TWO, "camera", FILMED_2 | ANIMATIC | SCENE_2 | FILM),
        (TWO, "music", {"post_production-sound"} | FILM),
        (
            TWO,
            "voice",
            SPOKEN | {"post_production-body-01"} | SCENE_2 | FILM,
        ),
        *[
            (TWO, edit, FILMED_1 | FILMED_2 | ANIMATIC | SCENE_2 | FILM)
            for edit in ("light", "product", "realism", "block")
        ],
        *[(TWO, edit, SCRIPT | FILMED_1 | FILMED_2 | ANIMATIC | SCENE_2 | FILM) for edit in ("hook", "note")],
        (TWO, "tone", SCRIPT | FILMED_1 | FILMED_2 | SPOKEN | ANIMATIC | SCENE_2 | FILM),
        (TWO, "shot of others", {"scene_prompts-01", "scene_prompts-02"}),
        (
            SPEAKING,
            "line",
            {"scene_prompts-02", "video_generation-02"} | ANIMATIC | UNMIXED_2 | FILM,
        ),
        (
            CHAINED,
            "line",
            {"scene_prompts-02", "audio_generation-02"} | ANIMATIC | UNMIXED_2 | FILM,
        ),
        (CHAINED, "camera", FILMED_2 | ANIMATIC | UNMIXED_2 | FILM),
        # One breath is one recording: a changed line changes how all of it is spoken.
        (
            IN_ONE_BREATH,
            "line",
            {"scene_prompts-02", "audio_generation", "post_production-body-01"} | ANIMATIC | UNMIXED_2 | FILM,
        ),
    ],
)
def test_an_edit_runs_again_what_depends_on_it_and_nothing_else(wanted: Brief, edit: str, expected: set[str]) -> None:
    before = job(wanted)
    after, units = edited(before, edit), finished(before)
    assert run_again(after, units) == expected
    assert units == finished(after), "the job is as if it had been so from the start"


def test_another_speaker_speaks_every_scene_again() -> None:
    before = job(TWO)
    units = finished(before)
    ran = run_again(before.model_copy(update={"spoken_by": "another model"}), units)
    assert ran == SPOKEN | {"post_production-body-01"} | SCENE_2 | FILM


@pytest.mark.parametrize("wanted", [TWO, CHAINED, MATCHED, SPEAKING, IN_ONE_BREATH])
@pytest.mark.parametrize("edit", EDITS)
def test_no_more_runs_again_than_was_told_before(wanted: Brief, edit: str) -> None:
    before = job(wanted)
    after, units = edited(before, edit), finished(before)
    told = again_at_most(plan_of(after), after, units, {})
    foreseen = {name: unit.result for name, unit in finished(after).items() if name.startswith("scene_prompts")}
    closer = again_at_most(plan_of(after), after, units, foreseen)
    ran = run_again(after, units)
    assert ran <= set(closer) <= set(told)
    assert ran == set(closer), "what is foreseen makes it exact, where no other unit comes to the same result"


def test_an_edit_taken_back_leaves_nothing_to_do() -> None:
    before = job(TWO)
    there_and_back = edited(before, "camera").edits.patched({"scenes": {2: None}})
    after = before.model_copy(update={"edits": there_and_back})
    assert due(plan_of(after), after, finished(before)).begin == {}


def test_a_question_about_frames_that_are_made_again_is_withdrawn() -> None:
    before = job(TWO)
    units = finished(before)
    blocked = Blocked(reason=BlockReason.STORYBOARD_REVIEW, message="look at it")
    asking = {"state": UnitState.BLOCKED, "blocked": blocked, "result": {}}
    units["storyboard_review"] = units["storyboard_review"].model_copy(update=asking)
    until_review = {
        name: unit for name, unit in units.items() if "storyboard" in name or "script" in name or "prompts" in name
    }
    assert due(plan_of(before), before, until_review).withdrawn == []
    after = edited(before, "camera")
    assert due(plan_of(after), after, until_review).withdrawn == ["storyboard_review"]
