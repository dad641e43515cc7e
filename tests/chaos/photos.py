"""The photos of the small jobs: a face, and a product that bears no word. Reading labels takes time and passes no
boundary."""

from pathlib import Path

from infra.local.studio.art.goods import imagine_product
from infra.local.studio.art.photos import MIRA, write_photo
from infra.local.studio.art.stage import paint_packshot, paint_portrait

SIZE = 384, 512


def draw_photos(folder: Path) -> tuple[Path, Path]:
    """Draws the product and the person into a folder, and returns their paths."""
    product, avatar = folder / "product.jpg", folder / "avatar.jpg"
    write_photo(paint_packshot(imagine_product("amber bottle"), *SIZE), product)
    write_photo(paint_portrait(MIRA, 0.0, *SIZE), avatar)
    return product, avatar
