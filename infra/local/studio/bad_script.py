"""Scripts that break the rules they were given, made from scripts that keep them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

_RAMBLING = "And honestly, I could go on about this for hours, because there is just so much more to say about it."


def overlong(script: str) -> str:
    """The script, as JSON, with at least twice as many words in each scene as can be spoken."""
    return _with_scenes(
        script, lambda scene, _: {**scene, "dialogue": " ".join([*[scene.get("dialogue", "")] * 2, _RAMBLING]).strip()}
    )


def hiding(script: str) -> str:
    """The script, as JSON, with the product in its first scene only."""
    return _with_scenes(script, lambda scene, at: {**scene, "product_visibility": "none"} if at else scene)


def _with_scenes(script: str, change: Callable[[dict[str, Any], int], dict[str, Any]]) -> str:
    document: dict[str, Any] = json.loads(script)
    scenes = [change(scene, at) for at, scene in enumerate(document["scenes"])]
    return json.dumps(document | {"scenes": scenes}, ensure_ascii=False)
