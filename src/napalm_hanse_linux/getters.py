"""What Hanse has seen, in the shapes that NAPALM's models ask for; what is not told is -1, or empty."""

from collections.abc import Iterable
from datetime import datetime
from statistics import pstdev
from typing import Any, Final

from napalm.base import models

from hanse.devices.linux.ping import Pinged
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.seen.device import SeenDevice, SeenInterface, SeenLldpNeighbour
from hanse.network.values.addresses import Family

UNKNOWN: Final = -1

DetailsByVrf = dict[str, dict[int, list[models.PeerDetailsDict]]]


def facts(device: SeenDevice, seen: Iterable[SeenInterface]) -> models.FactsDict:
    """Return NAPALM's facts."""
    return {
        "uptime": device.uptime.total_seconds() if device.uptime else float(UNKNOWN),
        "vendor": device.vendor,
        "model": device.model,
        "hostname": device.hostname,
        "fqdn": device.hostname,
        "os_version": device.os_version,
        "serial_number": device.serial_number,
        "interface_list": [interface.name for interface in seen],
    }


def interfaces(seen: Iterable[SeenInterface]) -> dict[str, models.InterfaceDict]:
    """Return interfaces by name; Linux does not tell when one flapped."""
    return {
        interface.name: {
            "is_up": interface.is_up,
            "is_enabled": interface.is_enabled,
            "description": interface.description,
            "last_flapped": float(UNKNOWN),
            "mtu": interface.mtu or 0,
            "speed": float(interface.speed or 0),
            "mac_address": interface.mac.upper(),
        }
        for interface in seen
    }


def interfaces_ip(seen: Iterable[SeenInterface]) -> dict[str, models.InterfacesIPDict]:
    """Return addresses by interface and family; interfaces without any are left out."""
    found: dict[str, Any] = {}
    for interface in seen:
        for address in interface.addresses:
            family = found.setdefault(interface.name, {}).setdefault(f"ipv{address.version}", {})
            family[str(address.ip)] = {"prefix_length": address.network.prefixlen}
    return found


def bgp_neighbors(sessions: Iterable[SeenSession], now: datetime) -> dict[str, models.BGPStateNeighborsPerVRFDict]:
    """Return sessions by VRF and address."""
    found: dict[str, Any] = {"global": {"router_id": "", "peers": {}}}
    for session in sessions:
        vrf = found.setdefault(session.vrf, {"router_id": "", "peers": {}})
        vrf["peers"][str(session.remote_address)] = _peer(session, now)
    return found


def _peer(session: SeenSession, now: datetime) -> models.BGPStateNeighborDict:
    is_up = session.state is BgpState.ESTABLISHED
    uptime = int((now - session.since).total_seconds()) if is_up and session.since else UNKNOWN
    counted = {count.family: count for count in session.counts}
    families = {}
    for family in sorted(counted) or [Family(session.remote_address.version)]:
        count = counted.get(family, RouteCounts(family=family))
        families[str(family)] = {
            "received_prefixes": _told(count.received),
            "accepted_prefixes": _told(count.accepted),
            "sent_prefixes": _told(count.advertised),
        }
    return {
        "local_as": session.local_asn.number if session.local_asn else 0,
        "remote_as": session.remote_asn.number,
        "remote_id": session.remote_id,
        "is_up": is_up,
        "is_enabled": session.state is not BgpState.ADMIN_DOWN,
        "description": session.description,
        "uptime": max(uptime, UNKNOWN),
        "address_family": families,
    }


def _told(number: int | None) -> int:
    return UNKNOWN if number is None else number


def bgp_neighbors_detail(sessions: Iterable[SeenSession], only: str) -> DetailsByVrf:
    """Return sessions by VRF and AS number, or the one with the address `only`."""
    found: DetailsByVrf = {}
    for session in sessions:
        if only in ("", str(session.remote_address)):
            by_asn = found.setdefault(session.vrf, {})
            by_asn.setdefault(session.remote_asn.number, []).append(_detail(session))
    return found


def _detail(session: SeenSession) -> models.PeerDetailsDict:
    received = [count.received for count in session.counts if count.received is not None]
    advertised = [count.advertised for count in session.counts if count.advertised is not None]
    return {
        **_NOT_TOLD,
        "up": session.state is BgpState.ESTABLISHED,
        "local_as": session.local_asn.number if session.local_asn else 0,
        "remote_as": session.remote_asn.number,
        "router_id": session.remote_id,
        "local_address": str(session.local_address or ""),
        "routing_table": session.vrf,
        "local_address_configured": session.local_address is not None,
        "remote_address": str(session.remote_address),
        "connection_state": session.state.value.title().replace(" ", ""),
        "last_event": session.last_error,
        "active_prefix_count": session.accepted,
        "received_prefix_count": sum(received) if received else UNKNOWN,
        "accepted_prefix_count": session.accepted,
        "advertised_prefix_count": sum(advertised) if advertised else UNKNOWN,
    }


# Keys of NAPALM's model that the daemon does not tell, or that Hanse does not ask for.
_NOT_TOLD: Final[Any] = {
    "local_port": UNKNOWN,
    "remote_port": UNKNOWN,
    "multihop": False,
    "multipath": False,
    "remove_private_as": False,
    "import_policy": "",
    "export_policy": "",
    "input_messages": UNKNOWN,
    "output_messages": UNKNOWN,
    "input_updates": UNKNOWN,
    "output_updates": UNKNOWN,
    "messages_queued_out": UNKNOWN,
    "previous_connection_state": "",
    "suppress_4byte_as": False,
    "local_as_prepend": False,
    "holdtime": UNKNOWN,
    "configured_holdtime": UNKNOWN,
    "keepalive": UNKNOWN,
    "configured_keepalive": UNKNOWN,
    "suppressed_prefix_count": UNKNOWN,
    "flap_count": UNKNOWN,
}


def lldp_neighbors(seen: Iterable[SeenLldpNeighbour]) -> dict[str, list[models.LLDPNeighborDict]]:
    """Return neighbours by interface."""
    found: dict[str, list[models.LLDPNeighborDict]] = {}
    for neighbour in seen:
        found.setdefault(neighbour.interface, []).append(
            {"hostname": neighbour.remote_system, "port": neighbour.remote_port}
        )
    return found


def pinged(result: Pinged, count: int) -> models.PingResultDict:
    """Return NAPALM's ping result; times in milliseconds."""
    if result.error:
        return {"error": result.error}
    times = [answer.milliseconds for answer in result.answers]
    return {
        "success": {
            "probes_sent": count,
            "packet_loss": count - len(times),
            "rtt_min": min(times, default=0.0),
            "rtt_max": max(times, default=0.0),
            "rtt_avg": sum(times) / len(times) if times else 0.0,
            "rtt_stddev": pstdev(times) if times else 0.0,
            "results": [{"ip_address": answer.address, "rtt": answer.milliseconds} for answer in result.answers],
        }
    }
