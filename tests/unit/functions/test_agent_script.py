"""The script agent's rules: what a draft breaks is named, and by rule no script breaks it in the end."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import mark, raises

from agents.script import SHOWN_SHARE, hold, trimmed, violations
from tests.unit.functions.making import bible, planned, scene, script
from ugcgen.domain.brief import PlannedScene
from ugcgen.domain.enums import ProductVisibility, SceneType, ShotType
from ugcgen.domain.script import Script
from ugcgen.domain.words import count_words

BIBLE = bible()
HIDDEN, SHOWN = ProductVisibility.NONE, ProductVisibility.BACKGROUND

words = st.sampled_from(
    [
        "I",
        "love",
        "it!",
        "Really?",
        "Yes.",
        "so,",
        "glow",
        "3.5",
        "...",
        "wait…",
        "café",
        "no;",
        "今日は、",
        "いい天気です。",
        "ผิวสวยใส",
    ]
)
dialogues = st.lists(words, max_size=40).map(" ".join)
scripts = st.lists(st.tuples(dialogues, st.sampled_from(ProductVisibility)), min_size=1, max_size=8).map(
    lambda rows: script(*[scene(n, dialogue=d, product_visibility=v) for n, (d, v) in enumerate(rows, 1)])
)
outlines = st.lists(st.integers(1, 25), min_size=1, max_size=8).map(
    lambda limits: [planned(n, max_words=limit, seconds=n + 2) for n, limit in enumerate(limits, 1)]
)


@given(scripts, outlines)
def test_a_held_script_breaks_nothing_and_is_as_long_as_its_outline(draft: Script, outline: list[PlannedScene]) -> None:
    held = hold(draft, BIBLE, outline)
    assert violations(held, outline) == []
    assert [(s.scene_number, s.scene_type, s.duration_seconds) for s in held.scenes] == [
        (p.scene_number, p.scene_type, p.seconds) for p in outline
    ]
    assert held.total_duration == sum(p.seconds for p in outline)
    assert hold(held, BIBLE, outline) == held, "a script that keeps the rules stays as it is"


@given(scripts, outlines)
def test_holding_shows_a_hidden_product_only_as_often_as_it_must(draft: Script, outline: list[PlannedScene]) -> None:
    before = (draft.scenes + [draft.scenes[-1]] * len(outline))[: len(outline)]
    after = hold(draft, BIBLE, outline).scenes
    changed = [
        (a.product_visibility, b.product_visibility)
        for a, b in zip(before, after, strict=True)
        if a.product_visibility is not b.product_visibility
    ]
    assert all(pair == (HIDDEN, ProductVisibility.SECONDARY) for pair in changed)
    if changed:
        one_less = sum(s.product_visibility is not HIDDEN for s in after) - 1
        assert one_less < SHOWN_SHARE * len(outline)


@given(dialogues, st.integers(1, 25))
def test_trimming_keeps_a_beginning_of_what_was_said(dialogue: str, limit: int) -> None:
    kept = trimmed(dialogue, limit)
    assert count_words(kept) <= limit
    if count_words(dialogue) <= limit:
        assert kept == dialogue
    assert bool(kept) == bool(dialogue)


@mark.parametrize(
    ("dialogue", "limit", "kept"),
    [
        ("It works. I use it daily. Try it now.", 6, "It works. I use it daily."),
        ("It works. I use it daily. Try it now.", 5, "It works."),
        ("Honestly, this is the best one I have ever had", 4, "Honestly, this is the."),
        ("My skin, my hair, all of it", 2, "My skin."),
        ("  It works.  ", 2, "It works."),
        ("Only 3.99 today. Get it.", 3, "Only 3.99 today."),
        ("It costs 3.50 dollars at lumi.com now", 3, "It costs 3.50."),
        ("Wait… what?! It is gone.", 2, "Wait… what?!"),
        ("今日はいい天気です。明日も晴れます。", 6, "今日はいい天気です。"),
        ("この化粧水、毎日使っています。", 4, "この化粧水。"),
        ("今日はいい天気です。", 2, "今日はい。"),
        ("ผิวสวยใสทุกวัน", 2, "ผิวสวยใสทุ"),
        ("त्वचा चमकती है। हर दिन।", 4, "त्वचा चमकती है।"),
    ],
)
def test_dialogue_is_cut_where_a_sentence_ends(dialogue: str, limit: int, kept: str) -> None:
    assert trimmed(dialogue, limit) == kept


def test_every_violation_is_a_sentence_with_its_numbers() -> None:
    outline = [planned(n, max_words=3, scene_type=SceneType.HOOK, seconds=6) for n in (1, 2, 3)]
    draft = script(
        scene(1, dialogue="one two three four"),
        scene(2, dialogue="one two", product_visibility=HIDDEN, scene_type=SceneType.CTA),
        scene(4, dialogue="one two three", product_visibility=SHOWN, duration_seconds=8),
    )
    assert violations(draft, outline) == [
        "scene 1 has 4 words, at most 3 fit",
        "scene 2 is a cta scene, the outline has hook there",
        "scene 3 is numbered 4",
        "scene 3 lasts 8 s, the outline has 6 s",
        "the product is seen in 2 of 3 scenes, it must be in 80%",
        "total_duration is 1 s, the ad is 18 s long",
    ]
    assert violations(draft, outline[:2]) == ["there are 3 scenes, the outline has 2"]


def test_every_scene_is_in_the_bibles_light_and_by_its_camera() -> None:
    drafted = scene(camera={"body": "smartphone", "lens": "a lens", "shot_type": "wide"}, lighting={"type": "neon"})
    (held,) = hold(script(drafted), BIBLE, [planned()]).scenes
    assert held.lighting == BIBLE.lighting
    assert (held.camera.body, held.camera.lens) == (BIBLE.camera.body, BIBLE.camera.lens)
    assert held.camera.shot_type is ShotType.WIDE, "the script chooses the shot"


def test_the_outline_decides_what_a_scene_is() -> None:
    held = hold(script(scene(7, scene_type=SceneType.CTA, duration_seconds=99)), BIBLE, [planned(seconds=5)])
    assert held.scenes[0].scene_number == 1
    assert held.scenes[0].scene_type is SceneType.DEMONSTRATION
    assert held.scenes[0].duration_seconds == 5


def test_a_script_has_scenes() -> None:
    with raises(ValueError, match="scenes"):
        script()
