from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark

from postprod.captions.disclosure import label_of
from postprod.captions.film import film_captions, overflowing
from postprod.captions.layout import block_of
from postprod.captions.lines import Line, written_line
from postprod.captions.placement import Band, lower_edge, room_for_text
from postprod.sound.words import Word
from ugcgen.domain.captions import Caption, CaptionPreset, CaptionStyle
from ugcgen.domain.edit import Edit, Join, SceneCut
from ugcgen.domain.enums import Platform
from ugcgen.domain.output import Corner, Disclosure
from ugcgen.domain.safe_zone import safe_zone
from ugcgen.pipeline.timeline import lay_out

SIZES = [(1080, 1920), (1080, 1080), (1920, 1080), (360, 640)]
SCENES = [SceneCut(scene_number=n, clip="a", frames=96) for n in (1, 2)]


def edit_of(width: int = 1080, height: int = 1920, **fields: object) -> Edit:
    return Edit.model_validate({"width": width, "height": height, "scenes": SCENES, "joins": [Join()], **fields})


def spoken(text: str) -> list[Word]:
    return [Word(word, n * 0.3, n * 0.3 + 0.28) for n, word in enumerate(text.split())]


def captions(edit: Edit, text: str, mouths: dict[int, list[Band]] | None = None) -> list[Line]:
    return film_captions(edit, lay_out(edit), [], {0: spoken(text)}, mouths)


shares = st.floats(0.0, 1.0)
bands = st.lists(st.tuples(shares, shares).map(lambda ends: Band(min(ends), max(ends))), max_size=4)


@given(st.none() | shares, st.floats(0.02, 0.3), bands, st.sampled_from(Platform), st.sampled_from(Corner))
def test_captions_stay_in_their_room_and_off_mouths_wherever_that_is_possible(
    wanted: float | None, height: float, mouths: list[Band], platform: Platform, corner: Corner
) -> None:
    edit = edit_of(platform=platform, disclosure=Disclosure(corner=corner))
    room = room_for_text(edit)
    bottom = lower_edge(edit, wanted, height, mouths)
    assert room.top + height - 1e-4 <= bottom <= room.bottom + 1e-4
    covered = sum(Band(bottom - height, bottom).overlap(mouth) for mouth in mouths)
    places = [room.top + height + n * 0.01 for n in range(int((room.bottom - room.top - height) / 0.01))]
    for place in places:
        assert covered <= sum(Band(place - height, place).overlap(mouth) for mouth in mouths) + 0.02


def test_without_a_mouth_in_the_way_the_text_stands_where_it_is_wanted() -> None:
    edit = edit_of()
    assert lower_edge(edit, None, 0.1, []) == 0.75
    assert lower_edge(edit, 0.6, 0.1, []) == 0.6
    assert lower_edge(edit, 0.98, 0.1, []) == 0.75
    assert lower_edge(edit, 0.6, 0.1, [Band(0.52, 0.56)]) == approx(0.66, abs=0.006)
    assert lower_edge(edit, 0.6, 0.1, [Band(0.57, 0.62)]) == approx(0.57, abs=0.006)


def test_all_lines_of_a_scene_stand_at_one_height_and_clear_of_its_mouth() -> None:
    mouth = Band(0.68, 0.74)
    lines = captions(edit_of(), "So. It keeps my water really cold all day long. Yes.", {0: [mouth], 1: []})
    assert len({line.bottom for line in lines}) == 1
    for line in lines:
        block = block_of(line, edit_of())
        assert block
        assert block.box.bottom <= mouth.top * 1920 + 1


def test_a_written_line_over_two_scenes_has_each_ones_height() -> None:
    edit = edit_of(lines=(Caption(text="one two three four", start=3, end=5),))
    first, second = film_captions(edit, lay_out(edit), [], {0: spoken("never seen")}, {0: [Band(0.7, 0.74)]})
    assert (first.words, first.end) == (second.words, 96)
    assert second.starts[0] == 96
    assert second.end == 120
    assert first.bottom and second.bottom and first.bottom < second.bottom == 0.75


