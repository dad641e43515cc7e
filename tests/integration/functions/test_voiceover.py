"""Speaking and fitting on the real studio and emulators: what is heard in each scene, and what is paid for it."""

import io
import wave
from typing import Any

import numpy as np
import pytest

from infra.local.studio import voice as studio_voice
from postprod.units.fit import fit
from steps.work import work
from tests.integration.postprod.shoot import job_of, stored_unit, task_of, unit_of
from tests.integration.studio.running import Running
from tests.unit.core.jobs import result
from ugcgen.cloud import storage
from ugcgen.domain.brief import SceneWish
from ugcgen.domain.enums import PipelineStep, UnitState, Voiceover
from ugcgen.domain.errors import LostUnit
from ugcgen.domain.job import Job
from ugcgen.domain.unit import Unit, UnitKey
from ugcgen.domain.voice import VoiceConfig
from ugcgen.engine.claims import Hold, settle
from ugcgen.engine.handle import Task
from ugcgen.engine.refs import job_ref, read_job, scene_ref
from ugcgen.pipeline.transitions import Done, Next, Outcome, Outdated

GEMINI, LITE = "gemini-3.8-flash-tts", "gemini-3.8-flash-lite-tts"
SHORT = "I love this serum."
LONG = (
    "I did not expect this at all. My skin glows all day. Even my sister asked me what I did, and where I had found it "
    "so soon."
)
KEY = UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=1)


def ordered(user: str, *lines: str, seconds: float = 3, **changes: Any) -> Job:
    """A job whose scenes are written, and nothing of it spoken."""
    job = job_of(user, *[SceneWish(seconds=seconds) for _ in lines])
    job = job.model_copy(update={"brief": job.brief.model_copy(update=changes)})
    job_ref(job.id).set({"brief": job.brief.model_dump(mode="json")}, merge=True)
    for n, line in enumerate(lines, start=1):
        spoken = {"dialogue": line, "delivery": "warm", "expression": "surprised"}
        unit_of(job, UnitKey(step=PipelineStep.SCENE_PROMPTS, scene=n), UnitState.DONE, result=spoken)
    return job


def begun(job: Job, key: UnitKey = KEY, allotted: int = 100_000) -> Task:
    return task_of(job, key, state=UnitState.RUNNING, allotted=allotted, fence=1)


def phase(task: Task) -> Outcome:
    return fit(task) if task.unit.phase == "fit" else work(task)


def until_done(task: Task) -> Done:
    """The unit's phases one after another, each settled as the engine settles it."""
    while True:
        outcome = phase(task)
        if isinstance(outcome, Done):
            settle(Hold(task.unit), outcome)
            return outcome
        assert isinstance(outcome, Next)
        settled = settle(Hold(task.unit), outcome)
        # What the next claim would make of it; a stored map comes back in any order.
        memo = settled.memo | {"lines": dict(reversed(settled.memo["lines"].items()))}
        claimed = settled.model_copy(update={"state": UnitState.RUNNING, "fence": settled.fence + 1, "memo": memo})
        unit_of(task.job, settled.key, UnitState.RUNNING, **claimed.model_dump(exclude=set(PLACE)))
        task = Task(claimed, task.job, task.results)


PLACE = ("job_id", "step", "scene", "segment", "state")


