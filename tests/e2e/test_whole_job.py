"""A whole small job: the film, the report, the money, and what people saw on the way."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from tests.e2e.backstage import Backstage, Finished
from tests.e2e.briefs import FPS, SMALL_FRAMES, small, tiny
from tests.e2e.films import caption_contrast, decode
from tests.e2e.person import Person
from ugcgen.domain.enums import CallState, JobStatus, PipelineStep, UnitState
from ugcgen.domain.money import dollars
from ugcgen.pipeline.plan import plan_of
from ugcgen.pipeline.steps import ORDER


def test_it_completes_with_every_unit_done(stage: Backstage, undisturbed: Finished) -> None:
    job = undisturbed.job
    assert job.status is JobStatus.COMPLETED
    assert (job.progress, job.current_step, job.last_completed_step) == (100, ORDER[-1], ORDER[-1])
    units = stage.units(job.id)
    assert units.keys() == plan_of(job).keys()
    assert {unit.state for unit in units.values()} == {UnitState.DONE}
    assert {unit.step for unit in units.values()} == set(PipelineStep), "a small job goes through every step"


def test_the_film_is_what_was_planned(stage: Backstage, undisturbed: Finished) -> None:
    data = undisturbed.person.film(undisturbed.job.id)
    film = decode(data)
    assert (film.width, film.height, film.codec) == (360, 640, "h264")
    assert film.times == pytest.approx([number / FPS for number in range(SMALL_FRAMES)], abs=1e-3)
    assert film.sound_codec == "aac"
    # A decoder gives whole packets of 1,024 samples, the first of them priming.
    assert film.sound_seconds == pytest.approx(SMALL_FRAMES / FPS, abs=0.07)
    assert film.sound_peak > 0.1


def test_captions_are_seen_where_words_are_spoken(stage: Backstage, undisturbed: Finished) -> None:
    film = undisturbed.person.film(undisturbed.job.id)
    clip = stage.read(undisturbed.job.video_urls[0])
    before_a_word, while_speaking = (caption_contrast(film, clip, frame) for frame in (1, FPS))
    assert before_a_word[0] == pytest.approx(before_a_word[1], abs=8), "the look changes all of the picture alike"
    assert while_speaking[0] > before_a_word[0] + 5
    assert while_speaking[1] == pytest.approx(before_a_word[1], abs=2)


def test_the_report_is_true(stage: Backstage, undisturbed: Finished) -> None:
    job = undisturbed.job
    report = undisturbed.person.report(job.id)
    calls = stage.calls(job.id)
    assert report["paid_calls"] == undisturbed.bill.total()
    per_model = {model: 0 for model, _ in undisturbed.bill}
    for (model, _), count in undisturbed.bill.items():
        per_model[model] += count
    assert report["calls_per_model"] == per_model
    assert report["quoted_usd"] == dollars(job.quote.total)
    assert report["cost_usd"] == pytest.approx(dollars(sum(call.cost for call in calls)))
    assert job.regeneration_log == [], "good work is not taken again"
    assert 0 < report["cost_usd"] <= report["quoted_usd"]
    assert report["simulated"] is True
    assert report["unconfirmed_usd"] == 0
    known = report["estimate_and_actual"]
    whole = known["total"]
    assert whole["actual_usd"] == pytest.approx(report["cost_usd"])
    assert 0 < whole["low_usd"] <= whole["actual_usd"] <= whole["price_usd"] < whole["high_usd"]
    assert whole["high_usd"] == dollars(job.money.cap), "without a budget the quote with its retakes is the cap"
    assert [row["scene"] for row in known["scenes"]] == [1, 2, 3, None]
    for rows in (known["steps"], known["scenes"]):
        assert all(0 < row["actual_usd"] <= row["high_usd"] for row in rows)
        for amount in whole:
            assert sum(row[amount] for row in rows) == pytest.approx(whole[amount])
    assert report["step_seconds"].keys() == set(ORDER) - {PipelineStep.COMPLETE}
    assert all(seconds >= 0 for seconds in report["step_seconds"].values())
    assert report["checks"]["verdict"] == "pass"
    assert report["consistency"]["clips"].keys() == {"1", "2", "3"}
    assert all(0 <= clip["score"] <= 1 for clip in report["consistency"]["clips"].values())


def test_every_cent_is_in_the_ledger(stage: Backstage, undisturbed: Finished) -> None:
    job = undisturbed.job
    calls = stage.calls(job.id)
    assert stage.bill(job.id) == undisturbed.bill, "the ledger and the studio counted the same calls"
    assert {call.state for call in calls} == {CallState.SUCCEEDED}
    assert job.money.spent == sum(call.cost for call in calls)
    for unit in stage.units(job.id).values():
        assert unit.spent == sum(call.cost for call in calls if call.unit_id == unit.id)
        assert unit.spent <= unit.allotted


def test_progress_and_step_never_went_back(undisturbed: Finished) -> None:
    seen = undisturbed.seen
    assert len(seen) > 5, "the listener saw the job on its way"
    assert all(before.progress <= after.progress for before, after in pairwise(seen))
    steps = [ORDER.index(job.current_step) for job in seen]
    assert steps == sorted(steps)
    assert seen[-1].money.spent == undisturbed.job.money.spent
    assert all(job.money.spent <= job.money.cap for job in seen)


def test_the_same_brief_again_pays_nothing(stage: Backstage, undisturbed: Finished) -> None:
    person = undisturbed.person
    mark = stage.studio.mark()
    again = stage.rest(person.start(small()))
    assert again.id != undisturbed.job.id
    assert again.status is JobStatus.COMPLETED
    assert person.report(again.id)["paid_calls"] == 0
    assert again.money.spent == 0
    assert stage.studio.calls(mark) == []
    assert again.final_video_url == undisturbed.job.final_video_url
    assert stage.artifacts(again.id) == undisturbed.artifacts


def test_one_wish_sent_twice_starts_one_job(stage: Backstage, person: Person) -> None:
    mark = stage.studio.mark()
    with ThreadPoolExecutor(4) as clicks:
        started = list(clicks.map(lambda _: person.start(tiny(), request_id="double-click"), range(4)))
    assert len(set(started)) == 1
    job = stage.rest(started[0])
    assert job.status is JobStatus.COMPLETED
    assert person.start(tiny(), request_id="double-click") == job.id, "later, too"
    assert stage.bill(job.id) == stage.studio.bill(mark)
    assert all(call.sends == 1 for call in stage.calls(job.id))


def test_an_ad_spoken_in_one_breath_has_each_scenes_words_in_it(stage: Backstage, person: Person) -> None:
    job_id = person.start(tiny(scenes=[{"seconds": 3}, {"seconds": 3}], voiceover="continuous", transition="cut"))
    job = stage.rest(job_id)
    assert job.status is JobStatus.COMPLETED
    (breath,) = (unit for unit in stage.units(job_id).values() if unit.step is PipelineStep.AUDIO_GENERATION)
    assert breath.scene is None
    assert breath.result["scenes"].keys() == {"1", "2"}
    assert all(voice["words"] for voice in breath.result["scenes"].values())
    # A breath that is far too long for its scenes is taken again, faster: each take is one call.
    spoken = [call for call in stage.calls(job_id) if call.kind == "speech"]
    assert {call.unit_id for call in spoken} == {breath.id}
    assert len(spoken) == len(breath.memo["takes"])
    assert decode(person.film(job_id)).sound_peak > 0.1
