"""Content keys: the name of an artifact says everything that made it.

sha256 over the owner, the model id, the canonical parameters, the keys of the inputs and the take number. The same
question therefore has the same name in the ledger and in Storage, and is paid for once.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def content_key(
    owner: str, model: str, parameters: Mapping[str, Any], inputs: Sequence[str] = (), take: int = 1
) -> str:
    """64 hex digits. ``inputs`` are the sha256 of the bytes, or the keys, of what goes in, in order."""
    return fingerprint({"owner": owner, "model": model, "parameters": parameters, "inputs": list(inputs), "take": take})


def fingerprint(value: Any) -> str:
    """64 hex digits that depend on the value alone, not on the order of its keys."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def seed_for(*parts: object) -> int:
    """A positive 31-bit seed that depends on nothing but its arguments: the same scene and retake, the same seed."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFFFFFF
