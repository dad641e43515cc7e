"""What is done with a line that is too long for its scene, on speech that is noise with pauses at known places."""

import numpy as np
from pytest import approx, mark

from postprod.sound.fitting import UNHEARD, Line, faster, fitted, lines_in, overrun
from postprod.sound.samples import Samples
from ugcgen.domain.sound import AUDIO_RATE
from ugcgen.domain.voice import Fit

WORD, GAP, STOP = 0.3, 0.12, 0.5


def recorded(*texts: str) -> Samples:
    """Every word as long as every other, with a short gap after each, a longer one after a sentence."""
    rng = np.random.default_rng(0)
    parts = [np.zeros(round(0.2 * AUDIO_RATE))]
    for word in " ".join(texts).split():
        parts.append(rng.normal(0, 0.1, round(WORD * AUDIO_RATE)))
        parts.append(np.zeros(round((STOP if word.endswith(".") else GAP) * AUDIO_RATE)))
    mono = np.concatenate(parts).astype(np.float32)
    return np.stack([mono, mono], axis=1)


def spoken(text: str) -> Line:
    return lines_in(recorded(text), {1: text})[1]


TWO_SENTENCES = "Dewy skin all day. Try it now and see."


def test_a_line_that_fits_is_left_alone() -> None:
    line = spoken(TWO_SENTENCES)
    kept, fit = fitted(line, line.spoken + 0.1, again=False)
    assert (kept, fit.how, fit.tempo, fit.left_out) == (line, Fit.AS_IS, 1, "")
    assert fitted(line, line.spoken + 0.1, again=True)[1].how is Fit.SPOKEN_AGAIN


def test_a_little_too_long_is_played_faster() -> None:
    line = spoken(TWO_SENTENCES)
    kept, fit = fitted(line, line.spoken / 1.1, again=False)
    assert (kept, fit.how, fit.tempo) == (line, Fit.STRETCHED, approx(1.1, abs=0.01))


@mark.parametrize(
    ("text", "heard", "kept"),
    [
        (TWO_SENTENCES, 3, "Dewy skin all."),
        (TWO_SENTENCES, 4, "Dewy skin all day."),
        (TWO_SENTENCES, 6, "Dewy skin all day."),
        ("Soft, calm, dewy skin all day long now", 4, "Soft, calm."),
        ("Wow. It stays on all day and night too", 6, "Wow. It stays on all day."),
    ],
)
def test_far_too_long_ends_at_the_last_sentence_clause_or_word_that_fits(text: str, heard: int, kept: str) -> None:
    line = spoken(text)
    room = (line.words[heard - 1].end - line.speech[0] + 0.05) / UNHEARD
    short, fit = fitted(line, room, again=True)
    assert (short.text, fit.how) == (kept, Fit.TRIMMED)
    assert text.endswith(f" {fit.left_out}")
    assert len(kept.split()) + len(fit.left_out.split()) == len(text.split())
    loud = np.abs(short.sound[-480:]).max()
    assert loud < 1e-3, "it ends between two words"
    assert len(short.sound) / 16_000 < line.words[len(kept.split())].start + 0.05, "and before the next one"


def test_a_line_without_spaces_ends_where_a_speaker_pauses() -> None:
    text = "今日は、いい天気です。明日も晴れます。"
    line = lines_in(recorded("今日は、 いい天気です。 明日も晴れます。"), {1: text})[1]
    assert [word.text for word in line.words] == ["今日は、", "いい天気です。", "明日も晴れます。"]
    for heard, kept, left_out in (
        (2, "今日は、いい天気です。", "明日も晴れます。"),
        (1, "今日は。", "いい天気です。明日も晴れます。"),
    ):
        short, fit = fitted(line, (line.words[heard - 1].end - line.speech[0] + 0.05) / UNHEARD, again=True)
        assert (short.text, fit.how, fit.left_out) == (kept, Fit.TRIMMED, left_out)


def test_one_word_is_never_cut() -> None:
    line = spoken("Glow!")
    assert fitted(line, 0.05, again=True)[0] is line


@mark.parametrize(("too_long", "asked"), [(0.7, None), (1.19, None), (1.25, 1.31), (1.4, 1.47), (9.0, 1.5)], ids=str)
def test_how_much_faster_is_asked_for(too_long: float, asked: float | None) -> None:
    assert faster(too_long) == asked


def test_a_recording_of_several_lines_is_parted_in_the_pauses_between_them() -> None:
    texts = {1: "Dewy skin all day.", 3: "Try it. Love it.", 4: "Buy one now."}
    recording = recorded(*texts.values())
    lines = lines_in(recording, texts)
    assert {scene: line.text for scene, line in lines.items()} == texts
    at = 0.2
    for line in lines.values():
        assert line.start == approx(max(0, at - STOP / 2), abs=0.16)
        begins = at - line.start
        assert [word.text for word in line.words] == line.text.split()
        assert line.words[0].start == approx(begins, abs=0.03)
        at += sum(WORD + (STOP if word.endswith(".") else GAP) for word in line.text.split())
    assert overrun(lines, {1: 2, 3: 1, 4: 9}) == approx(lines[3].spoken)
