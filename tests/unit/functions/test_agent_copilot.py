"""The director's drafts and what becomes of them: repaired, asked for again, put right by rule, refined."""

import json
from typing import Any

import pytest

from agents import copilot, script
from tests.unit.functions import demo
from tests.unit.functions.demo import ACCOUNT, BRIEF, MODEL, OUTLINE, studio
from ugcgen.domain.bible import Strategy
from ugcgen.domain.enums import Platform
from ugcgen.domain.errors import ModelRejected
from ugcgen.domain.script import Writing
from ugcgen.models.pricing import TextTask


def saying(*scripts: str | None) -> demo.Answer:
    """The studio, but for scripts: these first, one after another; None is what the studio says."""
    left = list(scripts)

    def answer(task: TextTask, system: str, prompt: str, shape: type[Any]) -> str:
        said = left.pop(0) if left and task.name == "write_script" else None
        return said or studio(task, system, prompt, shape)

    return answer


def drafted(**changes: Any) -> str:
    """A draft of the demo job's script with something wrong in its first scene, or in all of it."""
    with demo.answering():
        good = demo.written(demo.bible()).script.model_dump(mode="json")
    whole = {name: changes.pop(name) for name in list(changes) if name in good}
    good["scenes"][0] |= changes
    return json.dumps(good | whole)


def test_a_good_draft_is_asked_for_once() -> None:
    with demo.answering() as asked:
        written = demo.written(demo.bible())
    assert written.writing == Writing()
    assert len(asked["write_script"]) == 1
    assert script.violations(written.script, OUTLINE) == []


def test_a_draft_that_breaks_a_rule_is_asked_for_again_with_the_rule_named() -> None:
    with demo.answering(saying(drafted(dialogue="word " * 40))) as asked:
        written = demo.written(demo.bible())
    assert written.writing == Writing(violations=["scene 1 has 40 words, at most 15 fit"])
    first, second = asked["write_script"]
    assert "scene 1 has 40 words" in second
    assert "scene 1 has 40 words" not in first


def test_a_language_without_spaces_is_counted_by_its_characters() -> None:
    japanese = demo.BRIEF.model_copy(update={"language": "ja"})
    with demo.answering(saying(drafted(dialogue="毎日使っています。" * 5))) as asked:
        written = demo.written(demo.bible(), japanese)
    assert written.writing == Writing(violations=["scene 1 has 20 words, at most 15 fit"])
    assert "at most max_words words (2 characters count as one word)" in asked["write_script"][0]
    with demo.answering(saying(*[drafted(dialogue="毎日使っています。" * 5)] * 2)):
        assert demo.written(demo.bible(), japanese).script.scenes[0].dialogue == "毎日使っています。" * 3


def test_what_is_broken_twice_is_put_right_by_rule() -> None:
    bad = drafted(dialogue="So. " + "word " * 40, total_duration=12)
    with demo.answering(saying(bad, bad)) as asked:
        written = demo.written(demo.bible())
    assert len(asked["write_script"]) == 2, "and no more is paid for it"
    assert written.writing.put_right_by_rule == written.writing.violations
    assert script.violations(written.script, OUTLINE) == []
    assert written.script.scenes[0].dialogue == "So."


def test_json_with_words_around_it_is_repaired_and_other_is_asked_for_again() -> None:
    good = drafted()
    fenced = f"Here it is:\n```json\n{good[:-1]},}}\n```"
    with demo.answering(saying(good[:200], fenced)) as asked:
        written = demo.written(demo.bible())
    assert written.writing == Writing(json_repairs=1, json_retries=1)
    assert len(asked["write_script"]) == 2


def test_malformed_answers_end_inside_a_bound() -> None:
    answers = saying("{", "[]", "no", "never asked")
    with demo.answering(answers) as asked, pytest.raises(ModelRejected, match="3 times in the wrong shape"):
        demo.written(demo.bible())
    assert len(asked["write_script"]) == 3


def test_a_note_changes_the_scene_that_it_names() -> None:
    with demo.answering() as asked:
        bible = demo.bible()
        before = demo.written(bible).script
        after, writing = script.refine_script(ACCOUNT, MODEL, BRIEF, bible, OUTLINE, before, "Scene 2: ask something")
    changed = [a.scene_number for a, b in zip(before.scenes, after.scenes, strict=True) if a != b]
    assert changed == [2]
    assert writing == Writing()
    (prompt,) = asked["refine_script"]
    assert "Scene 2: ask something" in prompt
    assert before.scenes[3].dialogue in prompt


def test_no_claim_comes_in_that_the_brief_does_not_make() -> None:
    planned = Strategy(
        hook_strategy="h",
        pain_point="p",
        key_selling_points=["Heals acne", " Vegan and fragrance free"],
        emotional_journey="e",
        cta_approach="c",
    )
    with demo.answering(lambda *_: planned.model_dump_json()):
        strategy = copilot.expand_brief(ACCOUNT, MODEL, BRIEF)
    assert strategy.key_selling_points[0] == "vegan and fragrance free"
    assert sorted(strategy.key_selling_points) == sorted(BRIEF.selling_points)


@pytest.mark.parametrize(
    ("platform", "timing"),
    [
        (Platform.INSTAGRAM_REELS, "30 to 60 seconds"),
        (Platform.TIKTOK, "15 to 30 seconds"),
        (Platform.YOUTUBE_SHORTS, "30 to 60 seconds"),
    ],
)
def test_the_director_knows_each_platform_and_the_product_rule(platform: Platform, timing: str) -> None:
    said = copilot.persona(platform)
    assert timing in said
    assert "at least 80% of the scenes" in said
