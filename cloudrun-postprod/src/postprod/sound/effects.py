"""Effects, made by arithmetic like the music, and like it part of the product."""

from collections.abc import Callable

import numpy as np

from postprod.sound.instruments import SINE, Mono, bell, decay, hat, kick, noise, tone
from postprod.sound.samples import Samples
from ugcgen.domain.enums import Effect
from ugcgen.domain.sound import AUDIO_RATE

_PEAK = 0.3
"""Of full scale: about as loud as the voices, which are at -20 LUFS before the film gets its loudness."""
_FRAME, _HOP = 2048, 512


def play(effect: Effect) -> Samples:
    """The effect as loud as a film wants it."""
    sound = EFFECTS[effect]()
    if sound.ndim == 1:
        sound = np.repeat(sound[:, None], 2, axis=1)
    return np.asarray(sound * (_PEAK / np.abs(sound).max()), np.float32)


def _seconds(of: float) -> int:
    return round(of * AUDIO_RATE)


def _laid(length: float, *sounds: tuple[float, Mono]) -> Mono:
    """Sounds, each from its second on, in so many seconds."""
    whole = np.zeros(_seconds(length), np.float32)
    for at, sound in sounds:
        room = whole[_seconds(at) :]
        room += np.pad(sound, (0, max(0, len(room) - len(sound))))[: len(room)]
    return whole


def _air(seconds: float, pitch: Callable[[Mono], Mono], width: float, seed: int) -> Mono:
    """Noise in a band about `pitch` Hz wide as `width` octaves, the pitch a function of the share of the time gone."""
    samples = _seconds(seconds)
    count = samples // _HOP + 1
    blown = noise(count * _HOP + _FRAME, seed)
    frames = np.lib.stride_tricks.sliding_window_view(blown, _FRAME)[: count * _HOP : _HOP]
    window = np.hanning(_FRAME).astype(np.float32)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(_FRAME, 1 / AUDIO_RATE), 1))
    centres = np.log2(pitch(np.linspace(0, 1, count, dtype=np.float32)))
    band = np.exp(-0.5 * ((octaves[None, :] - centres[:, None]) / width) ** 2)
    shaped = np.fft.irfft(np.fft.rfft(frames * window, axis=1) * band, axis=1)
    air = np.zeros(count * _HOP + _FRAME, np.float32)
    for number, frame in enumerate(shaped):
        air[number * _HOP : number * _HOP + _FRAME] += frame
    return air[_FRAME // 2 : _FRAME // 2 + samples]


def _passing(sound: Mono, peak: float, across: bool = True) -> Samples:
    """Swelling until the share `peak` of its time and gone at its end, from the left ear to the right."""
    share = np.linspace(0, 1, len(sound), dtype=np.float32)
    near = np.where(share < peak, share / peak, (1 - share) / (1 - peak)) ** 2
    angle = share * np.float32(np.pi / 2) if across else np.full_like(share, np.pi / 4)
    return np.stack([sound * near * np.cos(angle), sound * near * np.sin(angle)], axis=1)


def whoosh() -> Samples:
    return _passing(_air(0.7, lambda gone: 300 + 2200 * np.sin(np.pi * gone), 0.7, 21), 0.55)


def swoosh() -> Samples:
    return _passing(_air(0.35, lambda gone: 1200 * 4**gone, 0.6, 22), 0.4)


def pop() -> Mono:
    """A bubble: a sine that runs up as it fades."""
    gone = np.arange(_seconds(0.12), dtype=np.float32) / AUDIO_RATE
    turns = 280 * gone + 2600 * gone**2
    return np.sin(2 * np.pi * turns) * np.minimum(gone / 0.002, 1) * np.exp(-32 * gone)


def click() -> Mono:
    """Begins with its loudest sample."""
    body = decay(_seconds(0.03), 260.0) * tone(SINE, 97, _seconds(0.03))
    body += 0.5 * decay(len(body), 900.0) * noise(len(body), 23)
    body[0] = 1.5
    return body


def ding() -> Mono:
    return bell(91, _seconds(1.6))


def sparkle() -> Mono:
    return _laid(
        1.4, *((0.06 * n, 0.8**n * bell(note, _seconds(1.0))) for n, note in enumerate((96, 100, 103, 108, 112)))
    )


def riser() -> Samples:
    """Air and a tone that climb for two seconds and stop."""
    samples = _seconds(2.0)
    gone = np.linspace(0, 1, samples, dtype=np.float32)
    turns = np.cumsum(110 * 8**gone) / AUDIO_RATE
    climbing = np.sin(2 * np.pi * turns) + 0.5 * np.sin(3 * np.pi * turns)
    sound = _air(2.0, lambda share: 250 * 24**share, 0.5, 24)
    return _passing(0.9 * sound / np.abs(sound).max() + 0.25 * climbing.astype(np.float32), 0.98, across=False)


def hit() -> Mono:
    """A deep drum and the room it is struck in."""
    samples = _seconds(1.5)
    drum = 1.2 * kick(0, samples)
    deep = decay(samples, 3.5) * tone(SINE, 31, samples)
    crack = decay(samples, 30.0) * noise(samples, 25)
    room = decay(samples, 5.0) * np.convolve(noise(samples, 26), np.ones(8, np.float32) / 8, "same")
    return np.asarray(np.tanh(drum + 0.8 * deep + 0.3 * crack + 0.6 * room), np.float32)


def shutter() -> Mono:
    """The mirror goes up and comes down."""

    def slap(seed: int) -> Mono:
        length = _seconds(0.06)
        return decay(length, 90.0) * noise(length, seed) + 0.8 * decay(length, 140.0) * tone(SINE, 76, length)

    return _laid(0.22, (0.0, slap(27)), (0.085, 0.8 * slap(28)))


def cash_register() -> Mono:
    """The drawer rattles, the bell rings."""
    rattle = [(0.035 * n, 9 * hat(0, _seconds(0.05))) for n in range(3)]
    return _laid(1.3, *rattle, (0.12, bell(98, _seconds(1.1))), (0.14, 0.6 * bell(102, _seconds(1.1))))


def notification() -> Mono:
    return _laid(1.0, (0.0, bell(84, _seconds(0.8))), (0.14, bell(91, _seconds(0.8))))


EFFECTS: dict[Effect, Callable[[], Mono | Samples]] = {
    Effect.WHOOSH: whoosh,
    Effect.SWOOSH: swoosh,
    Effect.POP: pop,
    Effect.CLICK: click,
    Effect.DING: ding,
    Effect.SPARKLE: sparkle,
    Effect.RISER: riser,
    Effect.HIT: hit,
    Effect.SHUTTER: shutter,
    Effect.CASH_REGISTER: cash_register,
    Effect.NOTIFICATION: notification,
}
