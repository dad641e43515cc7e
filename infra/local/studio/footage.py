"""Clips as bytes: how long one is, and one with nothing to see."""

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


def blackened(video: bytes) -> bytes:
    """The clip with every frame black, and without its sound."""
    import av  # noqa: PLC0415

    black = io.BytesIO()
    with av.open(io.BytesIO(video), "r") as source, av.open(black, "w", format="mp4") as out:
        seen = source.streams.video[0]
        stream = out.add_stream("libx264", rate=seen.average_rate)
        stream.width, stream.height, stream.pix_fmt = seen.width, seen.height, "yuv420p"
        for _ in source.decode(seen):
            dark = av.VideoFrame(seen.width, seen.height, "gray")
            dark.planes[0].update(bytes(dark.planes[0].buffer_size))
            out.mux(stream.encode(dark))
        out.mux(stream.encode(None))
    return black.getvalue()
