"""Interfaces with their addresses, from iproute2 and sysfs."""

import json
import re
from ipaddress import ip_interface
from typing import Any, Final

from hanse.devices.linux.facts.fact import Fact, NotUnderstood
from hanse.network.seen.device import SeenInterface
from hanse.network.values.addresses import InterfaceAddress

SPEED: Final = re.compile(r"^/sys/class/net/(?P<name>[^/]+)/speed:(?P<speed>\d+)$", re.MULTILINE)


def read_interfaces(out: str) -> tuple[SeenInterface, ...]:
    """Return all interfaces, by name.

    :raises NotUnderstood:
    """
    try:
        links, end = json.JSONDecoder().raw_decode(out.lstrip())
    except ValueError as error:
        raise NotUnderstood(f"ip -json address: {out[:200]!r}") from error
    speeds = {found["name"]: int(found["speed"]) for found in SPEED.finditer(out.lstrip()[end:])}
    seen = (_interface(link, speeds.get(link.get("ifname", ""))) for link in links if link)
    return tuple(sorted(seen, key=lambda interface: interface.name))


def _interface(link: dict[str, Any], speed: int | None) -> SeenInterface:
    flags, state = link.get("flags", []), link.get("operstate", "UNKNOWN")
    return SeenInterface(
        name=link["ifname"],
        is_enabled="UP" in flags,
        is_up=state == "UP" or (state == "UNKNOWN" and "UP" in flags and "LOWER_UP" in flags),
        mtu=link.get("mtu"),
        mac=link.get("address", "") if link.get("link_type") == "ether" else "",
        speed=speed,
        description=link.get("ifalias", ""),
        kind=link.get("linkinfo", {}).get("info_kind", ""),
        master=link.get("master", ""),
        addresses=_addresses(link),
    )


def _addresses(link: dict[str, Any]) -> tuple[InterfaceAddress, ...]:
    found = [
        ip_interface(f"{one['local']}/{one['prefixlen']}")
        for one in link.get("addr_info", [])
        if one.get("family") in ("inet", "inet6") and "local" in one
    ]
    return tuple(sorted(found, key=lambda one: (one.version, one)))


INTERFACES: Final = Fact(
    command="ip -json -details address show && grep -H . /sys/class/net/*/speed 2>/dev/null; true",
    read=read_interfaces,
)
