"""The certificate that content credentials are signed with, from the settings."""

import hashlib
from dataclasses import dataclass, field

import c2pa  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from ugcgen.cloud.settings import Settings
from ugcgen.domain.errors import ConfigurationError

_CURVES = {
    "secp256r1": c2pa.C2paSigningAlg.ES256,
    "secp384r1": c2pa.C2paSigningAlg.ES384,
    "secp521r1": c2pa.C2paSigningAlg.ES512,
}


@dataclass(frozen=True)
class Certificate:
    """PEM bytes: `chain` from the signer's own certificate upwards, and its private `key`. `anchors` are the roots that
    a verifier trusts; `timestamp_url` is an RFC 3161 authority that says when it was signed."""

    chain: bytes
    key: bytes = field(repr=False)
    algorithm: c2pa.C2paSigningAlg
    anchors: str | None = None
    timestamp_url: str | None = None

    @property
    def id(self) -> str:
        """Tells certificates apart."""
        return hashlib.sha256(self.chain).hexdigest()[:16]

    @classmethod
    def of(cls, settings: Settings) -> "Certificate":
        """Raises ConfigurationError, with what to set, where there is none or it cannot sign."""
        if not settings.c2pa_certificate or not settings.c2pa_private_key:
            raise ConfigurationError(
                "no file is handed over unsigned, and there is no certificate to sign with: set C2PA_CERTIFICATE to "
                "the PEM chain and C2PA_PRIVATE_KEY to its PEM key (docs/provenance.md says how to get them)"
            )
        chain = _pem(settings.c2pa_certificate)
        key = _pem(settings.c2pa_private_key.get_secret_value())
        anchors = settings.c2pa_trust_anchors
        return cls(
            chain, key, _algorithm(chain, key), _pem(anchors).decode() if anchors else None, settings.c2pa_timestamp_url
        )


def _pem(text: str) -> bytes:
    """PEM as it is in a file; where a line cannot hold a line's end, people write it out."""
    return (text.replace("\\n", "\n").strip() + "\n").encode()


def _algorithm(chain: bytes, key: bytes) -> c2pa.C2paSigningAlg:
    try:
        public = x509.load_pem_x509_certificates(chain)[0].public_key()
    except ValueError as wrong:
        raise ConfigurationError(f"C2PA_CERTIFICATE is no chain of PEM certificates: {wrong}") from wrong
    try:
        own = load_pem_private_key(key, password=None).public_key()
    except (ValueError, TypeError) as wrong:
        # What the key's text is stays out of the message.
        raise ConfigurationError("C2PA_PRIVATE_KEY is no PEM private key without a password") from wrong
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if own.public_bytes(*form) != public.public_bytes(*form):
        raise ConfigurationError(
            "C2PA_PRIVATE_KEY does not belong to the first certificate of C2PA_CERTIFICATE; the signer's comes first"
        )
    match public:
        case Ed25519PublicKey():
            return c2pa.C2paSigningAlg.ED25519
        case RSAPublicKey():
            return c2pa.C2paSigningAlg.PS256
        case EllipticCurvePublicKey() if public.curve.name in _CURVES:
            return _CURVES[public.curve.name]
    raise ConfigurationError("C2PA_CERTIFICATE has a key of another kind than P-256, P-384, P-521, RSA or Ed25519")
