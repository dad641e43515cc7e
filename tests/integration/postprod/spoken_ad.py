"""A small ad of two scenes with a voice each, for what needs a whole film."""

from typing import Any

from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind

LINES = (
    "Okay, I did not expect this. My skin feels so soft!",
    "Link is in my bio, go grab yours before they are gone.",
)
SIZE = {"width": 180, "height": 320}


def ad(*, sound: dict[str, Any] | None = None, **first: Any) -> Edit:
    """The ad of the files of `ad_files`, with what is said of its sound and of its first scene."""
    return Edit(
        **SIZE,
        scenes=[
            SceneCut(scene_number=1, clip="a", frames=110, voice="v0", text=LINES[0], **{"clip_volume": 0.5} | first),
            SceneCut(scene_number=2, clip="b", frames=90, voice="v1", text=LINES[1]),
        ],
        joins=[Join.usual(TransitionKind.CROSSFADE, 24)],
        sound=sound or {},
    )
