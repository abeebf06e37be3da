"""What an EOS router tells of itself, its ports and its BGP neighbours: from this machine's kernel and from FRR."""

import re
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any, Final

from hanse_lab.vendor.device import Box
from hanse_lab.vendor.frr import Frr, Neighbour

Answer = dict[str, Any]
VERSION: Final = "4.30.1F"
SHUT: Final = "Administratively shut down"


def told(command: str, box: Box, frr: Frr, hostname: str, form: str) -> Answer | None:
    """Return the answer to a `show` command; None: this router does not know it."""
    if command in OF_BOX:
        return OF_BOX[command](box)
    if command == "show hostname":
        return {"hostname": hostname, "fqdn": hostname}
    if found := re.fullmatch(r"show (ip|ipv6) bgp (summary|neighbors|peers) vrf all", command):
        family = 4 if found[1] == "ip" else 6
        neighbours = frr.neighbours()
        mine = [one for one in neighbours if ip_address(one.address).version == family]
        if found[2] == "summary":
            return summary(mine, neighbours)
        return {"output": "".join(map(told_at_length, mine))} if form == "text" else peers(mine, neighbours)
    return None


def uptime(box: Box) -> float:
    """Return for how many seconds the router runs."""
    return time.time() - box.started


def version(box: Box) -> Answer:
    """Answer `show version`."""
    return {
        "version": VERSION,
        "internalVersion": f"{VERSION}-lab",
        "modelName": "vEOS-lab",
        "serialNumber": "LOCAL-EOS",
        "bootupTimestamp": box.started,
        "uptime": uptime(box),
    }


def interfaces(box: Box) -> Answer:
    """Answer `show interfaces`; ports have this machine's names."""
    return {
        "interfaces": {
            port["ifname"]: {
                "name": port["ifname"],
                "interfaceStatus": "connected" if "UP" in port["flags"] else "disabled",
                "lineProtocolStatus": "up" if "LOWER_UP" in port["flags"] else "down",
                "description": port.get("ifalias", ""),
                "physicalAddress": port.get("address", "00:00:00:00:00:00"),
                "bandwidth": 10_000_000_000,
                "mtu": port["mtu"],
                "lastStatusChangeTimestamp": box.started,
                "hardware": "ethernet",
            }
            for port in box.ports()
            if port.get("address", "").count(":") == 5
        }
    }


def interface_addresses(box: Box) -> Answer:
    """Answer `show ip interface`."""
    return {
        "interfaces": {
            port["ifname"]: {
                "interfaceAddress": {
                    "primaryIp": {"address": held[0]["local"], "maskLen": held[0]["prefixlen"]},
                    "secondaryIpsOrderedList": [
                        {"address": other["local"], "maskLen": other["prefixlen"]} for other in held[1:]
                    ],
                }
            }
            for port in box.ports()
            if (held := [one for one in port["addr_info"] if one["family"] == "inet"])
        }
    }


def interface_addresses6(box: Box) -> Answer:
    """Answer `show ipv6 interface`."""
    return {
        "interfaces": {
            port["ifname"]: {
                "linkLocal": link_local(port["addr_info"]),
                "addresses": [
                    {"address": one["local"], "subnet": f"{one['local']}/{one['prefixlen']}"}
                    for one in port["addr_info"]
                    if one["family"] == "inet6" and one["scope"] == "global"
                ],
            }
            for port in box.ports()
            if any(one["family"] == "inet6" and one["scope"] != "host" for one in port["addr_info"])
        }
    }


def link_local(held: list[dict[str, Any]]) -> Answer:
    """Return the link-local address among those a port holds."""
    found = (one for one in held if one["family"] == "inet6" and one["scope"] == "link")
    return next(({"address": one["local"], "subnet": f"fe80::/{one['prefixlen']}"} for one in found), {})


OF_BOX: Final[Mapping[str, Callable[[Box], Answer]]] = {
    "show version": version,
    "show interfaces": interfaces,
    "show ip interface": interface_addresses,
    "show ipv6 interface": interface_addresses6,
    "show lldp neighbors": lambda _: {"lldpNeighbors": []},
}


def tables(neighbours: tuple[Neighbour, ...]) -> dict[str, Neighbour | None]:
    """Return all VRFs with one of their neighbours; the global table is always there."""
    return {"default": None, **{one.vrf: one for one in neighbours}}


