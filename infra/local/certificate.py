"""A certificate to sign content credentials with, from an authority that exists on this machine only."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_LIFETIME = timedelta(days=3650)


def signing_certificate(folder: Path) -> dict[str, str]:
    """The C2PA variables of the folder's certificate, made on first use and readable by its owner only.

    The authority's own key is not kept, so nobody can sign in its name again.
    """
    path = folder / "c2pa.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".new")
        scratch.touch(mode=0o600)
        scratch.write_text(json.dumps(_made(datetime.now(UTC))))
        scratch.replace(path)
    variables: dict[str, str] = json.loads(path.read_text())
    return variables


def _made(now: datetime) -> dict[str, str]:
    authority, signer = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    root = _certificate("UGCGen local test authority", authority, authority, now)
    leaf = _certificate("UGCGen local test signer", signer, authority, now)
    key = signer.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {"C2PA_CERTIFICATE": leaf + root, "C2PA_PRIVATE_KEY": key.decode(), "C2PA_TRUST_ANCHORS": root}


def _certificate(name: str, own: EllipticCurvePrivateKey, issuer: EllipticCurvePrivateKey, now: datetime) -> str:
    """With the extensions that C2PA asks for: a signer signs documents, an authority only other certificates."""
    is_authority = own is issuer
    subject, by = (_name(text) for text in (name, "UGCGen local test authority"))
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(_usage(is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
    )
    if not is_authority:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(usage, critical=False)
    return builder.sign(issuer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UGCGen"), x509.NameAttribute(NameOID.COMMON_NAME, text)]
    )
