"""What the pixels of a photo say of a person: how many people, how large and sharp the face, from where."""

from postprod.faces import Face, find_faces
from postprod.photos.pose import angle_of, turn_of
from postprod.photos.sharpness import sharpness
from postprod.photos.upright import Pixels
from ugcgen.domain.references import PhotoFacts

MATTERS = 0.4
"""Of the height of the largest face: who is smaller than that is a passer-by, or a picture on the wall."""


def person_facts(image: str, sha256: str, photo: Pixels) -> PhotoFacts:
    """The facts of an upright photo that is stored as the object ``image``."""
    rows, columns = photo.shape[:2]
    people = who_matters(find_faces(photo))
    largest = people[0] if people else None
    return PhotoFacts(
        image=image,
        sha256=sha256,
        width=columns,
        height=rows,
        faces=len(people),
        face_pixels=round(largest.height * rows) if largest else None,
        sharpness=sharpness(_inside(photo, largest) if largest else photo),
        angle=angle_of(turn_of(photo, largest)) if len(people) == 1 and largest else None,
    )


def who_matters(faces: list[Face]) -> list[Face]:
    """The faces of people whom the photo is of, the largest first."""
    return [face for face in faces if face.height >= MATTERS * faces[0].height]


def _inside(photo: Pixels, face: Face) -> Pixels:
    rows, columns = photo.shape[:2]
    top, bottom = max(0, round(face.top * rows)), min(rows, round(face.bottom * rows))
    left, right = max(0, round(face.left * columns)), min(columns, round(face.right * columns))
    return photo[top : max(bottom, top + 1), left : max(right, left + 1)]
