"""How long a clip is."""

from __future__ import annotations

import io

from infra.local.studio.errors import invalid


def seconds_of(video: bytes) -> float:
    """Length of a clip in seconds; raises a 400 when the bytes are no video."""
    import av  # noqa: PLC0415  few requests carry a clip, and the server should start without it

    try:
        with av.open(io.BytesIO(video), "r") as container:
            return float(container.duration or 0) / av.time_base
    except av.FFmpegError as error:
        raise invalid(f"The video could not be read: {error}") from None
