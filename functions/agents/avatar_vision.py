"""The avatar vision service: from where each photo shows the person.

What was measured in the pixels wins, since a measure of the head's turn is the same every time. A vision model is asked
about the rest in one call. Where no face was found it is believed for what a finder of faces can miss, the back of the
head and the two profiles; a front without a face is no front.
"""

from collections.abc import Mapping, Sequence

from agents import reference_validation
from ugcgen.domain.enums import ReferenceAngle
from ugcgen.domain.model import Document
from ugcgen.domain.references import Coverage, PhotoFacts, ReferencePhoto
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.media import Picture
from ugcgen.models.pricing import CLASSIFY_ANGLES

_TASK = """Each picture shows one person, or nobody. Say of each, by the number of its label, from where the camera sees
the head:
front: the face looks at the camera.
three_quarter_left, three_quarter_right: the head is half turned, both eyes are seen.
left_profile, right_profile: the head is turned so far that one cheek and the side of the nose are seen.
back: the person is seen from behind.
Left is the side of the person that is seen: in left_profile it is the left cheek, and the nose points to the left edge
of the picture. angle is null where nobody is seen, or the head cannot be told. Give the reason in one sentence."""

_MISSED_BY_MEASURING = {ReferenceAngle.BACK, ReferenceAngle.LEFT_PROFILE, ReferenceAngle.RIGHT_PROFILE}


class SeenAngle(Document):
    """What the model says of the picture with this number, counted from 1."""

    photo: int
    angle: ReferenceAngle | None = None
    reason: str = ""


class SeenAngles(Document):
    photos: list[SeenAngle]


def is_open(facts: PhotoFacts) -> bool:
    """Whether a model has to say from where the photo was taken."""
    return facts.angle is None and facts.faces <= 1


def classify_angles(account: Account, model: Model, pictures: Sequence[Picture]) -> dict[str, ReferenceAngle | None]:
    """The angle of each picture by the name of its object. Raises what ``text.ask`` raises."""
    shown = [
        picture.model_copy(update={"label": f"Photo {number} of the person"})
        for number, picture in enumerate(pictures, start=1)
    ]
    found = text.ask(account, model, CLASSIFY_ANGLES, _TASK, SeenAngles, shown)
    angles = {seen.photo: seen.angle for seen in found.photos}
    return {picture.name: angles.get(number) for number, picture in enumerate(pictures, start=1)}


def combined(facts: PhotoFacts, seen: ReferenceAngle | None) -> PhotoFacts:
    """The photo with its angle by the rule above."""
    if not is_open(facts):
        return facts
    believed = facts.faces == 1 or seen in _MISSED_BY_MEASURING
    return facts.model_copy(update={"angle": seen if believed else None})


def validate_coverage(
    photos: Sequence[PhotoFacts], seen: Mapping[str, ReferenceAngle | None]
) -> tuple[list[ReferencePhoto], Coverage]:
    """Every photo with its angle and its verdict, and what they cover together."""
    validated = [reference_validation.validate(combined(photo, seen.get(photo.image))) for photo in photos]
    return validated, reference_validation.coverage(validated)