def test_written_lines_take_the_place_of_the_spoken_ones() -> None:
    assert captions(edit_of(lines=()), "heard but not shown") == []
    assert captions(edit_of(captions=CaptionStyle(shown=False), lines=(Caption(text="a", start=0, end=1),)), "b") == []
    own = CaptionStyle(preset=CaptionPreset.BOX, bottom=0.4)
    edit = edit_of(lines=(Caption(text="typed by hand", start=1, end=2.5, style=own),))
    (line,) = captions(edit, "heard")
    assert (line.words, line.starts[0], line.end) == (("typed", "by", "hand"), 24, 60)
    assert list(line.starts) == sorted(line.starts)
    assert line.style is own
    assert line.bottom == 0.4


def test_a_written_line_past_the_end_or_without_words_is_left_out() -> None:
    assert written_line(Caption(text="late", start=60, end=70), edit_of()) is None
    assert written_line(Caption(text="  ", start=0, end=1), edit_of()) is None


@mark.parametrize(("width", "height"), SIZES)
@mark.parametrize("platform", Platform)
@mark.parametrize("corner", Corner)
@mark.parametrize("preset", [CaptionPreset.BOX, CaptionPreset.HIGHLIGHT])
def test_what_is_written_is_clear_of_what_the_platform_draws(
    width: int, height: int, platform: Platform, corner: Corner, preset: CaptionPreset
) -> None:
    zone = safe_zone(platform, width, height)
    edit = edit_of(
        width, height, platform=platform, disclosure=Disclosure(corner=corner), captions=CaptionStyle(preset=preset)
    )
    lines = captions(edit, "It keeps my water really cold. Donaudampfschifffahrtsgesellschaft!")
    label = label_of(edit)
    assert label
    boxes = [label.box, *(block.box for line in lines if (block := block_of(line, edit)))]
    for box in boxes:
        assert box.left >= zone.left * width - 1
        assert box.top >= zone.top * height - 1
        assert box.right <= (1 - zone.right) * width + 1
        assert box.bottom <= (1 - zone.bottom) * height + 1
    for box in boxes[1:]:
        assert box.bottom <= label.box.top or box.top >= label.box.bottom


def test_the_disclosure_is_large_enough_to_read() -> None:
    for width, height in SIZES:
        label = label_of(edit_of(width, height, disclosure=Disclosure()))
        assert label
        assert label.em >= 0.034 * min(width, height)
    long = label_of(edit_of(disclosure=Disclosure(text="This advertisement shows a synthetic performer made with AI")))
    assert long
    assert len(long.rows) > 1
    assert long.em >= 0.03 * 1080


def test_lines_that_overflow_are_named_with_the_reason() -> None:
    edit = edit_of()
    fine, small, low = (
        Line(("short",), (0,), 24, bottom=0.75),
        Line(("W" * 60,), (0,), 24, bottom=0.75),
        Line(("low",), (0,), 24, bottom=0.9),
    )
    found = overflowing([fine, small, low], edit)
    assert [overflow.line for overflow in found] == [small, low]
    assert "shorten it" in found[0].why
    assert "move it" in found[1].why


@given(st.text(max_size=60))
def test_captions_made_of_any_latin_words_fit(text: str) -> None:
    words = " ".join(word for word in text.split() if word.isascii() and word.isprintable())
    edit = edit_of()
    assert overflowing(captions(edit, words), edit) == []


def test_a_word_of_ten_thousand_letters_is_shown_in_lines_that_fit() -> None:
    edit = edit_of()
    lines = film_captions(edit, lay_out(edit), [], {0: [Word("x" * 10_000, 0.0, 4.0)]})
    assert lines
    assert overflowing(lines, edit) == []
