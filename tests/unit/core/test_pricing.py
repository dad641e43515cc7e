"""The quote, the money held and what a call comes to: the later never above the earlier."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.test_plan import BRIEFS
from ugcgen.domain.brief import Brief, SceneWish
from ugcgen.domain.enums import PipelineStep, Quality
from ugcgen.domain.job import Quote, QuoteLine
from ugcgen.domain.unit import UnitKey
from ugcgen.models import pricing
from ugcgen.models.catalog import Model, Role, catalog
from ugcgen.models.image import size_for
from ugcgen.models.pricing import MOST, USUAL, TextTask
from ugcgen.models.quote import choose_models, quote
from ugcgen.models.video import resolution_for
from ugcgen.pipeline.outline import extension_steps, outline
from ugcgen.pipeline.plan import plan
from ugcgen.pipeline.steps import ORDER

DAY = date(2026, 11, 23)
RETAKES = 3
TASKS = [
    pricing.STUDY_PRODUCT,
    pricing.STUDY_AVATAR,
    pricing.CLASSIFY_ANGLES,
    pricing.EXPAND_BRIEF,
    pricing.WRITE_SCRIPT,
    pricing.REFINE_SCRIPT,
    pricing.judging(1),
    pricing.judging(9),
]


def models(role: Role) -> st.SearchStrategy[Model]:
    return st.sampled_from([model for model in catalog().models.values() if role in model.roles])


DAYS = st.sampled_from([DAY, date(2027, 1, 1)])


@given(st.data(), models(Role.TEXT) | models(Role.VISION), DAYS, st.sampled_from(TASKS), st.integers(0, 14))
def test_text_inside_its_allowance_costs_no_more_than_was_held(
    data: st.DataObject, model: Model, day: date, task: TextTask, pictures: int
) -> None:
    held = pricing.text_task(model, day, task, pictures)
    read = data.draw(st.integers(0, task.input_tokens + pictures * MOST.picture))
    written = data.draw(st.integers(0, task.output_tokens))
    assert 0 <= pricing.text(model, day, read, written) <= held


@given(
    models(Role.SPEECH).filter(lambda model: not model.price.character), DAYS, st.integers(1, 200), st.floats(1.5, 6)
)
def test_speech_at_any_pace_of_ours_costs_no_more_than_was_held(
    model: Model, day: date, words: int, words_a_second: float
) -> None:
    sound = int(words / words_a_second * pricing.AUDIO_TOKENS_PER_SECOND)
    assert pricing.text(model, day, words * 4, sound) <= pricing.speech(model, day, words)


@given(
    models(Role.SPEECH).filter(lambda model: model.price.character > 0), st.text("aé ", max_size=12), st.integers(1, 99)
)
def test_speech_paid_by_the_character_costs_no_more_than_was_held(model: Model, word: str, words: int) -> None:
    assert pricing.characters(model, DAY, len(word) * words) <= pricing.speech(model, DAY, words)


@given(models(Role.IMAGE), DAYS, st.integers(0, 14))
def test_a_larger_picture_or_more_references_never_cost_less(model: Model, day: date, references: int) -> None:
    prices = [pricing.picture(model, day, size, references) for size in model.sizes]
    assert prices == sorted(prices)
    assert pricing.picture(model, day, model.sizes[0], references + 1) > prices[0]


def test_prices_as_the_providers_list_them() -> None:
    known = catalog().models
    assert pricing.text(known["gemini-3.8-flash"], DAY, 1_000_000, 1_000_000) == 4_500_000
    assert pricing.text(known["gemini-3.8-flash"], date(2027, 1, 1), 1_000_000, 1_000_000) == 9_000_000
    # 8 s at 0.07 USD and a prompt of 2,000 tokens at 1.50 USD a million.
    assert pricing.clip(known["gemini-omni-1.2-flash"], DAY, 8, "720p", 0) == 563_000
    # A thousand characters at 16 and 4 USD a million.
    assert pricing.characters(known["google-cloud-tts"], DAY, 1_000) == 16_000
    assert pricing.characters(known["google-cloud-tts-wavenet"], DAY, 1_000) == 4_000
    # 3 s more at 0.07 USD after 8 s, each of which is read as 5,792 tokens at 1.50 USD a million.
    assert pricing.clip(known["gemini-omni-1.2-flash"], DAY, 3, "720p", 0, extends=8) == 213_000 + 69_504
    # One 1K picture and a prompt of 4,000 tokens.
    assert pricing.picture(known["gemini-nano-banana-2.1"], DAY, "1K", 0) == 39_600


def quoted(brief: Brief, photos: tuple[int, int]) -> Quote:
    choices = choose_models(catalog(), brief, DAY, "gemini-3.5-flash-lite")
    planned = outline(brief, choices[Role.VIDEO].model.limits)
    return quote(brief, planned, choices, photos, 1.0, RETAKES, DAY)


def test_one_breath_is_priced_as_one_call_and_native_speech_as_none() -> None:
    brief = Brief(product_name="Dew", prompt="A morning", scenes=[SceneWish(seconds=4), SceneWish(seconds=8)])
    modes = ({}, {"voiceover": "continuous"}, {"speech": "native"})
    spoken = [
        [line for line in quoted(Brief.model_validate(brief.model_dump() | mode), (1, 0)).lines if "speak" in line.what]
        for mode in modes
    ]
    each, whole, native = ([(line.unit, line.what) for line in lines] for lines in spoken)
    assert each == [(f"audio_generation-0{n}", "speak the dialogue") for n in (1, 2)]
    assert (whole, native) == ([("audio_generation", "speak the whole ad")], [])
    (line,) = spoken[1]
    assert line.high == 2 * line.price
    assert line.price < sum(line.price for line in spoken[0]), "one breath pauses once"


def test_a_unit_is_quoted_the_sum_of_its_lines_and_an_unpaid_one_nothing() -> None:
    line = QuoteLine(unit="storyboard-01", scene=1, model="m", what="draw", low=3, price=5, high=20)
    lines = [line, line.model_copy(update={"unit": "storyboard-02"}), line]
    asked = Quote(lines=lines, low=9, total=15, high=60, models={})
    assert asked.of("storyboard-01") == 10
    assert asked.of("storyboard-02") == 5
    assert asked.of("storyboard-0") == asked.of("complete") == 0


@given(BRIEFS, st.tuples(st.integers(1, 10), st.integers(0, 10)))
def test_a_quote_is_the_sum_of_what_its_units_are_allotted(brief: Brief, photos: tuple[int, int]) -> None:
    asked = quoted(brief, photos)
    planned = plan(brief, outline(brief, catalog().models[asked.models["video"]].limits), reviewed=True)
    assert asked.total == sum(line.price for line in asked.lines) == sum(asked.of(unit_id) for unit_id in planned)
    assert {line.unit for line in asked.lines} <= planned.keys()
    filming = ORDER[ORDER.index(PipelineStep.STORYBOARD_REVIEW) :]
    assert asked.after_storyboard == sum(row.price for step, row in asked.by_step().items() if step in filming)


@given(BRIEFS, st.sampled_from(Quality), st.tuples(st.integers(1, 10), st.integers(0, 10)), st.booleans())
def test_a_quote_covers_every_call_that_each_unit_makes(
    brief: Brief, quality: Quality, photos: tuple[int, int], on_agent_platform: bool
) -> None:
    named = {"video": "veo-3.1-lite-generate-001"} if on_agent_platform else {}
    brief = Brief.model_validate(brief.model_dump() | {"quality": quality, "models": named})
    asked = quoted(brief, photos)
    known = {Role(role): catalog().models[name] for role, name in asked.models.items()}
    filming, vision = known[Role.VIDEO], known[Role.VISION]
    resolution = resolution_for(filming, quality)
    products, avatars = photos
    shown = min(products, 1) + min(avatars, 2)

    def judged(frames: int) -> int:
        return pricing.text_task(vision, DAY, pricing.judging(frames), frames + shown)

    calls: Counter[str] = Counter()
    script = str(PipelineStep.SCRIPT_GENERATION)
    calls[script] += pricing.text_task(vision, DAY, pricing.STUDY_PRODUCT, products)
    for task in (pricing.CLASSIFY_ANGLES, pricing.STUDY_AVATAR):
        calls[script] += pricing.text_task(vision, DAY, task, avatars) if avatars else 0
    calls[script] += pricing.text_task(known[Role.TEXT], DAY, pricing.EXPAND_BRIEF, 0)
    calls[script] += 2 * pricing.text_task(known[Role.TEXT], DAY, pricing.WRITE_SCRIPT, 0)
    for scene in outline(brief, filming.limits):
        number = scene.scene_number
        frame = UnitKey(step=PipelineStep.STORYBOARD, scene=number).id
        references = min(products, 2) + min(avatars, 3)
        picture = pricing.picture(known[Role.IMAGE], DAY, size_for(known[Role.IMAGE], quality), references)
        calls[frame] += brief.variants * picture + judged(brief.variants)
        # With a first and last frame, or with as many references as the model takes.
        clip = UnitKey(step=PipelineStep.VIDEO_GENERATION, scene=number).id
        pictures = max(2, filming.references)
        calls[clip] += pricing.clip(filming, DAY, scene.clip_seconds, resolution, pictures)
        calls[clip] += judged(int(scene.clip_seconds) + 1)
        extension = UnitKey(step=PipelineStep.VIDEO_EXTENSION, scene=number).id
        filmed = scene.clip_seconds
        for seconds in extension_steps(scene.extension_seconds, filming.limits):
            calls[extension] += pricing.clip(filming, DAY, seconds, resolution, 0, extends=filmed)
            filmed += seconds
        if scene.is_extended:
            calls[extension] += judged(int(scene.extension_seconds) + 1)
        if brief.speech == "voiceover":
            voice = UnitKey(step=PipelineStep.AUDIO_GENERATION, scene=number).id
            calls[voice] += pricing.speech(known[Role.SPEECH], DAY, scene.max_words)
    short = {unit: (asked.of(unit), price) for unit, price in calls.items() if asked.of(unit) < price}
    assert not short


@given(BRIEFS, st.sampled_from(Quality), st.tuples(st.integers(1, 10), st.integers(0, 10)))
def test_every_line_has_its_bounds_and_scenes_and_steps_add_up_to_the_whole(
    brief: Brief, quality: Quality, photos: tuple[int, int]
) -> None:
    asked = quoted(brief.model_copy(update={"quality": quality}), photos)
    assert all(0 <= line.low < line.price <= line.high for line in asked.lines)
    whole = (asked.low, asked.total, asked.high)
    for rows in (asked.by_scene(), asked.by_step()):
        assert whole == tuple(sum(getattr(row, name) for row in rows.values()) for name in ("low", "price", "high"))
    planned = outline(brief, catalog().models[asked.models["video"]].limits)
    assert list(asked.by_scene()) == [*(scene.scene_number for scene in planned), None]


@given(BRIEFS, st.integers(2, 4), st.tuples(st.integers(1, 10), st.integers(0, 10)))
def test_the_high_end_holds_the_retakes_of_every_frame_and_one_of_each_clip_and_line(
    brief: Brief, variants: int, photos: tuple[int, int]
) -> None:
    asked = quoted(brief.model_copy(update={"variants": variants}), photos)
    once = quoted(brief.model_copy(update={"variants": 2}), photos)
    for line in asked.lines:
        step, again = UnitKey.parse(line.unit).step, line.high - line.price
        if step in {PipelineStep.VIDEO_GENERATION, PipelineStep.VIDEO_EXTENSION, PipelineStep.AUDIO_GENERATION}:
            assert again == line.price
        elif step is not PipelineStep.STORYBOARD:
            assert again == 0
        elif line.model == asked.models["image"]:
            assert again * variants == RETAKES * line.price
        else:
            assert 0 < again < RETAKES * line.price, "one frame is judged, not all"
    storyboards = [quote.by_step()[PipelineStep.STORYBOARD] for quote in (asked, once)]
    assert len({row.high - row.price for row in storyboards}) == 1, "a retake costs the same, however many there were"


@given(models(Role.IMAGE), DAYS, st.integers(0, 14))
def test_the_low_end_counts_the_usual_tokens(model: Model, day: date, references: int) -> None:
    size = model.sizes[0]
    tokens = USUAL.image_prompt + references * USUAL.picture
    expected = model.price_on(day).image[size] + tokens * model.price_on(day).input / 1_000_000
    assert pricing.picture(model, day, size, references, USUAL) == pytest.approx(expected * 1_000_000, abs=1)


def test_a_quote_tells_of_a_retired_model() -> None:
    brief = Brief(product_name="Dew", prompt="A morning", models={"video": "veo-3.1"})
    assert quoted(brief, (1, 0)).notices == [
        "veo-3.1 was shut down on 2026-10-22; gemini-omni-1.2-flash is used instead"
    ]


@pytest.mark.parametrize(("quality", "resolution"), [("draft", "360p"), ("standard", "720p"), ("high", "1080p")])
def test_a_quality_means_a_resolution_or_the_nearest_the_model_has(quality: str, resolution: str) -> None:
    known = catalog().models
    assert resolution_for(known["gemini-omni-1.2-flash"], quality) == resolution
    assert resolution_for(known["veo-3.1-lite-generate-001"], quality) == max("720p", resolution, key=len)
