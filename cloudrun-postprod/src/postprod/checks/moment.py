"""A picture of the moment at which a film is at its worst."""

import io
from pathlib import Path

import av

from postprod.picture.frames import SAMPLE_SIZE, upright


def moment(film: Path, seconds: float) -> bytes | None:
    """The frame shown at a time, as JPEG with a longer side of 512 pixels; None where none decodes."""
    shown = None
    try:
        with av.open(str(film)) as container:
            container.seek(round(seconds * av.time_base))
            for frame in container.decode(video=0):
                if shown is not None and (frame.time or 0.0) > seconds:
                    break
                shown = frame
    except (av.FFmpegError, IndexError):
        pass  # what decodes of a damaged film is shown
    if shown is None:
        return None
    image = upright(shown)
    image.thumbnail((SAMPLE_SIZE, SAMPLE_SIZE))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
