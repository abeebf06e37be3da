"""What an IOS router tells of itself, its ports and its BGP neighbours, as text for people: NAPALM reads that."""

import time
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from typing import Any, Final

from hanse_lab.vendor.device import Box
from hanse_lab.vendor.frr import Frr, Neighbour

VERSION: Final = "17.9.4a"
HEAD: Final = "Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd"
FAMILIES: Final = {
    "ipv4 unicast": "IPv4 Unicast",
    "ipv6 unicast": "IPv6 Unicast",
    "vpnv4 unicast": "VPNv4 Unicast",
    "vpnv6 unicast": "VPNv6 Unicast",
}


def version(box: Box, hostname: str) -> str:
    """Answer `show version`."""
    minutes = int(time.time() - box.started) // 60
    return "\n".join(
        (
            f"Cisco IOS Software [Cupertino], Virtual XE Software (X86_64_LINUX_IOSD), Version {VERSION}, local",
            f"{hostname} uptime is 0 hours, {minutes} minutes",
            "cisco C8000V (VXE) processor with 2000000K/3075K bytes of memory.",
            "Processor board ID LOCAL-IOS",
        )
    )


def ports(box: Box) -> Iterator[dict[str, Any]]:
    """Return the ports that have a MAC address, under this machine's names."""
    return (port for port in box.ports() if port.get("address", "").count(":") == 5)


def brief(box: Box) -> str:
    """Answer `show ip interface brief`."""
    rows = (f"{port['ifname']:<22} unassigned      YES NVRAM  up                    up" for port in ports(box))
    return "\n".join(("Interface              IP-Address      OK? Method Status                Protocol", *rows))


def interfaces(box: Box) -> str:
    """Answer `show interfaces`."""
    return "\n".join(line for port in ports(box) for line in interface(port))


def interface(port: Mapping[str, Any]) -> Iterator[str]:
    """Return one port's lines."""
    status = "up" if "UP" in port["flags"] else "administratively down"
    octets = port["address"].replace(":", "")
    mac = ".".join(octets[start : start + 4] for start in (0, 4, 8))
    yield f"{port['ifname']} is {status}, line protocol is {'up' if 'LOWER_UP' in port['flags'] else 'down'}"
    yield f"  Hardware is CSR vNIC, address is {mac} (bia {mac})"
    if port.get("ifalias"):
        yield f"  Description: {port['ifalias']}"
    yield f"  MTU {port['mtu']} bytes, BW 1000000 Kbit/sec, DLY 10 usec,"


def addresses(box: Box, family: str) -> str:
    """Answer `show ip interface` and `show ipv6 interface`."""
    lines = []
    for port in box.ports():
        held = [one for one in port["addr_info"] if one["family"] == family and one["scope"] == "global"]
        if held:
            lines.append(f"{port['ifname']} is up, line protocol is up")
        for one in held:
            whole = f"{one['local']}/{one['prefixlen']}"
            lines.append(
                f"  Internet address is {whole}" if family == "inet" else f"    {one['local']}, subnet is {whole}"
            )
    return "\n".join(lines)


OF_BOX: Final[Mapping[str, Callable[[Box], str]]] = {
    "show hosts": lambda _: "Default domain is city.example",
    "show ip interface brief": brief,
    "show interfaces": interfaces,
    "show ip interface": lambda box: addresses(box, "inet"),
    "show ipv6 interface": lambda box: addresses(box, "inet6"),
}


def family_name(one: Neighbour) -> str:
    """Return the family under which IOS lists a neighbour."""
    version_of = ip_address(one.address).version
    return f"{'ip' if one.vrf == 'default' else 'vpn'}v{version_of} unicast"


def summary(frr: Frr) -> str:
    """Answer `show bgp all summary`."""
    neighbours = frr.neighbours()
    if not neighbours:
        return "% BGP not active"
    global_one = next((one for one in neighbours if one.vrf == "default"), neighbours[0])
    head = f"BGP router identifier {global_one.told.get('localRouterId')}, local AS number {global_one.told['localAs']}"
    lines = []
    for family, title in FAMILIES.items():
        mine = [one for one in neighbours if family_name(one) == family]
        if mine:
            lines += [f"For address family: {title}", head, "", HEAD, *(line for one in mine for line in row(one)), ""]
    return "\n".join(lines)


