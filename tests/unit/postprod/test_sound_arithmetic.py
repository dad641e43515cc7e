"""The sound's arithmetic alone: fades, ducking, music that goes round, the limiter."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from postprod.sound.ducking import ducking
from postprod.sound.master import limited
from postprod.sound.samples import decibels, fade_in
from postprod.sound.tracks import gone_round
from ugcgen.domain.sound import AUDIO_RATE


def ones(samples: int) -> np.ndarray:
    return np.ones((samples, 2), np.float32)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2000), st.integers(1, 2000), st.integers(0, 2000))
def test_a_fade_and_its_mirror_image_have_one_power(after: int, over: int, rest: int) -> None:
    rising, falling = ones(after + over + rest), ones(over)
    fade_in(rising, over, after=after)
    assert np.all(rising[:after] == 0)
    assert np.all(rising[after + over :] == 1)
    assert np.all(np.diff(rising[:, 0]) >= 0)
    fade_in(falling[::-1], over)
    assert np.allclose(np.square(rising[after : after + over]) + np.square(falling), 1, atol=1e-5)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 19), st.floats(0.05, 3)), max_size=6),
    st.floats(1, 30),
    st.integers(0, 15 * AUDIO_RATE),
)
def test_what_gives_way_is_down_while_somebody_speaks_and_up_when_nobody_does(
    speech: list[tuple[float, float]], depth: float, start: int
) -> None:
    film = 20 * AUDIO_RATE
    spoken = [(begin, min(20.0, begin + length)) for begin, length in speech]
    sound = ones(4 * AUDIO_RATE)
    ducking(spoken, film, depth).press(sound, start)
    gains = sound[:, 0]
    assert gains.min() >= decibels(-depth) - 1e-5
    assert gains.max() <= 1 + 1e-6
    # The gain is drawn in straight lines between ticks of 2 ms.
    assert np.abs(np.diff(gains)).max(initial=0) < depth / 20 * np.log(10) / 0.15 / AUDIO_RATE * 1.1
    seconds = (start + np.arange(len(gains))) / AUDIO_RATE
    within = np.any([(begin + 0.002 < seconds) & (seconds < end) for begin, end in spoken] or [seconds < 0], axis=0)
    near = [(begin - 0.16 < seconds) & (seconds < end + 0.76) for begin, end in spoken] or [seconds < 0]
    assert np.allclose(gains[within], decibels(-depth), rtol=1e-3)
    assert np.allclose(gains[~np.any(near, axis=0)], 1, rtol=1e-4)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 60_000), st.integers(1, 200_000))
def test_music_that_goes_round_lasts_and_keeps_its_level(length: int, wanted: int) -> None:
    music = np.random.default_rng(length).standard_normal((length, 2), np.float32)
    round_and_round = gone_round(music, wanted)
    if length < 4:
        return  # too short to cross itself; nothing of that length is music
    assert len(round_and_round) == wanted
    seam = min(AUDIO_RATE // 5, length // 4)
    kept = min(wanted, length - seam)
    assert np.array_equal(round_and_round[:kept], music[:kept])
    if len(round_and_round) > 20_000 < length:
        blocks = round_and_round[: len(round_and_round) // 5000 * 5000].reshape(-1, 10_000)
        assert np.allclose(np.square(blocks).mean(axis=1), 1, atol=0.15)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 39_999), st.floats(0.1, 30)), max_size=12),
    st.floats(0.05, 0.9),
    st.integers(1, 40_000),
)
def test_the_limiter_lets_nothing_over_and_leaves_the_rest_alone(
    spikes: list[tuple[int, float]], ceiling: float, length: int
) -> None:
    sound = np.full((40_000, 2), 0.04, np.float32)
    for at, height in spikes:
        sound[at, at % 2] = height
    sound = sound[:length]
    held = limited(sound, ceiling)
    assert np.abs(held).max() <= ceiling * (1 + 1e-6)
    over = np.flatnonzero(np.abs(sound).max(axis=1) > ceiling)
    far = np.ones(length, bool)
    for at in over:
        far[max(0, at - 44 * AUDIO_RATE // 1000) : at + 44 * AUDIO_RATE // 1000] = False
    assert np.allclose(held[far], sound[far], rtol=1e-5)
    if not len(over):
        assert held is sound
