"""A user's profile, ``users/{uid}``."""

from datetime import datetime

from ugcgen.domain.model import Document


class Profile(Document):
    """``name`` and ``image`` are the user's own choice, None for what their sign-in says; ``image`` names an object."""

    name: str | None = None
    image: str | None = None
    created_at: datetime
    updated_at: datetime
