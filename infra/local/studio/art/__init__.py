"""The studio's illustrator: stills and clips drawn here, deterministic, from a prompt and reference photos."""

from .film import film
from .picture import draw
from .request import Clip, Picture, Reference

__all__ = ["Clip", "Picture", "Reference", "draw", "film"]
