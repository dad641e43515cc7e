from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, raises

from postprod.sound.voices import FASTEST, place_voices
from postprod.sound.words import Word
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import lay_out


def edit(frames: list[int], overlap: int = 12) -> Edit:
    return Edit(
        scenes=[SceneCut(scene_number=n, clip="c", voice=f"v{n}", frames=f) for n, f in enumerate(frames, 1)],
        joins=[Join(kind=TransitionKind.DISSOLVE, frames=overlap) for _ in frames[1:]],
    )


@given(st.lists(st.tuples(st.integers(48, 400), st.floats(0.1, 20)), min_size=1, max_size=6))
def test_voices_never_overlap_and_stay_in_the_film(drawn: list[tuple[int, float]]) -> None:
    film = edit([frames for frames, _ in drawn])
    spans = {f"v{n}": (0.2, 0.2 + spoken) for n, (_, spoken) in enumerate(drawn, 1)}
    voices = place_voices(film, lay_out(film), spans)
    ends = [voice.start / 24 + voice.seconds for voice in voices]
    assert all(end < after.start / 24 for end, after in zip(ends, voices[1:], strict=False))
    assert ends[-1] < film.frames / 24
    for voice, (_, spoken) in zip(voices, drawn, strict=True):
        assert 1 <= voice.tempo <= FASTEST
        assert voice.seconds * voice.tempo + voice.lost == approx(spoken)
        assert not voice.lost or voice.tempo == FASTEST


def test_a_voice_that_fits_is_left_alone() -> None:
    film = edit([96])
    (voice,) = place_voices(film, lay_out(film), {"v1": (0.3, 2.3)})
    assert (voice.start, voice.skip, voice.tempo, voice.lost) == (4, 0.3, 1.0, 0.0)
    assert voice.seconds == approx(2.0)


def test_what_does_not_fit_ends_with_a_whole_word() -> None:
    film = edit([48])
    words = {"v1": [Word("Try", 0.3, 1.2), Word("it", 1.3, 2.2), Word("now.", 2.4, 4.3)]}
    (voice,) = place_voices(film, lay_out(film), {"v1": (0.3, 4.3)}, words)
    assert voice.skip + voice.seconds * voice.tempo == approx(2.2)
    assert (voice.tempo, voice.lost) == (FASTEST, approx(2.1))


def test_a_scene_too_short_for_any_voice_is_an_error() -> None:
    film = edit([5])
    with raises(MediaError, match="scene 1 is too short for a voice"):
        place_voices(film, lay_out(film), {"v1": (0.0, 1.0)})
