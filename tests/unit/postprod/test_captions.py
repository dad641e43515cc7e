from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from pytest import mark

from postprod.captions.film import film_captions
from postprod.captions.lines import Line, between, caption_lines, one_at_a_time
from postprod.sound.voices import Voice
from postprod.sound.words import Word
from ugcgen.domain.captions import CaptionStyle
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.pipeline.timeline import lay_out

STYLE = CaptionStyle()


def spoken(text: str, pace: float = 0.3) -> list[Word]:
    return [Word(word, n * pace, n * pace + pace * 0.9) for n, word in enumerate(text.split())]


def texts(lines: list[Line]) -> list[str]:
    return [" ".join(line.words) for line in lines]


@mark.parametrize(
    ("text", "lines"),
    [
        ("Stop scrolling. You need to see this.", ["Stop scrolling.", "You need", "to see this."]),
        ("It keeps my water cold, all day long.", ["It keeps", "my water cold,", "all day long."]),
        ("Honestly? Best purchase of the year.", ["Honestly?", "Best purchase", "of the year."]),
    ],
)
def test_lines_break_where_a_reader_would(text: str, lines: list[str]) -> None:
    assert texts(caption_lines(spoken(text), STYLE, 24, start=0, end=1000)) == lines


words = st.lists(
    st.tuples(st.text("abcdefghij,.!", min_size=1, max_size=14), st.floats(0.05, 0.8), st.floats(0, 1.5)), max_size=25
)


@given(words, st.sampled_from([24, 30, 60]))
def test_lines_hold_every_word_in_order_and_never_overlap(drawn: list[tuple[str, float, float]], fps: int) -> None:
    timed, at = [], 0.0
    for text, length, pause in drawn:
        timed.append(Word(text, at, at + length))
        at += length + pause
    lines = caption_lines(timed, STYLE, fps, start=7, end=100_000)
    assert [word for line in lines for word in line.words] == [text for text, _, _ in drawn]
    assert all(1 <= len(line.words) <= STYLE.max_words for line in lines)
    assert all(list(line.starts) == sorted(line.starts) and line.starts[-1] < line.end for line in lines)
    assert all(line.end <= after.starts[0] for line, after in pairwise(lines))


def test_a_line_never_outlives_its_scene() -> None:
    lines = caption_lines(spoken("one two three four five six seven"), STYLE, 24, start=10, end=30)
    assert lines
    assert max(line.end for line in lines) == 30


def test_the_next_scene_ends_the_line_of_the_last() -> None:
    first, second = Line(("a",), (0,), 50), Line(("b",), (40,), 60)
    assert one_at_a_time([second, first]) == [Line(("a",), (0,), 40), second]


def test_a_line_goes_on_over_a_border() -> None:
    line = Line(("a", "b", "c"), (10, 20, 30), 40)
    assert between([line], 0, 25) == [Line(("a", "b", "c"), (10, 20, 30), 25)]
    assert between([line], 25, 100) == [Line(("a", "b", "c"), (-15, -5, 5), 15)]
    assert between([line], 40, 10) == between([line], 0, 10) == []


def test_captions_follow_a_hurried_voice_and_a_trimmed_clip() -> None:
    edit = Edit(
        scenes=[
            SceneCut(scene_number=1, clip="a", frames=48, voice="v", text="hello there"),
            SceneCut(scene_number=2, clip="b", frames=48, trim_start=1.0, text="own words"),
        ],
        joins=[Join.usual(TransitionKind.DISSOLVE, 24)],
    )
    voice = Voice(scene=0, source="v", start=4, skip=0.5, tempo=1.25, seconds=1.0, lost=0.0)
    heard = {
        0: [Word("hello", 0.5, 0.9), Word("there", 1.0, 1.4)],
        1: [Word("own", 1.5, 1.8), Word("words", 2.0, 2.4)],
    }
    first, second = film_captions(edit, lay_out(edit), [voice], heard)
    assert first.starts == (4, 4 + round(0.5 / 1.25 * 24))
    assert second.starts == (36 + 12, 36 + 24)
