"""Speech with word times known from the synthesiser itself, as the measure of what `words` finds."""

from functools import cache
from pathlib import Path

import hibari
import numpy as np
import onnxruntime
from hibari.tts import ASSETS

STEP = 0.025


def probe_():
    pass
