"""What must never be heard from another network: prefixes and AS numbers that are not for public use."""

from ipaddress import ip_network
from typing import Final

from hanse.network.values.addresses import Prefix
from hanse.network.values.asn import RESERVED

# Prefix; what it is for; who says so. https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-
SPECIAL: Final = (
    ("0.0.0.0/8", "this network", "RFC 791"),
    ("10.0.0.0/8", "private use", "RFC 1918"),
    ("100.64.0.0/10", "shared between carrier and customer", "RFC 6598"),
    ("127.0.0.0/8", "loopback", "RFC 1122"),
    ("169.254.0.0/16", "link local", "RFC 3927"),
    ("172.16.0.0/12", "private use", "RFC 1918"),
    ("192.0.0.0/24", "protocol assignments", "RFC 6890"),
    ("192.0.2.0/24", "documentation", "RFC 5737"),
    ("192.168.0.0/16", "private use", "RFC 1918"),
    ("198.18.0.0/15", "benchmarking", "RFC 2544"),
    ("198.51.100.0/24", "documentation", "RFC 5737"),
    ("203.0.113.0/24", "documentation", "RFC 5737"),
    ("224.0.0.0/4", "multicast", "RFC 5771"),
    ("240.0.0.0/4", "reserved", "RFC 1112"),
    ("::/8", "reserved, mapped, loopback", "RFC 4291"),
    ("100::/64", "discard", "RFC 6666"),
    ("2001:2::/48", "benchmarking", "RFC 5180"),
    ("2001:10::/28", "ORCHID", "RFC 4843"),
    ("2001:db8::/32", "documentation", "RFC 3849"),
    ("3fff::/20", "documentation", "RFC 9637"),
    ("fc00::/7", "unique local", "RFC 4193"),
    ("fe80::/10", "link local", "RFC 4291"),
    ("fec0::/10", "site local, deprecated", "RFC 3879"),
    ("ff00::/8", "multicast", "RFC 4291"),
)


def bogon_prefixes(*, documentation_is_public: bool) -> tuple[Prefix, ...]:
    """Return the prefixes to refuse, with everything inside them, IPv4 before IPv6."""
    return tuple(
        ip_network(prefix) for prefix, use, _ in SPECIAL if not (documentation_is_public and use == "documentation")
    )


def bogon_asns(*, documentation_is_public: bool) -> tuple[tuple[int, int], ...]:
    """Return the AS numbers that no path may hold, as first and last, both included, in order."""
    return tuple(
        (first, last) for first, last, use, _ in RESERVED if not (documentation_is_public and use == "documentation")
    )
