import re

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx, mark, raises

from postprod.captions.ass import ass_script
from postprod.captions.layout import block_of
from postprod.captions.lines import Line
from ugcgen.domain.captions import CaptionAnimation, CaptionPreset, CaptionStyle
from ugcgen.domain.edit import Edit, SceneCut
from ugcgen.domain.errors import ConfigurationError, MediaError
from ugcgen.domain.output import Disclosure

OURS = (
    "1c",
    "3c",
    "1a",
    "bord",
    "fn",
    "fs",
    "b",
    "pos",
    "move",
    "an",
    "p",
    "t",
    "clip",
    "alpha",
    "fscx",
    "fscy",
)
TAGS = re.compile(r"(?<!\\)\{([^{}]*)\}")


def edit_in(preset: CaptionPreset = CaptionPreset.HIGHLIGHT, **style: object) -> Edit:
    captions = CaptionStyle.model_validate({"preset": preset, **style})
    return Edit(scenes=[SceneCut(scene_number=1, clip="a", frames=240)], captions=captions)


def events(line: Line, edit: Edit | None = None) -> list[list[str]]:
    """Layer, start, end and text of each event of a script with just this line."""
    script, _ = ass_script([line], edit or edit_in(), 240)
    rows = [row.removeprefix("Dialogue: ").split(",", 9) for row in script.splitlines() if row.startswith("Dialogue:")]
    return [[row[0], row[1], row[2], row[9]] for row in rows]


def faces(line: Line, edit: Edit | None = None) -> list[list[str]]:
    """Start, end, colour and text of what is written in the top layer."""
    found = []
    for layer, start, end, text in events(line, edit):
        color = re.search(r"\\1c(&H\w+&)", text)
        if layer == "3" and color:
            found.append([start, end, color[1], TAGS.sub("", text)])
    return sorted(found)


def test_the_spoken_word_has_the_highlight_and_nothing_is_shown_between_times() -> None:
    white, yellow = "&HFFFFFF&", "&H33DDFF&"
    assert faces(Line(("so", "soft,"), (24, 36), 60)) == [
        ["0:00:00.98", "0:00:01.48", yellow, "so"],
        ["0:00:00.98", "0:00:01.48", white, "soft,"],
        ["0:00:01.48", "0:00:02.48", yellow, "soft,"],
        ["0:00:01.48", "0:00:02.48", white, "so"],
    ]


def test_a_line_already_begun_shows_only_what_is_left_of_it() -> None:
    assert {(start, end) for _, start, end, _ in events(Line(("a", "b"), (-20, -5), 10))} == {
        ("0:00:00.00", "0:00:00.40")
    }


@mark.parametrize("preset", CaptionPreset)
@mark.parametrize("animation", CaptionAnimation)
def test_what_began_before_the_segment_is_over_or_in_its_middle(
    preset: CaptionPreset, animation: CaptionAnimation
) -> None:
    """libass takes an end at or before zero for the end of the event, so none may be written."""
    edit = edit_in(preset, animation=animation)
    for start in (-48, -2, -1, 0):
        for *_, text in events(Line(("one", "two"), (start, start + 1), 30), edit):
            for changing in re.findall(r"\\(?:t\(|move\([^,]*,[^,]*,[^,]*,[^,]*,)(-?\d+),(-?\d+)", text):
                assert int(changing[0]) < int(changing[1])
                assert int(changing[1]) > 0


def test_user_text_stays_text() -> None:
    (*_, text) = faces(Line(("{\\b1}\\N",), (0,), 24))[0]
    assert text == "\\{\\\u2060b1\\}\\\u2060N"


# Scripts that every installation shows; letters of others are refused by name.
known = st.text(st.characters(max_codepoint=0x24FF, categories=("L", "N", "P", "S", "Z", "Cc", "Cf")), max_size=30)


@settings(max_examples=60, deadline=None)
@given(known, st.sampled_from(CaptionPreset))
def test_no_text_becomes_a_tag_or_another_line(text: str, preset: CaptionPreset) -> None:
    tokens = text.split() or ["x"]
    try:
        shown = events(Line(tuple(tokens), tuple(range(len(tokens))), len(tokens) + 1), edit_in(preset))
    except ConfigurationError:
        return
    for *_, row in shown:
        assert not re.search(r"\\[Nnh]", row)
        for tags in TAGS.findall(row):
            assert all(tag.startswith(OURS) for tag in tags.split("\\")[1:])


def test_pictographs_are_left_out_and_give_their_time_to_the_word_before() -> None:
    shown = faces(Line(("wow", "🔥👍🏽", "fire", "👨‍👩‍👧"), (0, 5, 10, 15), 24))
    assert {text for *_, text in shown} == {"wow", "fire"}
    lit = {text: (start, end) for start, end, color, text in shown if color == "&H33DDFF&"}
    assert lit == {"wow": ("0:00:00.00", "0:00:00.40"), "fire": ("0:00:00.40", "0:00:00.98")}
    assert events(Line(("🔥",), (0,), 24)) == []


def test_a_letter_that_no_font_shows_is_named() -> None:
    with raises(ConfigurationError, match=r"U\+13000"):
        events(Line(("\U00013000",), (0,), 24))


def test_a_disclosure_with_nothing_to_read_is_refused() -> None:
    edit = edit_in().model_copy(update={"disclosure": Disclosure(text="🤖")})
    with raises(MediaError, match="write it in letters"):
        ass_script([], edit, 24)


@mark.parametrize("preset", CaptionPreset)
def test_a_wide_line_takes_more_rows_and_then_smaller_letters(preset: CaptionPreset) -> None:
    edit = edit_in(preset)
    room = edit.width * 0.74
    short = block_of(Line(("so", "soft"), (0, 1), 24), edit)
    long = block_of(Line(("it", "keeps", "my", "water", "cold", "all", "day", "long"), tuple(range(8)), 24), edit)
    word = block_of(Line(("Donaudampfschifffahrtsgesellschaft",), (0,), 24), edit)
    assert short and long and word
    assert (len(short.rows), short.scale) == (1, 1)
    assert (len(long.rows), long.scale) == (2, 1)
    assert len(word.rows) == 1
    assert word.scale < 1
    for block in (short, long, word):
        assert block.box.right - block.box.left <= room * 1.001
        assert block.box.left + block.box.right == approx(edit.width)
        assert block.box.bottom == approx(0.75 * edit.height)
