"""Beds of music: the same every time, unlike each other, and without a seam."""

import wave
from pathlib import Path

import numpy as np
from pytest import mark

from postprod.sound.music import MOODS, loop, write_bed
from ugcgen.domain.enums import Music
from ugcgen.domain.sound import AUDIO_RATE


def read(file: Path) -> np.ndarray:
    with wave.open(str(file)) as bed:
        assert (bed.getframerate(), bed.getnchannels()) == (AUDIO_RATE, 1)
        return np.frombuffer(bed.readframes(bed.getnframes()), "<i2").astype(float) / 32767


def test_there_is_a_bed_for_every_music() -> None:
    assert set(MOODS) == set(Music) - {Music.NONE}


@mark.parametrize("music", MOODS)
def test_a_bed_is_as_long_as_asked_and_the_same_every_time(music: Music, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_bed(music, 30 * AUDIO_RATE + 7, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    bed = read(tmp_path / "one")
    assert len(bed) == 30 * AUDIO_RATE + 7
    assert np.abs(bed).max() <= 0.5
    seconds = bed[: 30 * AUDIO_RATE].reshape(30, AUDIO_RATE)
    assert np.sqrt((seconds**2).mean(axis=1)).min() > 0.01, "there is music in every second"


@mark.parametrize("music", MOODS)
def test_the_bars_go_round_without_a_click(music: Music) -> None:
    bars = loop(MOODS[music])
    steepest = np.abs(np.diff(bars)).max()
    assert abs(bars[0] - bars[-1]) <= steepest


def test_moods_differ(tmp_path: Path) -> None:
    beds = []
    for music in MOODS:
        write_bed(music, AUDIO_RATE, tmp_path / music)
        beds.append((tmp_path / music).read_bytes())
    assert len(set(beds)) == len(MOODS)
