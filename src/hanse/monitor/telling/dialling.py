"""Which addresses a webhook may lead to: whoever names a URL must not reach into the network that Hanse stands in."""

import socket
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from hanse.network.errors import OutsideError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], tuple[Address, ...]]  # a host's name and port to its addresses
NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits


class NoSuchHost(OutsideError):
    """The name of a webhook's host leads to no address now."""


class PrivateAddress(OutsideError):
    """A webhook leads into a network that is not public: allow that by HANSE_WEBHOOK_PRIVATE, or name another URL."""

    retry = False


def resolved(host: str, port: int) -> tuple[Address, ...]:
    """Return the addresses of a host, in the order in which they are to be tried.

    :raises NoSuchHost:
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchHost(f"{host} leads to no address: {error}") from error
    return tuple(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def chosen_address(host: str, port: int, *, private_allowed: bool, resolve: Resolve = resolved) -> Address:
    """Return the one address to connect to. It is resolved once: what is checked here is what is dialled.

    A name that leads to a public and to a private address is refused as a whole.

    :raises NoSuchHost:
    :raises PrivateAddress:
    """
    addresses = resolve(host, port)
    if not private_allowed:
        for address in addresses:
            if not is_public(address):
                raise PrivateAddress(f"{host} leads to {address}, which is not public: see HANSE_WEBHOOK_PRIVATE")
    return addresses[0]


def is_public(address: Address) -> bool:
    """Say whether an address, and each one that it holds or is tunnelled to, is one of the public Internet.

    >>> is_public(ip_address("100.64.0.1")), is_public(ip_address("::ffff:127.0.0.1"))
    (False, False)
    """
    return all(one.is_global and not one.is_multicast for one in _inside(address))


def _inside(address: Address) -> Iterator[Address]:
    if isinstance(address, IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
