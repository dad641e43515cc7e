"""How many people a frame shows: the faces that are large enough to be somebody in it."""

from collections.abc import Sequence

from postprod.faces import Face

_OF_FRAME = 0.05
"""Of the frame's height: smaller faces are pictures on the wall, or too far away to be anybody."""
_OF_LARGEST = 0.45
"""Of the height of the largest face: a person beside the person is about as near."""
_SURE = 0.75


def people_of(faces: Sequence[Face]) -> list[Face]:
    """The faces of people who are in the scene, the largest first."""
    if not faces:
        return []
    least = max(_OF_FRAME, _OF_LARGEST * max(face.height for face in faces))
    return [face for face in faces if face.height >= least and face.score >= _SURE]
