"""The shape that every daemon's module has: what to write on the node, and what to run there."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from hanse_lab.plan import Peer


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one daemon is run on a node.

    `starts` are commands in order; a program that stays in the foreground stands in `stays`, run with this machine's
    own files if `beside`. `ready` is asked again and again until it succeeds, then `then` are run.
    """

    files: tuple[tuple[str, str, str], ...] = ()  # path, text, owner (a user of the node)
    folders: tuple[tuple[str, str], ...] = ()  # path, owner
    starts: tuple[tuple[str, ...], ...] = ()
    stays: tuple[str, ...] = ()
    beside: bool = False
    environment: tuple[tuple[str, str], ...] = ()
    ready: tuple[str, ...] = ()
    then: tuple[tuple[str, ...], ...] = ()


def is_ipv4(text: str) -> bool:
    """Say whether the address or prefix is of IPv4."""
    return "." in text


def family_of(peer: Peer) -> int:
    """Return 4 or 6: each session carries its own family only."""
    return ip_address(peer.address).version


def answering(prefix: str) -> str:
    """Return the address of an announced prefix that answers: its first, with a host's length."""
    network = ip_network(prefix)
    return f"{network[1]}/{network.max_prefixlen}"
