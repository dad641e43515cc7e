"""How a hand holds a camera: small slow movements with a tremor in them, the same whenever a scene is shown."""

from math import pi

from ugcgen.pipeline.timeline import Segment

_RIGHT = ((0.5, 1.3, 0.0), (0.3, 2.9, 1.1), (0.2, 7.3, 2.3))
_DOWN = ((0.5, 1.1, 0.7), (0.3, 3.4, 2.9), (0.2, 6.1, 0.4))
"""Shares of the movement, each with its beats a second and its phase. No two come back together within a scene."""


def sway(segment: Segment, fps: int) -> tuple[str, str]:
    """The movements right and down during `segment`, as FFmpeg's expressions of the frame's number `n`, from -1 to 1.

    Time counts from the scene's start, so that a segment is the same wherever it lies in the film. Through a transition
    the leaving scene's movement becomes the coming one's, and nothing jumps at either end.
    """
    return _during(segment, _RIGHT, fps), _during(segment, _DOWN, fps)


def _during(segment: Segment, waves: tuple[tuple[float, float, float], ...], fps: int) -> str:
    moves = [
        "+".join(f"{share}*sin({2 * pi * rate / fps:.6f}*(n+{piece.first})+{phase})" for share, rate, phase in waves)
        for piece in segment.pieces
    ]
    if len(moves) == 1:
        return moves[0]
    leaving, coming = moves
    return f"lerp({leaving},{coming},(n+1)/{segment.frames + 1})"
