"""Sealing secrets: AES-256-GCM under a master key, a fresh nonce each time, the owner as associated data.

The owner is the path of the document that a secret belongs to. It is authenticated with the ciphertext, so a secret
that was moved to another key's or another user's document does not open there.
"""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from ugcgen.cloud.master_keys import MasterKey
from ugcgen.domain.errors import ConfigurationError, SecretDamaged
from ugcgen.domain.model import Value

NONCE_BYTES = 12


class Sealed(Value):
    """A secret as it is stored. ``master`` is the id of the master key that opens it."""

    ciphertext: bytes
    nonce: bytes
    master: str
    owner: str


def seal(secret: SecretStr, owner: str, masters: Sequence[MasterKey]) -> Sealed:
    """The secret under the first master key."""
    master = masters[0]
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = AESGCM(master.key).encrypt(nonce, secret.get_secret_value().encode(), owner.encode())
    return Sealed(ciphertext=ciphertext, nonce=nonce, master=master.id, owner=owner)


def open_sealed(sealed: Sealed, owner: str, masters: Sequence[MasterKey]) -> SecretStr:
    """The secret, for the owner it was sealed for.

    Raises ConfigurationError where its master key is not among ``masters``, and SecretDamaged for another owner or
    bytes that are not what was sealed.
    """
    if sealed.owner != owner:
        raise SecretDamaged(f"the secret of {owner} was sealed for {sealed.owner}; remove the key and add it again")
    master = next((master for master in masters if master.id == sealed.master), None)
    if master is None:
        raise ConfigurationError(
            f"the secret of {owner} was sealed by master key {sealed.master}, which is none of the {len(masters)} that "
            "are set; set it again beside the others, or remove the key and add it again"
        )
    try:
        return SecretStr(AESGCM(master.key).decrypt(sealed.nonce, sealed.ciphertext, owner.encode()).decode())
    except (InvalidTag, ValueError) as wrong:
        raise SecretDamaged(f"the secret of {owner} was changed where it is stored; add the key again") from wrong


def resealed(sealed: Sealed, masters: Sequence[MasterKey]) -> Sealed:
    """The same secret under the first master key; itself where that sealed it already. Raises as ``open_sealed``."""
    if sealed.master == masters[0].id:
        return sealed
    return seal(open_sealed(sealed, sealed.owner, masters), sealed.owner, masters)