def row(one: Neighbour) -> tuple[str, ...]:
    """Return a neighbour's line; a long address stands in a line of its own."""
    state = "Idle (Admin)" if one.is_off else one.state
    end = str(one.count(ip_address(one.address).version, "acceptedPrefixCounter")) if one.uptime else state
    up = clock(one.uptime) if one.state == "Established" else "never"
    if one.state == "Established" and not one.uptime:
        end = "0"
    numbers = f"4 {one.told['remoteAs']:>12}       0       0        1    0    0 {up} {end:>12}"
    return (one.address, f"                {numbers}") if len(one.address) > 15 else (f"{one.address:<15} {numbers}",)


def clock(seconds: int) -> str:
    """Return a time as IOS shows it."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def neighbours(frr: Frr, family: str, address: str = "") -> str:
    """Answer `show bgp FAMILY neighbors`, of one address or of all."""
    return "\n".join(
        told(one) for one in frr.neighbours() if family_name(one) == family and address in {"", one.address}
    )


def told(one: Neighbour) -> str:
    """Return one neighbour at length."""
    family = ip_address(one.address).version
    vrf = f"  vrf {one.vrf}," if one.vrf != "default" else ""
    messages = one.told.get("messageStats", {})
    up = f", up for {clock(one.uptime)}" if one.state == "Established" else ""
    kind = "external" if one.told.get("nbrExternalLink", True) else "internal"
    hold = int(one.told.get("bgpTimerHoldTimeMsecs", 0)) // 1000
    keepalive = int(one.told.get("bgpTimerKeepAliveIntervalMsecs", 0)) // 1000
    lines = [
        f"BGP neighbor is {one.address},{vrf}  remote AS {one.told['remoteAs']}, {kind} link",
        *([" Administratively shut down"] if one.is_off else []),
        *([f" Description: {one.told['nbrDesc']}"] if one.told.get("nbrDesc") else []),
        f"  BGP version 4, remote router ID {one.told.get('remoteRouterId', '0.0.0.0')}",
        f"  BGP state = {one.state}{up}",
        f"  Last read 00:00:01, last write 00:00:01, hold time is {hold}, keepalive interval is {keepalive} seconds",
        f"    Updates:              {messages.get('updatesSent', 0)}          {messages.get('updatesRecv', 0)}",
        f"    Total:                {messages.get('totalSent', 0)}          {messages.get('totalRecv', 0)}",
        *of_family(one, family),
        (
            f"  Connections established {one.told.get('connectionsEstablished', 0)};"
            f" dropped {one.told.get('connectionsDropped', 0)}"
        ),
        "  Last reset never",
        f"Connection state is {'ESTAB' if one.state == 'Established' else 'CLOSED'}, I/O status: 1",
    ]
    if one.local_address:
        lines.append(f"Local host: {one.local_address}, Local port: 179")
    return "\n".join(lines) + "\n"


def of_family(one: Neighbour, family: int) -> tuple[str, ...]:
    """Return what is told of a neighbour's address family; the driver wants every line of it."""
    into, out = one.policy("Incoming"), one.policy("Outgoing")
    accepted, sent = one.count(family, "acceptedPrefixCounter"), one.count(family, "sentPrefixCounter")
    return (
        f" For address family: {FAMILIES[family_name(one)]}",
        f"  Session: {one.address}",
        *([f"  Route map for incoming advertisements is {into}"] if into else []),
        *([f"  Route map for outgoing advertisements is {out}"] if out else []),
        f"    Prefixes Current:    {sent}          {accepted} (Consumes 0 bytes)",
        f"    Prefixes Total:      {sent}          {accepted}",
        "    Implicit Withdraw:   0          0",
        "    Explicit Withdraw:   0          0",
        f"    Used as bestpath:    n/a        {accepted}",
        "    Used as multipath:   n/a        0",
        "    Used as secondary:   n/a        0",
        "                                   Outbound    Inbound",
        "  Local Policy Denied Prefixes:    --------    -------",
        "    Total:               0          0",
    )
