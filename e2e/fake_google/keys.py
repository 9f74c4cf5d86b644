"""The keys that sign id_tokens. Made once per process: an RSA key takes longer than a whole reset."""

import functools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID
from joserfc.jwk import RSAKey


@functools.cache
def first_key() -> RSAKey:
    return new_key()


def new_key() -> RSAKey:
    key = RSAKey.generate_key(2048, private=True, auto_kid=True)
    key.ensure_kid()
    return key


def certificate(key: RSAKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "federated-signon.system.gserviceaccount.com")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=16))
        .sign(cast(RSAPrivateKey, key.private_key), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


@dataclass(slots=True)
class Keys:
    """Newest first. Older ones stay in the answer of certs, as Google keeps them for a while after a rotation."""

    ring: list[RSAKey] = field(default_factory=lambda: [first_key()])

    @property
    def signing(self) -> RSAKey:
        return self.ring[0]

    def rotate(self, *, keep_old: bool = True) -> None:
        self.ring = [new_key(), *(self.ring if keep_old else [])]

    def public(self) -> dict[str, Any]:
        """The body of the certs address, a JWK set (RFC 7517)."""
        return {
            "keys": [key.as_dict(private=False) | {"use": "sig", "alg": "RS256", "kid": key.kid} for key in self.ring]
        }

    def certificates(self) -> dict[str, str]:
        """The same by kid, as self-signed X.509 certificates in PEM: what Google's older verifiers read."""
        return {str(key.kid): certificate(key) for key in self.ring}

    def as_json(self) -> list[dict[str, Any]]:
        return [dict(key.as_dict(private=True)) | {"kid": key.kid} for key in self.ring]

    @classmethod
    def from_json(cls, kept: list[dict[str, Any]]) -> "Keys":
        return cls([RSAKey.import_key(key) for key in kept])
