"""The cut as a person wants it: all that post-production is told beyond what was filmed and said. Nothing in it costs
a paid call, and changing it renders again just what shows it."""

from pydantic import Field

from ugcgen.domain.captions import Caption, CaptionStyle
from ugcgen.domain.edit import Crop, TransitionKind
from ugcgen.domain.look import Look
from ugcgen.domain.model import Value
from ugcgen.domain.output import Disclosure, FileMetadata, Output
from ugcgen.domain.sound import SoundClip


class Transition(Value):
    """How a scene gives way to the next; ``seconds`` None is the kind's usual length."""

    kind: TransitionKind
    seconds: float | None = Field(default=None, gt=0, le=3)


class ClipEdit(Value):
    """Changes to one scene's clip, in seconds. The scene shows ``seconds`` of the film (None: as long as planned),
    from ``trim_start`` of the clip on. ``source`` names an uploaded video that is shown in place of what was filmed."""

    source: str | None = Field(default=None, max_length=300)
    trim_start: float = Field(default=0.0, ge=0, le=60)
    seconds: float | None = Field(default=None, gt=0.2, le=60)
    speed: float = Field(default=1.0, ge=0.25, le=4)
    crop: Crop = Crop()
    volume: float | None = Field(default=None, ge=0, le=4)
    muted: bool = False
    fade_in: float = Field(default=0.0, ge=0, le=5)
    fade_out: float = Field(default=0.0, ge=0, le=5)


class Cut(Value):
    """``transitions`` and ``clips`` go by scene number; a transition stands under the scene that it leaves.

    ``lines`` are captions in place of those made from the spoken words.
    """

    transitions: dict[int, Transition] = Field(default_factory=dict)
    clips: dict[int, ClipEdit] = Field(default_factory=dict)
    captions: CaptionStyle = CaptionStyle()
    lines: tuple[Caption, ...] | None = Field(default=None, max_length=500)
    sounds: tuple[SoundClip, ...] = Field(default=(), max_length=100)
    music_volume: float = Field(default=0.3, gt=0, le=1)
    master_volume: float = Field(default=1.0, ge=0, le=1)
    look: Look = Look()
    disclosure: Disclosure = Disclosure()
    outputs: tuple[Output, ...] = Field(default=(), max_length=12)
    metadata: FileMetadata = FileMetadata()
