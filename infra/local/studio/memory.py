"""What was written and spoken lately: the same request brings the same answer, and reading photos is slow work."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from infra.local.studio.made import Made


class Memory:
    """The last answers by their request's fingerprint, a bounded number. Pictures and clips are the crew's to keep."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Made] = OrderedDict()

    def recall(self, request: str, make: Callable[[], Made]) -> Made:
        """The answer of this request, made now where nobody has asked for it lately."""
        with self._lock:
            known = self._known.get(request)
        if known is not None:
            return known
        made = make()
        with self._lock:
            self._known[request] = made
            while len(self._known) > self._longest:
                self._known.popitem(last=False)
        return made
