"""Edits of a whole job: what runs again, what is paid, and that nothing shared is lost with a deleted job."""

import os
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from infra.local.parts import REPO
from tests.e2e.backstage import Backstage
from tests.e2e.briefs import tiny
from tests.e2e.person import Person, Refused
from tests.e2e.studio import Bill
from tests.unit.markdown import table
from ugcgen.domain.enums import JobStatus, UnitState
from ugcgen.domain.money import dollars

GUIDE = REPO / "docs" / "incremental.md"
HEAD = "| Edit | Units run again | Calls paid | Money |\n|---|---|---|---|\n"

EDITS: dict[str, dict[str, Any]] = {
    "the creative brief's pain point": {"bible": {"creative_brief": {"pain_point": "grey winter skin"}}},
    "a note on the script": {"script_note": "Scene 1 should sound more cheerful."},
    "the second scene's line": {"scenes": {2: {"dialogue": "Look at this glow."}}},
    "the light of all scenes": {"bible": {"lighting": {"type": "candle light", "color_temp": "1900K"}}},
    "the shot of scenes like the first": {"bible": {"camera": {"by_scene_type": {"hook": {"shot_type": "medium"}}}}},
    "the sound of the person's voice": {"bible": {"avatar_dna": {"voice": "a deep, slow voice"}}},
    "the voice": {"voice": "Puck"},
    "the music": {"music": "calm"},
    "the look": {"cut": {"look": {"grade": "warm"}}},
    "the transition": {"cut": {"transitions": {"1": {"kind": "wipe_up", "seconds": 0.4}}}},
    "another file": {"cut": {"outputs": [{"resolution": "720p", "container": "webm", "quality": "draft"}]}},
    "all of it taken back": dict.fromkeys(("script_note", "scenes", "bible", "voice", "music", "cut")),
}


@dataclass(frozen=True)
class Row:
    edit: str
    ran: list[str]
    paid: Bill
    money: int

    def __str__(self) -> str:
        kinds: Counter[str] = Counter()
        for (_, kind), count in self.paid.items():
            kinds[kind] += count
        calls = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "none"
        return (
            f"| {self.edit} | {', '.join(f'`{unit}`' for unit in self.ran)} | {calls} | ${dollars(self.money):.4f} |\n"
        )


def two_scenes() -> dict[str, Any]:
    return tiny(scenes=[{"seconds": 3}, {"seconds": 3}])


def edit(stage: Backstage, person: Person, job_id: str, name: str) -> Row:
    """Apply an edit to a finished job and follow it to its end; what was told before is held against what happened."""
    before, money, mark = stage.units(job_id), stage.job(job_id).money, stage.studio.mark()
    preview = person.call("editJob", job_id=job_id, preview=True, **EDITS[name])
    assert stage.units(job_id) == before, "a preview changes nothing"
    told = person.call("editJob", job_id=job_id, **EDITS[name])
    assert told["units"] == preview["units"]
    job = stage.rest(job_id)
    assert job.status is JobStatus.COMPLETED, job.error_message or job.paused_for
    after = stage.units(job_id)
    ran = [unit_id for unit_id in told["units"] if after[unit_id].run > before[unit_id].run]
    assert {unit_id for unit_id in after if after[unit_id].run > before[unit_id].run} == set(ran)
    spent = job.money.spent - money.spent
    assert spent <= told["cost"]
    assert job.money.spent == sum(call.owed for call in stage.calls(job_id)), "every cent is in the ledger"
    return Row(name, ran, stage.studio.bill(mark), spent)


def test_the_guide_says_what_each_edit_runs_again_and_costs(stage: Backstage, person: Person) -> None:
    job_id = person.start(two_scenes(), budget_usd=20)
    assert stage.rest(job_id).status is JobStatus.COMPLETED
    made = stage.artifacts(job_id)
    rows = [edit(stage, person, job_id, name) for name in EDITS]
    assert stage.artifacts(job_id) == made, "everything taken back, it is the film of the first version"
    assert rows[-1].paid == Bill(), "what was paid for once is found again"
    assert stage.job(job_id).version == 1 + len(EDITS)

    guide = GUIDE.read_text(encoding="utf-8")
    stale = "".join(f"| {' | '.join(row)} |\n" for row in table(GUIDE, "What an edit does"))
    true = "".join(map(str, rows))
    if os.environ.get("UPDATE_DOCS"):
        GUIDE.write_text(guide.replace(HEAD + stale, HEAD + true), encoding="utf-8")
    else:
        assert stale == true, "run with UPDATE_DOCS=1 and look at the difference"


def test_an_edit_while_clips_are_filmed_reaches_the_film_and_films_nothing_again(
    stage: Backstage, person: Person
) -> None:
    stage.studio.latency(video=2)
    mark = stage.studio.mark()
    job_id = person.start(two_scenes(), budget_usd=20)
    with stage.follow(job_id) as seen:
        seen.until(lambda seen: seen.state("video_generation-02") is UnitState.WAITING, 90)
    edited = person.call("editJob", job_id=job_id, **EDITS["the second scene's line"])
    assert edited["version"] == 2
    assert stage.rest(job_id).status is JobStatus.COMPLETED
    assert stage.units(job_id)["audio_generation-02"].result["text"] == "Look at this glow."
    assert stage.job(job_id).edits.scenes[2].dialogue == "Look at this glow."
    films = [call for call in stage.studio.calls(mark) if call["kind"] == "video" and call["accepted"]]
    assert len(films) == 2


def test_a_deleted_job_leaves_others_what_they_share(stage: Backstage, person: Person) -> None:
    one = person.start(tiny())
    assert stage.rest(one).status is JobStatus.COMPLETED
    other = person.start(tiny(music="warm"))
    assert stage.rest(other).status is JobStatus.COMPLETED
    shared = stage.artifacts(other)
    deleted = person.call("deleteJob", job_id=one, for_good=True)
    assert deleted["removed"] > 0
    assert deleted["kept"] > 0
    assert stage.artifacts(other) == shared, "every object is still there"
    with pytest.raises(Refused, match="there is no job"):
        person.job(one)

    mark = stage.studio.mark()
    again = person.start(tiny(music="warm"))
    assert stage.rest(again).status is JobStatus.COMPLETED
    assert stage.studio.bill(mark) == Bill(), "and it is still found"
    person.call("deleteJob", job_id=again, for_good=True)
    names = [str(stage.job(other).final_video_url), *stage.job(other).product_images]
    person.call("deleteJob", job_id=other, for_good=True)
    for name in names:
        with pytest.raises(requests.HTTPError, match="404"):
            stage.read(name)
    assert {call.state for call in stage.calls(one)} == {"deleted"}


def test_edits_that_cannot_be_are_refused(stage: Backstage, person: Person) -> None:
    stage.studio.latency(text=1)
    job_id = person.start(tiny(), request_id=uuid.uuid4().hex)
    wrong = {
        "scenes.2": {"scenes": {2: {"dialogue": "Hi"}}},
        "scenes.1.dialogue": {"scenes": {1: {"dialogue": "word " * 20}}},
        "voice": {"voice": "Nobody"},
        "music": {"music": "loud"},
    }
    for field, changes in wrong.items():
        with pytest.raises(Refused) as refused:
            person.call("editJob", job_id=job_id, **changes)
        assert (refused.value.code, refused.value.field) == (400, field)
    with pytest.raises(Refused, match="cancel it before you delete it"):
        person.call("deleteJob", job_id=job_id)
    person.call("cancelJob", job_id=job_id)
    with pytest.raises(Refused, match="start a new one"):
        person.call("editJob", job_id=job_id, music="calm")
    stage.rest(job_id)
