"""The briefs that the tests film: as small as the thing they are after allows."""

from pathlib import Path
from typing import Any

import yaml

from infra.local.parts import REPO

PHOTOS = REPO / "examples" / "photos"
PRODUCT = [PHOTOS / "product-front.jpg"]
AVATAR = [PHOTOS / "avatar-front.jpg"]

FPS = 24
CROSSFADE_FRAMES = 19

_AD = {
    "product_name": "Lumi Glow",
    "brand": "Lumi",
    "prompt": "A young woman tells how a vitamin C serum brought the glow back to her skin",
    "quality": "draft",
}


def small(**changes: Any) -> dict[str, Any]:
    """Three scenes that use every step: the second is extended (4 s and 3 s more), the third starts where it ends."""
    scenes = [{"seconds": 3}, {"seconds": 6}, {"seconds": 3, "join": "chain"}]
    return _AD | {"scenes": scenes, "max_scene_duration": 4} | changes


SMALL_FRAMES = (3 + 6 + 3) * FPS - CROSSFADE_FRAMES
"""A chained scene follows without a transition."""


def tiny(**changes: Any) -> dict[str, Any]:
    """One scene of three seconds."""
    return _AD | {"scenes": [{"seconds": 3}]} | changes


def example() -> tuple[dict[str, Any], list[Path], list[Path]]:
    """The brief of ``examples/`` with all its product and avatar photos."""
    brief = yaml.safe_load((REPO / "examples" / "brief.yaml").read_text())
    return brief, sorted(PHOTOS.glob("product-*.jpg")), sorted(PHOTOS.glob("avatar-*.jpg"))
