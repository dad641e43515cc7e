"""The library: every sound that the vocabulary names, at one peak, from nothing and to nothing."""

import numpy as np
from pytest import mark

from postprod.sound.effects import EFFECTS, play
from postprod.sound.library import listed, sound
from ugcgen.domain.enums import Effect, Music
from ugcgen.domain.sound import AUDIO_RATE, SoundClip, SoundKind


def test_everything_is_listed_once_under_a_name_that_a_cut_may_use() -> None:
    sources = [entry.source for entry in listed()]
    assert len(set(sources)) == len(sources) == len(Effect) + len(Music) - 1
    for entry in listed():
        name = SoundClip(kind=entry.kind, source=entry.source).in_library
        assert name is not None
        assert entry.character
        if entry.kind is SoundKind.EFFECT:
            assert len(sound(name, 10 * AUDIO_RATE)) / AUDIO_RATE == entry.seconds
        else:
            assert len(sound(name, 40 * AUDIO_RATE)) == 40 * AUDIO_RATE


@mark.parametrize("effect", EFFECTS)
def test_an_effect_is_short_clean_and_the_same_every_time(effect: Effect) -> None:
    played = play(effect)
    assert played.dtype == np.float32
    assert 0.02 < len(played) / AUDIO_RATE <= 2
    assert np.isclose(np.abs(played).max(), 0.3)
    assert np.abs(played[-1]).max() < 0.01, "it is over when it ends"
    assert np.array_equal(played, play(effect))


def test_a_click_begins_at_once() -> None:
    assert np.abs(play(Effect.CLICK)[0]).max() == np.float32(0.3)


def test_what_passes_goes_from_left_to_right() -> None:
    for effect in (Effect.WHOOSH, Effect.SWOOSH):
        left, right = play(effect).T
        middle = len(left) // 2
        assert np.square(left[:middle]).sum() > 1.5 * np.square(right[:middle]).sum()
        assert np.square(right[middle:]).sum() > 1.5 * np.square(left[middle:]).sum()
