"""Under which names the keys of tunnels are kept among the secrets."""

from enum import StrEnum
from typing import Final

from hanse.network.wanted.tunnels import Tunnel, TunnelKind


class KeyPart(StrEnum):
    """One of the keys of a tunnel. Each kind has its own: one that becomes another kind finds none of the old."""

    PRIVATE = "private"  # X25519, as WireGuard writes it
    PUBLIC = "public"
    SHARED = "psk"  # one for both ends, as WireGuard writes it
    TLS_KEY = "tls-key"  # PKCS 8, base64 in one line
    CERTIFICATE = "certificate"  # base64 in one line
    FINGERPRINT = "fingerprint"  # SHA-256 of the certificate
    IKE_SHARED = "ike-psk"  # one for both ends, hexadecimal


# Kind of tunnel -> the keys of each end, which belong to each other; then the keys that both ends share.
OF_ENDS: Final = {
    TunnelKind.WIREGUARD: (KeyPart.PRIVATE, KeyPart.PUBLIC),
    TunnelKind.OPENVPN: (KeyPart.TLS_KEY, KeyPart.CERTIFICATE, KeyPart.FINGERPRINT),
    TunnelKind.IPSEC: (),
    TunnelKind.GRE: (),
}
OF_BOTH: Final = {
    TunnelKind.WIREGUARD: (KeyPart.SHARED,),
    TunnelKind.OPENVPN: (),
    TunnelKind.IPSEC: (KeyPart.IKE_SHARED,),
    TunnelKind.GRE: (),
}
FIRST_WORD: Final = "tunnel"  # of the names of all keys


def key_name(tunnel: Tunnel, part: KeyPart, node: str = "") -> str:
    """Return the name of one key; without a node, of one that both ends share.

    >>> west = Tunnel(name="west", number=1, kind=TunnelKind.WIREGUARD, ends={}, link_class="far")
    >>> key_name(west, KeyPart.PRIVATE, "core1"), key_name(west, KeyPart.SHARED)
    ('tunnel.west.core1.private', 'tunnel.west.psk')
    """
    return ".".join(filter(None, (FIRST_WORD, tunnel.name, node, part)))


def key_groups(tunnel: Tunnel) -> tuple[tuple[str, ...], ...]:
    """Return the names of all keys of a tunnel; those of a group are made together: each end's, then the shared one."""
    ends = (tuple(key_name(tunnel, part, end) for part in OF_ENDS[tunnel.kind]) for end in tunnel.ends)
    shared = ((key_name(tunnel, part),) for part in OF_BOTH[tunnel.kind])
    return tuple(group for group in (*ends, *shared) if group)
