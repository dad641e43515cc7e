"""What the editor puts under a film: the product's own music and effects, and a voiceover spoken on the spot."""

import io
import wave

from pydantic import Field

from api import asking
from api.caller import Caller
from api.operation import Effort, Nothing, operation
from ugcgen.cloud import storage
from ugcgen.domain.enums import Effect, Music
from ugcgen.domain.model import Document
from ugcgen.domain.sound import CHARACTER, LIBRARY, SoundKind
from ugcgen.domain.voice import VoiceConfig
from ugcgen.models.catalog import Role

MOST_WORDS = 300
"""Two minutes of speech, which fits into what one call may answer."""


class LibrarySound(Document):
    """``source`` is what a sound of the cut names. Music goes round for as long as it is wanted."""

    source: str
    kind: SoundKind
    name: str
    character: str


class SoundLibrary(Document):
    sounds: list[LibrarySound]


class GenerateVoiceover(Document):
    text: str = Field(min_length=1, max_length=2000, pattern=rf"^\s*\S+(\s+\S+){{0,{MOST_WORDS - 1}}}\s*$")
    voice: VoiceConfig = VoiceConfig()
    language: str = Field(default="en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")


class Voiceover(Document):
    """``source`` is what a sound of the cut names; it can be heard at ``url`` for a while."""

    source: str
    url: str
    seconds: float


@operation("GET", "/editor/music-library")
def list_music(caller: Caller, request: Nothing) -> SoundLibrary:
    """The music and the effects that come with the product; a film may use them wherever it is shown."""
    return SoundLibrary(sounds=[_listed(name) for name in CHARACTER])


@operation("POST", "/editor/generate-voiceover", effort=Effort.COSTLY)
def generate_voiceover(caller: Caller, request: GenerateVoiceover) -> Voiceover:
    """Speak a text, to be placed in a cut. Raises InvalidInput for a voice that does not exist, OverBudget where the
    day's allowance does not hold it."""
    from ugcgen.models import speech  # noqa: PLC0415 - the other operations need no model SDK
    from ugcgen.models.fallback import NOT_SPOKEN, through  # noqa: PLC0415

    account, models = asking.account(caller), asking.models(Role.SPEECH)
    spoken = through(
        models, lambda model: speech.speak(account, model, request.text, request.voice, request.language), NOT_SPOKEN
    )
    data = storage.get(spoken.name)
    source = storage.pinned_name(caller.uid, spoken.sha256, "wav")
    storage.put_once(source, data, spoken.media_type)
    with wave.open(io.BytesIO(data)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    return Voiceover(source=source, url=storage.signed_url(source), seconds=round(seconds, 3))


def _listed(name: Music | Effect) -> LibrarySound:
    kind = SoundKind.MUSIC if isinstance(name, Music) else SoundKind.EFFECT
    return LibrarySound(source=LIBRARY + name, kind=kind, name=name, character=CHARACTER[name])
