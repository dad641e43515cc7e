"""A service account that exists on this machine only: its key signs media addresses, which fake-gcs-server accepts."""

import json
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def service_account_file(folder: Path, project: str) -> Path:
    """The key file of the folder, made on first use and readable by its owner only."""
    path = folder / "signer.json"
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        account = {
            "type": "service_account",
            "project_id": project,
            "private_key_id": "local",
            "private_key": pem.decode(),
            "client_email": f"local@{project}.iam.gserviceaccount.com",
            "client_id": "0",
            "token_uri": "http://127.0.0.1:1/token",
        }
        folder.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".new")
        scratch.touch(mode=0o600)
        scratch.write_text(json.dumps(account))
        scratch.replace(path)
    return path
