"""NAPALM's answers about a device and its interfaces: pure readers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from hanse.devices.napalm.sessions import known_number, understood
from hanse.network.seen.device import SeenDevice, SeenInterface, SeenLldpNeighbour
from hanse.network.values.addresses import InterfaceAddress, parse_interface_address


def seen_device(answer: Mapping[str, Any]) -> SeenDevice:
    """Read `get_facts`.

    :raises AnswerNotUnderstood:
    """
    with understood("get_facts"):
        uptime = known_number(answer.get("uptime"))
        return SeenDevice(
            hostname=str(answer["hostname"]),
            vendor=str(answer["vendor"]),
            model=str(answer["model"]),
            os_version=str(answer["os_version"]),
            serial_number=str(answer.get("serial_number") or ""),
            uptime=None if uptime is None else timedelta(seconds=uptime),
        )


def seen_interfaces(links: Mapping[str, Any], addresses: Mapping[str, Any]) -> tuple[SeenInterface, ...]:
    """Read `get_interfaces` and `get_interfaces_ip`; an interface that only the second names is left out.

    :raises AnswerNotUnderstood:
    """
    with understood("get_interfaces"):
        return tuple(
            SeenInterface(
                name=name,
                is_enabled=bool(link["is_enabled"]),
                is_up=bool(link["is_up"]),
                mtu=known_number(link.get("mtu")) or None,
                mac=str(link.get("mac_address") or "").lower(),
                speed=known_number(link.get("speed")) or None,
                description=str(link.get("description") or ""),
                addresses=interface_addresses(addresses.get(name, {})),
            )
            for name, link in sorted(links.items())
        )


def interface_addresses(families: Mapping[str, Any]) -> tuple[InterfaceAddress, ...]:
    """Read {"ipv4": {address: {"prefix_length": 24}}}, IPv4 first."""
    return tuple(
        parse_interface_address(f"{address}/{length['prefix_length']}")
        for family in sorted(families)
        for address, length in families[family].items()
    )


def seen_lldp_neighbours(answer: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[SeenLldpNeighbour, ...]:
    """Read `get_lldp_neighbors`: {interface: [neighbour]}.

    :raises AnswerNotUnderstood:
    """
    with understood("get_lldp_neighbors"):
        return tuple(
            SeenLldpNeighbour(
                interface=interface,
                remote_system=str(neighbour["hostname"]),
                remote_port=str(neighbour["port"]),
            )
            for interface, neighbours in sorted(answer.items())
            for neighbour in neighbours
        )
