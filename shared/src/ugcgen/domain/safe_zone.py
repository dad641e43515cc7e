"""What apps draw over a film where it is shown: text and marks of ours stay out of there."""

from ugcgen.domain.enums import Platform
from ugcgen.domain.model import Value


class SafeZone(Value):
    """How far in from each side the picture may be covered, as shares of its width or height."""

    top: float
    bottom: float
    left: float
    right: float


# The names above, the buttons on the right and the text below, as the platforms tell advertisers to keep clear of them
# on a picture of 1080 x 1920.
_PORTRAIT = {
    Platform.TIKTOK: SafeZone(top=0.07, bottom=0.25, left=0.055, right=0.13),
    Platform.INSTAGRAM_REELS: SafeZone(top=0.14, bottom=0.35, left=0.06, right=0.06),
    Platform.YOUTUBE_SHORTS: SafeZone(top=0.15, bottom=0.35, left=0.045, right=0.178),
}
_ANY_PORTRAIT = SafeZone(top=0.14, bottom=0.25, left=0.06, right=0.13)

# Feeds show square pictures whole, with their own words around them; players lay their controls over wide ones.
_SQUARE = SafeZone(top=0.05, bottom=0.06, left=0.05, right=0.05)
_WIDE = SafeZone(top=0.06, bottom=0.12, left=0.05, right=0.05)


def safe_zone(platform: Platform, width: int, height: int) -> SafeZone:
    """What to keep clear of on a picture of this shape, shown on this platform."""
    if height > width:
        return _PORTRAIT.get(platform, _ANY_PORTRAIT)
    return _WIDE if width > height else _SQUARE