def heard(name: str) -> tuple[np.ndarray[Any, Any], int]:
    with wave.open(io.BytesIO(storage.get(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, file.getframerate()


def asked(studio: Running) -> list[str]:
    return [call["model"] for call in studio.log()["calls"]]


def test_a_line_that_fits_is_spoken_once_with_the_time_of_every_word(
    user: str, product: object, studio: Running
) -> None:
    job = ordered(user, SHORT)
    done = until_done(begun(job)).result
    assert (done["text"], done["fit"]["how"], asked(studio)) == (SHORT, "as_is", [LITE])
    truth = studio_voice.speak(SHORT, "Kore").words
    assert [word["text"] for word in done["words"]] == SHORT.split()
    for found, true in zip(done["words"], truth, strict=True):
        assert found["start"] == pytest.approx(true.start, abs=0.15)
    assert all(0 < word["start"] < word["end"] <= done["speech"][1] for word in done["words"])
    assert scene_ref(job.id, 1).get().to_dict()["notice"] == ""


def test_a_line_far_too_long_is_spoken_faster_and_then_ends_with_a_sentence(
    user: str, product: object, studio: Running
) -> None:
    job = ordered(user, LONG)
    task = begun(job)
    done = until_done(task).result
    assert asked(studio) == [LITE, LITE], "once more, and not again"
    assert (done["text"], done["fit"]["how"]) == ("I did not expect this at all. My skin glows all day.", "trimmed")
    assert [word["text"] for word in done["words"]] == done["text"].split()
    sound, rate = heard(done["voice"])
    assert len(sound) / rate < 3
    assert np.abs(sound[-rate // 50 :]).max() < 0.02, "it ends in a pause"
    shown = scene_ref(job.id, 1).get().to_dict()
    assert shown["notice"].startswith("The line is too long for 3 s, so “Even my sister")
    assert (shown["voice"], stored_unit(job, KEY).state) == (done["voice"], UnitState.DONE)


def test_a_line_spoken_faster_that_fits_is_whole(user: str, product: object, studio: Running) -> None:
    line = "I did not expect this at all and my skin glows all day and all night."
    done = until_done(begun(ordered(user, line))).result
    assert (done["text"], done["fit"]["how"], len(asked(studio))) == (line, "spoken_again", 2)
    assert done["fit"]["tempo"] <= 1.2


def test_without_money_it_is_not_spoken_again_and_still_fits(user: str, product: object, studio: Running) -> None:
    job = ordered(user, LONG)
    job_ref(job.id).update({"money.cap": 0})
    done = until_done(begun(job, allotted=4_500)).result
    assert (len(asked(studio)), done["fit"]["how"]) == (1, "trimmed")


@pytest.mark.parametrize("fault", ["empty", "lost_reply"])
def test_what_is_not_spoken_again_is_trimmed(user: str, product: object, studio: Running, fault: str) -> None:
    task = begun(ordered(user, LONG))
    first = phase(task)
    assert isinstance(first, Next)
    studio.fault(fault=fault, times=None)
    held = task.unit.model_copy(update={"memo": first.memo | {"faster": 1.5}})
    again = phase(Task(held, task.job, task.results))
    assert isinstance(again, Next) and again.memo["takes"] == first.memo["takes"]
    assert len(asked(studio)) == 3, "two takes, and no other model"


def test_one_breath_is_one_call_that_is_parted_between_the_scenes_lines(
    user: str, product: object, studio: Running
) -> None:
    lines = ["I did not expect this.", "", "My skin glows, look!", "Try it now."]
    job = ordered(user, *lines, voiceover=Voiceover.CONTINUOUS)
    key = UnitKey(step=PipelineStep.AUDIO_GENERATION)
    done = until_done(begun(job, key)).result
    assert asked(studio) == [LITE]
    said = {int(n): voice["text"] for n, voice in done["scenes"].items()}
    assert said == {n: line for n, line in enumerate(lines, start=1) if line}
    truth = studio_voice.speak(" ".join(line for line in lines if line), "Kore").words
    at = 0.0
    for voice in done["scenes"].values():
        sound, rate = heard(voice["voice"])
        words, truth = truth[: len(voice["words"])], truth[len(voice["words"]) :]
        assert at <= words[0].start and words[-1].start < at + len(sound) / rate, "all of its words and no others"
        assert np.abs(sound[[0, -1]]).max() < 0.02, "parted in a pause"
        assert voice["words"][0]["start"] == pytest.approx(words[0].start - at, abs=0.1)
        assert voice["fit"]["how"] == "as_is"
        at += len(sound) / rate
    assert scene_ref(job.id, 3).get().to_dict()["voice"] == done["scenes"]["3"]["voice"]


def test_nobody_speaks_where_nothing_is_said(user: str, product: object, studio: Running) -> None:
    assert until_done(begun(ordered(user, ""))).result == {"scene_number": 1, "voice": None, "text": ""}
    whole = ordered(user, "", "", voiceover=Voiceover.CONTINUOUS)
    assert until_done(begun(whole, UnitKey(step=KEY.step))).result == {"scenes": {}}
    assert asked(studio) == []


@pytest.mark.parametrize("model", [LITE, "google-cloud-tts"])
def test_pitch_and_pace_are_heard_whoever_speaks(user: str, product: object, studio: Running, model: str) -> None:
    plain, moved = (
        until_done(begun(spoken_by(ordered(user, SHORT, voice=voice), model))).result
        for voice in (VoiceConfig(), VoiceConfig(pitch=-4, rate=1.25))
    )
    assert {plain["model"], moved["model"]} == {model}
    seconds = [done["speech"][1] - done["speech"][0] for done in (plain, moved)]
    assert seconds[1] == pytest.approx(seconds[0] / 1.25, rel=0.1)
    low, high = (pitch_of(done["voice"]) for done in (moved, plain))
    assert 12 * np.log2(high / low) == pytest.approx(4, abs=1.5)


def spoken_by(job: Job, model: str) -> Job:
    return job.model_copy(update={"spoken_by": model})


def pitch_of(name: str) -> float:
    """The commonest period of the voiced parts, as hertz."""
    sound, rate = heard(name)
    found = []
    for start in range(0, len(sound) - 2048, 1024):
        part = sound[start : start + 2048]
        if np.sqrt(np.mean(part**2)) < 0.05:
            continue
        alike = np.correlate(part, part, "full")[2047:]
        lags = slice(rate // 400, rate // 70)
        found.append(rate / (lags.start + int(np.argmax(alike[lags]))))
    return float(np.median(found))


# One voice.


def test_where_one_scene_falls_back_the_whole_ad_is_spoken_by_the_other_model(
    user: str, topics: None, studio: Running
) -> None:
    job = ordered(user, SHORT, "My skin glows.")
    first, second = KEY, UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=2)
    review = UnitKey(step=PipelineStep.STORYBOARD_REVIEW)
    for key in (*(UnitKey(step=PipelineStep.STORYBOARD, scene=n) for n in (1, 2)), review):
        unit_of(job, key, UnitState.DONE, result=result(key, "drawn"))
    assert until_done(begun(job, first)).result["model"] == LITE
    studio.fault(fault="empty", model=LITE, times=None)
    task = begun(job, second)
    outcome = phase(task)
    assert isinstance(outcome, Outdated)
    with pytest.raises(LostUnit):
        settle(Hold(task.unit), outcome)
    assert asked(studio) == [LITE, LITE, LITE], "one for the first scene, two takes for the second"

    now_spoken = read_job(job.id)
    assert now_spoken.spoken_by == GEMINI
    again: list[Unit] = [stored_unit(job, key) for key in (first, second)]
    assert [(unit.state, unit.run) for unit in again] == [(UnitState.READY, 2)] * 2
    for key in (first, second):
        assert until_done(begun(now_spoken, key)).result["model"] == GEMINI
    assert asked(studio)[3:] == [GEMINI, GEMINI], "each scene once, and the one that refused is not asked again"


def test_two_scenes_that_fall_back_at_once_hand_the_ad_on_once(user: str, topics: None, studio: Running) -> None:
    job = ordered(user, SHORT, "My skin glows.")
    studio.fault(fault="empty", model=LITE, times=None)
    tasks = [begun(job, UnitKey(step=KEY.step, scene=n)) for n in (1, 2)]
    assert all(isinstance(phase(task), Outdated) for task in tasks)
    assert read_job(job.id).spoken_by == GEMINI


def test_the_last_model_of_all_says_why_nothing_is_heard(user: str, topics: None, studio: Running) -> None:
    studio.fault(fault="empty", times=None)
    outcome = phase(begun(spoken_by(ordered(user, SHORT), "google-cloud-tts-wavenet")))
    assert "no sound came back" in getattr(outcome, "error", "")


def test_a_lost_answer_is_never_made_good_by_another_model(user: str, product: object, studio: Running) -> None:
    studio.fault(fault="lost_reply", model=LITE, times=1)
    assert until_done(begun(ordered(user, SHORT))).result["model"] == LITE
    assert asked(studio) == [LITE, LITE]
