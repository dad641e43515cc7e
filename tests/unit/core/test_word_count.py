"""Words as they are counted for whoever speaks them; ``words.test.ts`` of the web client holds the same examples."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import mark

from ugcgen.domain.words import characters_a_word, count_words, first_words, full_stop, joined

texts = st.text(
    st.sampled_from("ab é.,!-。、！ー々今日はที่นี่ដីမြ가") | st.characters(exclude_categories=["Cs"]), max_size=60
)


@mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  one\n two ", 2),
        ("wow - it's 3.50!", 4),
        ("今日はいい天気です。", 5),
        ("この化粧水、すごい！", 4),
        ("Lumiの美容液 daily", 4),
        ("容光焕发", 2),
        ("ผิวสวยใส", 2),
        ("오늘도 빛나는 피부", 3),
    ],
)
def test_words_between_blanks_and_letters_that_need_none(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.lists(st.text("abcdé.,!-…3", min_size=1, max_size=8), max_size=20))
def test_where_words_have_spaces_they_are_what_stands_between(words: list[str]) -> None:
    assert count_words(" ".join(words)) == len(words)


@given(texts, st.integers(1, 20))
def test_a_beginning_is_as_long_as_it_may_be(text: str, most: int) -> None:
    kept = first_words(text, most)
    whole = " ".join(text.split())
    assert whole.startswith(kept)
    assert count_words(kept) <= most
    assert bool(kept) == bool(whole)
    if count_words(text) <= most:
        assert kept == whole


def test_a_word_is_not_cut_and_no_sign_is_left_behind_its_letter() -> None:
    assert first_words("one  two three", 2) == "one two"
    assert first_words("今日はいい天気です。", 3) == "今日はいい天"
    assert first_words("毎日Lumi、最高です", 2) == "毎日Lumi、", "the comma stays with its word"
    assert first_words("ทีนี้ดีมาก", 1) == "ทีนี้"


def test_languages_and_signs() -> None:
    assert [characters_a_word(language) for language in ("ja", "zh-TW", "th", "ko", "en")] == [2, 2, 5, None, None]
    assert joined(["今日は、", "いい", "天気。", "明日も", "Sun."]) == "今日は、いい 天気。明日も Sun."
    assert [full_stop(text) for text in ("今日", "明日、", "ดี", "day", "")] == ["。", "。", "", ".", "."]
