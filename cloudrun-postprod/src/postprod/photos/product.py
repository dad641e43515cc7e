"""What the pixels of a photo say of a product."""

from postprod.photos.sharpness import sharpness
from postprod.photos.upright import Pixels
from ugcgen.domain.references import ProductPhoto


def product_facts(image: str, sha256: str, photo: Pixels) -> ProductPhoto:
    """The facts of an upright photo that is stored as the object ``image``."""
    rows, columns = photo.shape[:2]
    return ProductPhoto(image=image, sha256=sha256, width=columns, height=rows, sharpness=sharpness(photo))
