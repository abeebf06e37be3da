"""Addresses, prefixes and interface addresses of both families, read strictly from text."""

from enum import IntEnum
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
    ip_address,
    ip_interface,
    ip_network,
)

from hanse.network.errors import WantedError

Address = IPv4Address | IPv6Address
Prefix = IPv4Network | IPv6Network
InterfaceAddress = IPv4Interface | IPv6Interface


class Family(IntEnum):
    """An address family, by its IP version."""

    IPV4 = 4
    IPV6 = 6

    def __str__(self) -> str:
        return f"ipv{self.value}"


class NotAnAddress(WantedError):
    """The text is no address."""


class NotAPrefix(WantedError):
    """The text is no prefix."""


def parse_address(text: str) -> Address:
    """Return the IPv4 or IPv6 address that `text` names.

    :raises NotAnAddress:
    """
    try:
        return ip_address(str(text).strip())
    except ValueError as error:
        raise NotAnAddress(f"{text!r} is no IPv4 or IPv6 address") from error


def parse_prefix(text: str) -> Prefix:
    """Return the prefix that `text` names; bits behind its length must be zero.

    :raises NotAPrefix:
    """
    try:
        loose = ip_network(str(text).strip(), strict=False)
    except ValueError as error:
        raise NotAPrefix(f"{text!r} is no prefix: write it as 192.0.2.0/24 or 2001:db8::/32") from error
    if ip_interface(str(text).strip()).ip != loose.network_address:
        raise NotAPrefix(f"{text!r} has bits behind its length: write {loose}")
    return loose


def parse_interface_address(text: str) -> InterfaceAddress:
    """Return address and length, as an interface carries them; without a length it is a host's (/32, /128).

    :raises NotAnAddress:
    """
    try:
        return ip_interface(str(text).strip())
    except ValueError as error:
        raise NotAnAddress(f"{text!r} is no address with length: write it as 192.0.2.1/24") from error


def family_of(value: Address | Prefix | InterfaceAddress) -> Family:
    """Return the address family of `value`."""
    return Family(value.version)


def overlap(mine: Prefix, yours: Prefix) -> bool:
    """Say whether the two share an address; prefixes of two families never do.

    >>> overlap(ip_network("192.0.2.0/24"), ip_network("2001:db8::/32"))
    False
    """
    return mine.version == yours.version and mine.overlaps(yours)


def lies_within(inner: Address | Prefix, outer: Prefix) -> bool:
    """Say whether all of `inner` lies in `outer`."""
    if inner.version != outer.version:
        return False
    if isinstance(inner, IPv4Address | IPv6Address):
        return inner in outer
    return inner.subnet_of(outer)  # type: ignore[arg-type]  # same family by now
