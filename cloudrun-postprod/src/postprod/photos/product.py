"""What the pixels of a photo say of a product: how sharp it is, its main colours, the words on it."""

import cv2
import numpy as np

from postprod.likeness.cutout import Cutout, cut_out
from postprod.likeness.label import words_in
from postprod.likeness.pixels import Pixels, lab, within
from postprod.photos.sharpness import sharpness
from ugcgen.domain.references import ProductPhoto

_READ_AT, _LOOKED_AT = 900, 96
"""Pixels of the product's longer side when it is read, and when its colours are counted."""
_SURE = 0.85
_CLUSTERS, _LARGE = 6, 0.04


def product_facts(image: str, sha256: str, photo: Pixels) -> ProductPhoto:
    """The facts of an upright photo that is stored as the object ``image``."""
    rows, columns = photo.shape[:2]
    product = cut_out(photo)
    words = words_in(np.asarray(within(product.pixels, _READ_AT), np.uint8))
    return ProductPhoto(
        image=image,
        sha256=sha256,
        width=columns,
        height=rows,
        sharpness=sharpness(product.pixels),
        colors=_colors(product),
        words=list(dict.fromkeys(word.text for word in words if word.confidence >= _SURE)),
    )


def _colors(product: Cutout) -> list[str]:
    """The main colours as hex values, the largest area first: the middle of each cluster, where one is large."""
    small = np.asarray(within(product.pixels, _LOOKED_AT), np.uint8)
    mask = cv2.resize(product.mask, small.shape[1::-1], interpolation=cv2.INTER_NEAREST) > 0
    if mask.sum() < _CLUSTERS:
        return []
    cv2.setRNGSeed(1)
    until = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0)
    _, labels, _ = cv2.kmeans(lab(small)[mask], _CLUSTERS, np.empty(0), until, 2, cv2.KMEANS_PP_CENTERS)
    clusters = [small[mask][labels.ravel() == number] for number in range(_CLUSTERS)]
    large = [cluster for cluster in clusters if len(cluster) >= _LARGE * mask.sum()]
    middles = [np.median(cluster, axis=0) for cluster in sorted(large, key=len, reverse=True)]
    return list(dict.fromkeys("#" + "".join(f"{round(value):02X}" for value in middle.tolist()) for middle in middles))
