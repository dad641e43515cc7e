"""The master key of a local cloud, kept as long as the API keys that it seals."""

import secrets
from pathlib import Path


def master_key(folder: Path) -> str:
    """32 bytes as hex from the folder's file, made on first use and readable by its owner only."""
    path = folder / "master.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".new")
        scratch.touch(mode=0o600)
        scratch.write_text(secrets.token_hex(32))
        scratch.replace(path)
    return path.read_text()
