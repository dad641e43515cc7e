"""What can be wrong with the look of a picture or a clip when the studio is told to have a bad day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Look = Literal[
    "drifting_face",  # the face of another person
    "extra_person",  # somebody else stands in the frame
    "plastic_look",  # skin without texture, as if polished
    "wrong_label",  # other words on the product, or misspelt ones
    "wrong_colors",  # the product in other colours
    "no_product",  # the product is not there
]
LOOKS: Final[tuple[Look, ...]] = get_args(Look)


@dataclass(frozen=True)
class Flaw:
    """`share` is how far it goes, above 0 to 1: a face half drifted, a label misspelt (below 0.5) or quite another.

    `since` is the second of a clip from which it shows.
    """

    look: Look
    share: float = 1.0
    since: float = 0.0
