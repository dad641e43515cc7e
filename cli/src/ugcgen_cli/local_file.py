"""A file on this disk that is going to be sent."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LocalFile:
    path: Path
    media_type: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size