def summary(mine: list[Neighbour], neighbours: tuple[Neighbour, ...]) -> Answer:
    """Answer `show ip bgp summary vrf all`."""
    return {
        "vrfs": {
            vrf: {
                "routerId": str(example.told.get("localRouterId", "0.0.0.0")) if example else "0.0.0.0",
                "asn": str(example.told.get("localAs", 0)) if example else "0",
                "peers": {
                    one.address: {
                        "prefixAccepted": sum(one.count(family, "acceptedPrefixCounter") for family in (4, 6)),
                        "prefixReceived": sum(one.count(family, "acceptedPrefixCounter") for family in (4, 6)),
                        "peerState": one.state,
                        "asn": str(one.told["remoteAs"]),
                    }
                    for one in mine
                    if one.vrf == vrf
                },
            }
            for vrf, example in tables(neighbours).items()
        }
    }


def peers(mine: list[Neighbour], neighbours: tuple[Neighbour, ...]) -> Answer:
    """Answer `show ip bgp neighbors vrf all` as JSON."""
    return {"vrfs": {vrf: {"peerList": [peer(one) for one in mine if one.vrf == vrf]} for vrf in tables(neighbours)}}


def peer(one: Neighbour) -> Answer:
    """Return one neighbour as eAPI tells it."""
    return {
        "peerAddress": one.address,
        "localAsn": str(one.told["localAs"]),
        "asn": str(one.told["remoteAs"]),
        "routerId": str(one.told.get("remoteRouterId", "0.0.0.0")),
        "state": "Idle" if one.is_off else one.state,
        "idleReason": SHUT if one.is_off else "",
        "description": str(one.told.get("nbrDesc", "")),
        "establishedTime": one.uptime,
        "prefixesReceived": one.count(4, "acceptedPrefixCounter"),
        "prefixesSent": one.count(4, "sentPrefixCounter"),
        "v6PrefixesReceived": one.count(6, "acceptedPrefixCounter"),
        "v6PrefixesSent": one.count(6, "sentPrefixCounter"),
    }


def told_at_length(one: Neighbour) -> str:
    """Return one neighbour as the text of `show ip bgp neighbors vrf all`, in the older of EOS's two forms."""
    up = "up" if one.state == "Established" else "down"
    state = f"Idle, {SHUT}" if one.is_off else f"{one.state}, {up} for {one.uptime}s"
    vrf = one.vrf
    messages = one.told.get("messageStats", {})
    hold = int(one.told.get("bgpTimerHoldTimeMsecs", 0)) // 1000
    keepalive = int(one.told.get("bgpTimerKeepAliveIntervalMsecs", 0)) // 1000
    lines = [
        f"BGP neighbor is {one.address}, remote AS {one.told['remoteAs']}, external link",
        *([f"  Description: {one.told['nbrDesc']}"] if one.told.get("nbrDesc") else []),
        f"  BGP version 4, remote router ID {one.told.get('remoteRouterId', '0.0.0.0')}, VRF {vrf}",
        f"  Hold time is {hold}, keepalive interval is {keepalive} seconds",
        f"  BGP state is {state}",
        "  Last state was Idle",
        f"  OutQ depth is {messages.get('depthOutq', 0)}",
        f"    Updates:         {messages.get('updatesSent', 0)}         {messages.get('updatesRecv', 0)}",
        f"    Total messages:  {messages.get('totalSent', 0)}         {messages.get('totalRecv', 0)}",
        *(
            f"    IPv{family} Unicast:    {one.count(family, 'sentPrefixCounter')}"
            f"      {one.count(family, 'acceptedPrefixCounter')}"
            for family in (4, 6)
        ),
        *([f"  Inbound route map is {one.policy('Incoming')}"] if one.policy("Incoming") else []),
        *([f"  Outbound route map is {one.policy('Outgoing')}"] if one.policy("Outgoing") else []),
        f"Local AS is {one.told['localAs']}, local router ID {one.told.get('localRouterId', '0.0.0.0')}",
        *([f"Local TCP address is {one.local_address}, local port is 179"] if one.local_address else []),
        f"Remote TCP address is {one.address}, remote port is {one.told.get('portForeign', 179)}",
        "Auto-Local-Addr is disabled",
        "",
    ]
    return "\n".join(lines) + "\n"


BY_NAME: Final = frozenset({"vrfs", "peers", "interfaces", "sessions"})  # mappings whose keys are names, not fields


def with_unknown_fields(answer: Any, *, named: bool = False) -> Any:
    """Return the answer with a field that no reader knows in every mapping of fields."""
    if isinstance(answer, dict):
        more = {} if named else {"xLab": {"never": ["seen"]}}
        return {name: with_unknown_fields(value, named=name in BY_NAME) for name, value in answer.items()} | more
    if isinstance(answer, list):
        return [with_unknown_fields(value) for value in answer]
    return answer
