"""What a cut may say of sounds, and how loud platforms want them."""

from pydantic import ValidationError
from pytest import mark, raises

from ugcgen.domain.enums import Effect, Music, Platform
from ugcgen.domain.sound import LOUDNESS, SoundClip, SoundKind, SoundPlan


def test_every_platform_has_its_loudness() -> None:
    assert set(LOUDNESS) == set(Platform)
    assert {(wanted.lufs, wanted.true_peak) for wanted in LOUDNESS.values()} == {(-14, -1)}


@mark.parametrize("name", ["none", "jingle", "", "../whoosh", "Whoosh"])
def test_a_sound_that_the_library_has_not_is_refused_with_those_it_has(name: str) -> None:
    with raises(ValidationError, match=rf"there is no 'library/{name}'; the library has bright, calm, .*whoosh"):
        SoundClip(kind=SoundKind.EFFECT, source=f"library/{name}")


def test_sources_are_the_stored_objects_each_once() -> None:
    def clip(source: str) -> SoundClip:
        return SoundClip(kind=SoundKind.EFFECT, source=source)

    plan = SoundPlan(clips=(clip("users/u/media/a.wav"), clip("library/pop"), clip("users/u/media/a.wav")))
    assert plan.sources == ["users/u/media/a.wav"]
    assert clip("library/pop").in_library is Effect.POP
    assert clip("library/lofi").in_library is Music.LOFI
    assert clip("users/u/media/a.wav").in_library is None
