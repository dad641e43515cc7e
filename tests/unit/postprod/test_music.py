"""Beds of music: the same every time, unlike each other, and without a seam."""

import numpy as np
from pytest import mark

from postprod.sound.music import MOODS, STEPS, bed, chord, loop
from ugcgen.domain.enums import Music
from ugcgen.domain.sound import AUDIO_RATE


def test_there_is_a_bed_for_every_music() -> None:
    assert set(MOODS) == set(Music) - {Music.NONE}


@mark.parametrize("music", MOODS)
def test_every_line_has_its_sixteen_steps_and_every_bar_its_chord(music: Music) -> None:
    assert len(MOODS[music].chords.split()) == 8
    assert {len(line) for part in MOODS[music].parts for line in part.lines} == {STEPS}


@mark.parametrize("music", MOODS)
def test_a_bed_is_as_long_as_asked_and_sounds_all_the_time(music: Music) -> None:
    played = bed(music, 40 * AUDIO_RATE + 7)
    assert played.shape == (40 * AUDIO_RATE + 7, 2)
    assert np.abs(played).max() <= 0.5
    seconds = played[: 40 * AUDIO_RATE].reshape(40, -1)
    assert np.sqrt((seconds**2).mean(axis=1)).min() > 0.01
    assert np.abs(played.mean(axis=0)).max() < 0.002, "no offset from zero"


@mark.parametrize("music", MOODS)
def test_the_bars_go_round_without_a_click(music: Music) -> None:
    bars = loop(music)
    steepest = np.abs(np.diff(bars, axis=0)).max(axis=0)
    assert np.all(np.abs(bars[0] - bars[-1]) <= steepest)


def test_a_bed_played_again_is_the_same() -> None:
    first = loop(Music.CALM).copy()
    loop.cache_clear()
    assert np.array_equal(first, loop(Music.CALM))


def test_moods_differ() -> None:
    assert len({bed(music, AUDIO_RATE).tobytes() for music in MOODS}) == len(MOODS)


def test_chords_are_read_by_name_in_the_inversion_that_moves_least() -> None:
    assert {note % 12 for note in chord("F#m7")} == {6, 9, 1, 4}
    assert {note % 12 for note in chord("Cmaj7")} == {0, 4, 7, 11}
    for mood in MOODS.values():
        for name in mood.chords.split():
            notes = chord(name)
            assert notes == sorted(set(notes))
            assert notes[-1] - notes[0] < 12
