import re

from hypothesis import given
from hypothesis import strategies as st

from postprod.captions.ass import ass_script, text_width
from postprod.captions.lines import Line
from ugcgen.domain.edit import Edit, SceneCut

EDIT = Edit(scenes=[SceneCut(scene_number=1, clip="a", frames=240)])
TAG = re.compile(r"(?<!\\)\{(\\[^{}]*)\}")


def events(line: Line) -> list[str]:
    return [row for row in ass_script([line], EDIT).splitlines() if row.startswith("Dialogue:")]


def test_one_event_for_each_spoken_word_and_no_time_between() -> None:
    rows = events(Line(("so", "soft,"), (24, 36), 60))
    assert [row.split(",")[1:3] for row in rows] == [["0:00:00.98", "0:00:01.48"], ["0:00:01.48", "0:00:02.48"]]
    assert r"{\1c&H0033DDFF&}so{\1c&H00FFFFFF&} soft," in rows[0]
    assert r"so {\1c&H0033DDFF&}soft,{\1c&H00FFFFFF&}" in rows[1]


def test_a_line_already_begun_shows_only_what_is_left_of_it() -> None:
    (row,) = events(Line(("a", "b"), (-20, -5), 10))
    assert row.split(",")[1:3] == ["0:00:00.00", "0:00:00.40"]


def test_user_text_stays_text() -> None:
    (row,) = events(Line(("{\\b1}\\N",), (0,), 24))
    assert row.split(",,")[-1].count("\\{\\\u2060b1\\}\\\u2060N") == 1


@given(st.text(max_size=30))
def test_no_text_becomes_a_tag_or_another_line(text: str) -> None:
    tokens = text.split() or ["x"]
    rows = events(Line(tuple(tokens), tuple(range(len(tokens))), len(tokens) + 1))
    for row in rows:
        spoken = row.split(",", 9)[9]
        assert all(tag.startswith(("\\1c&H", "\\fscx")) for tag in TAG.findall(spoken))
        assert not re.search(r"\\[Nnh]", spoken)


def test_pictographs_have_no_shape_in_the_font_and_are_left_out() -> None:
    (row,) = events(Line(("wow", "🔥👍🏽", "™"), (0, 5, 5), 24))[-1:]
    assert "🔥" not in row
    assert "™" in row
    assert events(Line(("🔥",), (0,), 24)) == []


def test_a_wide_line_is_shrunk_to_the_safe_width() -> None:
    line = Line(("Donaudampfschifffahrtsgesellschaft",), (0,), 24)
    (row,) = events(line)
    found = re.search(r"\\fscx([\d.]+)\\fscy([\d.]+)", row)
    assert found
    size = EDIT.captions.text_height * EDIT.height
    width = text_width(line.words[0], size) * float(found[1]) / 100
    assert width <= EDIT.width * EDIT.captions.text_width * 1.001
    assert found[1] == found[2]
