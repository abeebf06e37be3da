"""Words for addresses, prefixes and interface addresses."""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network
from typing import Any, Final

from hanse.network.values.addresses import Address, InterfaceAddress, Prefix, parse_interface_address, parse_prefix

IPV6: Final = 6
LINK_LOCAL: Final = 0xFE80 << 112  # RFC 4291 section 2.5.6
LAST_HALF: Final = (1 << 64) - 1
Written = Address | Prefix | InterfaceAddress | str


def ip(value: Written) -> str:
    """Return the address alone, without a length.

    >>> ip("192.0.2.1/24"), ip("2001:db8::1")
    ('192.0.2.1', '2001:db8::1')
    """
    return str(_interface(value).ip)


def ip_version(value: Written) -> int:
    """Return 4 or 6.

    >>> ip_version("2001:db8::/32")
    6
    """
    return _interface(value).version


def network(value: Written) -> Prefix:
    """Return the prefix that an interface address is in.

    >>> str(network("192.0.2.1/24"))
    '192.0.2.0/24'
    """
    return _interface(value).network


def prefix_length(value: Written) -> int:
    """Return the length behind the slash.

    >>> prefix_length("192.0.2.0/24")
    24
    """
    return _interface(value).network.prefixlen


def netmask(value: Written) -> str:
    """Return the mask of a prefix.

    >>> netmask("192.0.2.0/24")
    '255.255.255.0'
    """
    return str(_interface(value).netmask)


def wildcard(value: Written) -> str:
    """Return the mask of a prefix turned over, as access lists want it.

    >>> wildcard("192.0.2.0/24")
    '0.0.0.255'
    """
    return str(_interface(value).hostmask)


def reverse(value: Written) -> str:
    """Return the name of an address in the reverse DNS.

    >>> reverse("192.0.2.1")
    '1.2.0.192.in-addr.arpa'
    """
    return _interface(value).ip.reverse_pointer


def within(items: Iterable[Any], prefix: Prefix | str) -> list[Any]:
    """Return those of `items`, addresses or prefixes, that lie in `prefix`, in their order.

    >>> within(["192.0.2.1", "198.51.100.1"], "192.0.2.0/24")
    ['192.0.2.1']
    """
    outer = parse_prefix(str(prefix))
    return [
        item
        for item in items
        if (inner := _interface(item).network).version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]
    ]


def link_local(addresses: Iterable[Written]) -> str:
    """Return a link-local address that ends as the first of `addresses` of IPv6 does, or as the first at all.

    >>> link_local(["10.20.96.6/31", "2001:db8:96::6/127"])
    'fe80::6/64'
    """
    written = [_interface(address) for address in addresses]
    chosen = next((one for one in written if one.version == IPV6), written[0])
    return f"{IPv6Address(LINK_LOCAL | int(chosen.ip) & LAST_HALF)}/64"


def _interface(value: Written) -> InterfaceAddress:
    match value:
        case IPv4Interface() | IPv6Interface():
            return value
        case IPv4Address() | IPv6Address() | IPv4Network() | IPv6Network():
            return parse_interface_address(str(value))
    return parse_interface_address(value)


ADDRESS_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "ip": ip,
    "ip_version": ip_version,
    "link_local": link_local,
    "netmask": netmask,
    "network": network,
    "prefix_length": prefix_length,
    "reverse": reverse,
    "wildcard": wildcard,
    "within": within,
}
