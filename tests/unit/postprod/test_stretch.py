"""Sound at another speed: its length, its pitch, and what is heard in it at its time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark

from postprod.sound.stretch import stretched
from ugcgen.domain.sound import AUDIO_RATE

SPEEDS = [0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0]
TIMES = np.arange(2 * AUDIO_RATE) / AUDIO_RATE


def stereo(samples: np.ndarray) -> np.ndarray:
    return np.stack([samples, -samples / 2], axis=1).astype(np.float32)


@given(samples=st.integers(0, 5000), speed=st.floats(0.25, 4))
def test_it_is_as_long_as_the_speed_leaves_it(samples: int, speed: float) -> None:
    assert stretched(np.ones((samples, 2), np.float32), speed).shape == (round(samples / speed), 2)


@mark.parametrize("speed", SPEEDS)
def test_a_tone_keeps_its_pitch_and_its_loudness(speed: float) -> None:
    sound = stretched(stereo(0.5 * np.sin(2 * np.pi * 220 * TIMES)), speed)
    middle = sound[2000:-2000, 0].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 2**19))
    assert np.argmax(spectrum) * AUDIO_RATE / 2**19 == approx(220, abs=1)
    assert np.sqrt(np.mean(middle**2)) == approx(0.5 / np.sqrt(2), rel=0.03)


@mark.parametrize("speed", SPEEDS)
def test_what_is_heard_is_heard_at_its_time(speed: float) -> None:
    """A window lies at most seven milliseconds of the recording from its place."""
    bursts = np.sin(np.pi * TIMES / 0.4) ** 4 * np.random.default_rng(1).standard_normal(len(TIMES)) * 0.3
    loud = np.square(stretched(stereo(bursts), speed)[:, 1].astype(np.float64))
    times = np.arange(len(loud)) / AUDIO_RATE
    for number in range(5):
        part = slice(round(0.4 * number / speed * AUDIO_RATE), round(0.4 * (number + 1) / speed * AUDIO_RATE))
        found = times[part] @ loud[part] / loud[part].sum()
        assert found == approx((0.4 * number + 0.2) / speed, abs=0.007 / speed + 0.005)


def test_silence_stays_silence() -> None:
    assert not stretched(np.zeros((AUDIO_RATE, 2), np.float32), 0.7).any()
