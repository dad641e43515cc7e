"""A folder for one unit's work: stored objects come in as files, made files go out under their content's key."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ugcgen.cloud import storage
from ugcgen.domain.content_key import content_key

ENGINE = "postprod/1"
"""Part of every key: raise it when the same inputs are to give other bytes."""


class Workbench:
    """Files for the length of a ``with`` block, fetched once each."""

    def __init__(self, user_id: str, mended: int = 0) -> None:
        """``mended`` is how often the unit was sent back: nothing that it made before then is found again."""
        self.user_id = user_id
        self._again = {"mended": mended} if mended else {}
        self._folder = tempfile.TemporaryDirectory(prefix="postprod-")
        self.path = Path(self._folder.name)
        self._fetched: dict[str, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def fetch(self, name: str) -> Path:
        """The object as a local file. Raises NotFound."""
        if name not in self._fetched:
            target = self.path / f"{len(self._fetched):03d}-{Path(name).name}"
            storage.get_file(name, target)
            self._fetched[name] = target
        return self._fetched[name]

    def name_for(self, what: str, parameters: Mapping[str, Any], inputs: list[str], extension: str) -> str:
        """The object name that what is made from these inputs has, and will have again."""
        key = content_key(self.user_id, ENGINE, {"what": what, **parameters, **self._again}, inputs)
        return storage.artifact_name(self.user_id, key, extension)
