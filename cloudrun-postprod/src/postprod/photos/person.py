"""What the pixels of a photo say of a person: how many people, how large and sharp the face, from where."""

from postprod.faces import Face, find_faces
from postprod.likeness.people import people_of
from postprod.likeness.pixels import Pixels
from postprod.photos.pose import angle_of, turn_of
from postprod.photos.sharpness import sharpness
from ugcgen.domain.references import PhotoFacts


def person_facts(image: str, sha256: str, photo: Pixels) -> PhotoFacts:
    """The facts of an upright photo that is stored as the object ``image``."""
    rows, columns = photo.shape[:2]
    people = people_of(find_faces(photo))
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


def _inside(photo: Pixels, face: Face) -> Pixels:
    rows, columns = photo.shape[:2]
    top, bottom = max(0, round(face.top * rows)), min(rows, round(face.bottom * rows))
    left, right = max(0, round(face.left * columns)), min(columns, round(face.right * columns))
    return photo[top : max(bottom, top + 1), left : max(right, left + 1)]
