"""What LLDP sees, from lldpd, where that runs."""

import json
from collections.abc import Iterator
from typing import Any, Final

from hanse.devices.linux.facts.fact import Fact, NotUnderstood
from hanse.network.seen.device import SeenLldpNeighbour


def read_lldp_neighbours(out: str) -> tuple[SeenLldpNeighbour, ...]:
    """Return the neighbours by interface; none where lldpd does not run.

    :raises NotUnderstood:
    """
    if not out.strip():
        return ()
    try:
        told = json.loads(out)
    except ValueError as error:
        raise NotUnderstood(f"lldpcli: {out[:200]!r}") from error
    seen = [_neighbour(interface) for lldp in told.get("lldp", []) for interface in lldp.get("interface", [])]
    return tuple(sorted(seen, key=lambda one: (one.interface, one.remote_system, one.remote_port)))


def _neighbour(interface: dict[str, Any]) -> SeenLldpNeighbour:
    chassis: dict[str, Any] = next(iter(interface.get("chassis", [])), {})
    port: dict[str, Any] = next(iter(interface.get("port", [])), {})
    return SeenLldpNeighbour(
        interface=interface["name"],
        remote_system=next(_values(chassis, "name", "id"), ""),
        remote_port=_port_name(port),
    )


def _port_name(port: dict[str, Any]) -> str:
    """Return what the neighbour calls its port. lldpd itself sends a MAC address and the name as the description."""
    sorts = {one.get("type") for one in port.get("id", [])}
    keys = ("descr", "id") if sorts & {"mac", "ip"} else ("id", "descr")
    return next(_values(port, *keys), "")


def _values(told: dict[str, Any], *keys: str) -> Iterator[str]:
    """Yield what lldpd's json0 form tells under `keys`: [{"value": ...}] each."""
    for key in keys:
        for one in told.get(key, []):
            if one.get("value"):
                yield str(one["value"])


LLDP_NEIGHBOURS: Final = Fact(
    command="command -v lldpcli >/dev/null && lldpcli -f json0 show neighbors 2>/dev/null; true",
    read=read_lldp_neighbours,
)
