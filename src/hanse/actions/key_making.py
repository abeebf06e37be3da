"""New keys for tunnels, from the system's own randomness."""

import base64
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.x509.oid import NameOID

from hanse.network.wanted.tunnel_keys import KeyPart

SHARED_OCTETS: Final = 32
# The other end knows the very certificate, so its dates mean nothing: RFC 5280 section 4.1.2.5 has one for "never".
BEGINS: Final = datetime(2020, 1, 1, tzinfo=UTC)
NEVER_ENDS: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def new_keys(parts: tuple[KeyPart, ...], owner: str) -> Mapping[KeyPart, str]:
    """Return new keys that belong to each other; `parts` says which. `owner` stands in a certificate."""
    return MAKERS[parts](owner)


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _of_wireguard(_: str) -> Mapping[KeyPart, str]:
    key = X25519PrivateKey.generate()
    octets = bytearray(key.private_bytes_raw())
    octets[0] &= 248  # as `wg genkey` writes it (RFC 7748 section 5); the public key is the same
    octets[31] = (octets[31] & 127) | 64
    return {KeyPart.PRIVATE: _base64(bytes(octets)), KeyPart.PUBLIC: _base64(key.public_key().public_bytes_raw())}


def _of_tls(owner: str) -> Mapping[KeyPart, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, owner)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(NEVER_ENDS)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        KeyPart.TLS_KEY: _base64(private),
        KeyPart.CERTIFICATE: _base64(certificate.public_bytes(serialization.Encoding.DER)),
        KeyPart.FINGERPRINT: certificate.fingerprint(hashes.SHA256()).hex(":"),
    }


MAKERS: Final[Mapping[tuple[KeyPart, ...], Callable[[str], Mapping[KeyPart, str]]]] = {
    (KeyPart.PRIVATE, KeyPart.PUBLIC): _of_wireguard,
    (KeyPart.TLS_KEY, KeyPart.CERTIFICATE, KeyPart.FINGERPRINT): _of_tls,
    (KeyPart.SHARED,): lambda _: {KeyPart.SHARED: _base64(secrets.token_bytes(SHARED_OCTETS))},
    (KeyPart.IKE_SHARED,): lambda _: {KeyPart.IKE_SHARED: secrets.token_hex(SHARED_OCTETS)},
}
