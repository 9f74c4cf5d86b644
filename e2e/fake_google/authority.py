"""A certificate authority of its own, for clients that speak TLS only.

Whoever trusts it trusts as little as possible: it may vouch for the names it was made for and no others (RFC 5280
section 4.2.1.10), and its key is thrown away once the one certificate is signed.
"""

import os
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFE: Final = timedelta(days=397)  # the longest that clients take from any authority
RENEWED_BEFORE: Final = timedelta(days=30)
ADDRESSES: Final = (x509.IPAddress(IPv4Address("127.0.0.1")), x509.IPAddress(IPv6Address("::1")))
NETWORKS: Final = (x509.IPAddress(IPv4Network("127.0.0.0/8")), x509.IPAddress(IPv6Network("::1/128")))


@dataclass(frozen=True, slots=True)
class Certificate:
    """Two files of a folder: `ca` is for clients to trust, `own` holds the server's certificate and its key."""

    ca: Path
    own: Path

    def context(self) -> ssl.SSLContext:
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        made.load_cert_chain(self.own)
        return made


def certificate_in(folder: Path, names: tuple[str, ...] = ()) -> Certificate:
    """The folder's certificate for localhost, 127.0.0.1, ::1 and `names`; made where there is none that will do.

    Kept across restarts, so that `ca` has to be trusted once; made anew when a name is added or a month is left.
    """
    kept = Certificate(folder / "ca.pem", folder / "localhost.pem")
    wanted = ("localhost", *names)
    if not will_do(kept, wanted):
        make(kept, wanted)
    return kept


def will_do(kept: Certificate, names: tuple[str, ...]) -> bool:
    if not (kept.ca.exists() and kept.own.exists()):
        return False
    try:
        ca, own = (x509.load_pem_x509_certificate(path.read_bytes()) for path in (kept.ca, kept.own))
        own.verify_directly_issued_by(ca)
        told = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    lasts = own.not_valid_after_utc - RENEWED_BEFORE > datetime.now(UTC)
    return lasts and set(names) <= set(told.get_values_for_type(x509.DNSName))


def make(kept: Certificate, names: tuple[str, ...]) -> None:
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    domains = [x509.DNSName(name) for name in names]
    issuer = named("Stand-in for Google: certificate authority")
    ca = (
        about(issuer, issuer, ca_key, ca_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints([*domains, *NETWORKS], excluded_subtrees=None), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    own = (
        about(named("Stand-in for Google"), issuer, key, ca_key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([*domains, *ADDRESSES]), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kept.ca.parent.mkdir(parents=True, exist_ok=True)
    kept.own.unlink(missing_ok=True)  # its mode is set where it is made, and only there
    with os.fdopen(os.open(kept.own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(own.public_bytes(serialization.Encoding.PEM) + secret)
    kept.ca.write_bytes(ca.public_bytes(serialization.Encoding.PEM))


def about(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    """What both certificates say. Their times are real: TLS clients know no world's clock."""
    begins = datetime.now(UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
