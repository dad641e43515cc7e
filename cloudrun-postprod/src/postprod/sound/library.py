"""Sounds that come with the product, by name."""

import numpy as np

from postprod.sound.music import MOODS, loop
from postprod.sound.samples import Samples
from ugcgen.domain.enums import Music


def sound(name: str, samples: int) -> Samples:
    return np.repeat(np.resize(loop(MOODS[Music(name)]), samples)[:, None], 2, axis=1).astype(np.float32)
