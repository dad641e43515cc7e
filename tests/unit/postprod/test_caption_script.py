from hypothesis import given
from hypothesis import strategies as st
from pytest import mark

from postprod.captions.script import characters_wide, in_visual_order, language_of, parts, visible


@mark.parametrize(
    ("read", "seen"),
    [
        ("my cold water", "my cold water"),
        ("שלום עולם טוב", "טוב עולם שלום"),
        ("הקרם iPhone הזה", "הזה iPhone הקרם"),
        ("הקרם New York הזה", "הזה New York הקרם"),
        ("עולה 50 שקל", "שקל 50 עולה"),
        ("قبل 20 30 يوما", "يوما 30 20 قبل"),
        ("hello שלום עולם yes", "hello עולם שלום yes"),
        ("hello שלום 50 yes", "hello 50 שלום yes"),
        ("buy 2 get 1", "buy 2 get 1"),
        ("– שלום", "שלום –"),
    ],
)
def test_words_stand_in_the_order_they_are_seen(read: str, seen: str) -> None:
    words = read.split()
    assert [words[index] for index in in_visual_order(words)] == seen.split()


@given(st.lists(st.sampled_from(["abc", "שלום", "مرحبا", "50", "٣", "–", "中文"]), max_size=9))
def test_every_word_is_seen_once(words: list[str]) -> None:
    assert sorted(in_visual_order(words)) == list(range(len(words)))


@mark.parametrize(
    ("language", "sentence", "divided"),
    [
        ("zh", "今天是晴天，这款面霜真的太好用了", ["今天", "是晴天，", "这款", "面霜", "真的", "太好", "用了"]),
        (
            "ja",
            "今日は天気です。この化粧水は本当にすごいよ",
            ["今日は", "天気です。", "この", "化粧水は", "本当に", "すごいよ"],
        ),
        ("th", "วันนี้อากาศดี", ["วัน", "นี้", "อากาศ", "ดี"]),
        ("ko", "아침을", ["아침을"]),
        ("de", "Donaudampfschiffahrt", ["Donaudampfschiffahrt"]),
    ],
)
def test_scripts_without_spaces_are_divided_into_phrases(language: str, sentence: str, divided: list[str]) -> None:
    assert parts(sentence, language) == divided


@given(st.text(min_size=1, max_size=80), st.sampled_from(["en", "ja", "zh", "zh-TW", "th"]))
def test_the_parts_of_a_word_are_the_word(word: str, language: str) -> None:
    assert "".join(parts(word, language)) == word


@mark.parametrize("text", ["x" * 10_000, "มาก" * 900, "\u1000\u1039" * 500, "e" + "\u0301" * 500])
def test_no_part_is_longer_than_a_line(text: str) -> None:
    assert max(map(len, parts(text, "en"))) <= 44


@mark.parametrize(
    ("text", "shown"),
    [
        ("wow🔥👍🏽", "wow"),
        ("👨‍👩‍👧", ""),
        ("1️⃣ one", "1 one"),
        ("™ ©", "™ ©"),
        ("\u202eevil\u202c\u2066x\u2069", "evilx"),
        ("a\u200bb\ufeffc\x00d", "abcd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\u200d\u200c", ""),
        ("e\u0301", "é"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_only_what_has_a_shape_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_width_is_counted_in_latin_letters() -> None:
    assert [characters_wide(text) for text in ("abc", "中文", "é", "e\u0301", "한국")] == [3, 4, 1, 1, 4]


def test_chinese_characters_have_the_forms_of_their_language() -> None:
    assert language_of("直す", "en") == "ja"
    assert language_of("안녕", "en") == "ko"
    assert language_of("直", "ja") == "ja"
    assert language_of("直", "zh-TW") == "zh-TW"
    assert language_of("直", "en") == "zh"
    assert language_of("straight", "en") == "en"
