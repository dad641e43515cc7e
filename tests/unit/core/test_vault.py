"""Sealing: what opens a secret, and everything that must not."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from ugcgen.cloud.master_keys import MasterKey, master_key
from ugcgen.domain.errors import ConfigurationError, SecretDamaged
from ugcgen.ledger.vault import NONCE_BYTES, Sealed, open_sealed, resealed, seal

OWNER = "users/ann/apiKeys/k1"
SECRET = SecretStr("AIzaSyD-a-key-of-ann-0123456789")


def fresh() -> MasterKey:
    return master_key(secrets.token_hex(32), "a test's key")


OLD, NEW = fresh(), fresh()


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


@given(st.text(min_size=1))
def test_what_was_sealed_opens_for_its_owner(text: str) -> None:
    sealed = seal(SecretStr(text), OWNER, [NEW, OLD])
    assert sealed.master == NEW.id
    assert open_sealed(sealed, OWNER, [OLD, NEW]).get_secret_value() == text


def test_each_sealing_has_a_nonce_of_its_own() -> None:
    sealed = [seal(SECRET, OWNER, [NEW]) for _ in range(50)]
    assert {len(one.nonce) for one in sealed} == {NONCE_BYTES}
    assert len({one.nonce for one in sealed}) == len({one.ciphertext for one in sealed}) == 50


def test_a_sealed_secret_shows_nothing_of_it() -> None:
    sealed = seal(SECRET, OWNER, [NEW])
    assert b"AIza" not in sealed.ciphertext
    assert "AIza" not in repr(sealed)
    assert NEW.key.hex() not in repr(NEW) and repr(NEW.key) not in repr(NEW)


def test_another_owner_is_told() -> None:
    with pytest.raises(SecretDamaged, match=f"secret of users/bob/apiKeys/k1 was sealed for {OWNER}"):
        open_sealed(seal(SECRET, OWNER, [NEW]), "users/bob/apiKeys/k1", [NEW])


def test_a_secret_whose_owner_was_rewritten_does_not_open() -> None:
    moved = seal(SECRET, OWNER, [NEW]).model_copy(update={"owner": "users/bob/apiKeys/k1"})
    with pytest.raises(SecretDamaged, match="was changed where it is stored"):
        open_sealed(moved, "users/bob/apiKeys/k1", [NEW])


@given(st.sampled_from(["ciphertext", "nonce"]), st.integers(min_value=0, max_value=10_000))
def test_one_flipped_bit_is_told(part: str, bit: int) -> None:
    sealed = seal(SECRET, OWNER, [NEW])
    tampered = sealed.model_copy(update={part: flipped(getattr(sealed, part), bit)})
    with pytest.raises(SecretDamaged, match="was changed where it is stored"):
        open_sealed(tampered, OWNER, [NEW])


@pytest.mark.parametrize("part", ["ciphertext", "nonce"])
@pytest.mark.parametrize("kept", [0, 4])
def test_what_is_cut_short_is_told(part: str, kept: int) -> None:
    sealed = seal(SECRET, OWNER, [NEW])
    with pytest.raises(SecretDamaged):
        open_sealed(sealed.model_copy(update={part: getattr(sealed, part)[:kept]}), OWNER, [NEW])


def test_an_unknown_master_key_is_named() -> None:
    with pytest.raises(ConfigurationError, match=f"by master key {OLD.id}, which is none of the 1"):
        open_sealed(seal(SECRET, OWNER, [OLD]), OWNER, [NEW])


def test_a_master_key_under_another_s_name_does_not_open() -> None:
    with pytest.raises(SecretDamaged):
        open_sealed(seal(SECRET, OWNER, [OLD]), OWNER, [MasterKey(id=OLD.id, key=NEW.key)])


def test_sealing_anew_moves_a_secret_to_the_first_master_key_once() -> None:
    old = seal(SECRET, OWNER, [OLD])
    new = resealed(old, [NEW, OLD])
    assert (new.master, new.owner) == (NEW.id, OWNER)
    assert open_sealed(new, OWNER, [NEW]) == SECRET
    assert resealed(new, [NEW]) is new
    assert Sealed.model_validate(new.model_dump()) == new
