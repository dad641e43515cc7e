from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark

from postprod.sound.words import align, split_words, syllables, voiced_stretches


@mark.parametrize(
    ("word", "count"),
    [("skin", 1), ("honestly", 3), ("bottle", 2), ("didn't", 1), ("100%", 6), ("24", 3), ("—", 0), ("🔥", 0)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == approx(count, abs=1 if count > 2 else 0)


def test_what_is_not_spoken_goes_with_the_word_before() -> None:
    assert split_words("wow 🔥 — it works !") == ["wow 🔥 —", "it", "works !"]
    assert split_words("🔥 !") == split_words("") == []


def test_what_is_written_without_spaces_is_parted_where_one_pauses() -> None:
    assert split_words("今日は、いい天気です。「明日も？」3：30に") == [
        "今日は、",
        "いい天気です。",
        "「明日も？」3：30に",
    ]


def test_words_are_dealt_to_the_stretches_at_punctuation() -> None:
    timed = align(["Stop.", "You", "need", "this."], [(0.2, 0.6), (1.2, 2.2)])
    assert (timed[0].start, timed[0].end) == approx((0.2, 0.6))
    assert (timed[1].start, timed[-1].end) == approx((1.2, 2.2))


@given(
    st.lists(st.text("abcdefgo ,.", min_size=1, max_size=10).map(str.strip).filter(bool), min_size=1, max_size=20),
    st.lists(st.tuples(st.floats(0.05, 2), st.floats(0.1, 1)), min_size=1, max_size=25),
)
def test_every_word_has_its_time_in_order_within_the_speech(words: list[str], shape: list[tuple[float, float]]) -> None:
    stretches, at = [], 0.0
    for length, pause in shape:
        stretches.append((at, at + length))
        at += length + pause
    timed = align(words, stretches)
    assert [word.text for word in timed] == words
    edges = [edge for word in timed for edge in (word.start, word.end)]
    assert all(a <= b + 1e-9 for a, b in pairwise(edges))
    assert edges[0] == approx(stretches[0][0])
    assert edges[-1] == approx(stretches[-1][1])


def test_silence_has_no_speech() -> None:
    assert voiced_stretches(np.zeros(16_000, np.float32)) == []
    assert align(["a"], []) == []


def test_tones_between_silences_are_found() -> None:
    tone = np.sin(np.arange(8000) * 0.2).astype(np.float32) * 0.3
    quiet = np.zeros(8000, np.float32)
    first, second = voiced_stretches(np.concatenate([quiet, tone, quiet, tone, quiet]))
    assert first == approx((0.5, 1.0), abs=0.03)
    assert second == approx((1.5, 2.0), abs=0.03)


def test_a_word_in_a_minute_of_silence_is_found() -> None:
    silence = np.zeros(60 * 16_000, np.float32)
    silence[320_000:328_000] = np.sin(np.arange(8000) * 0.2) * 0.3
    (word,) = voiced_stretches(silence)
    assert word == approx((20, 20.5), abs=0.03)
