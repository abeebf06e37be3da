"""What a Junos router tells of itself, its ports and its BGP neighbours, as XML."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from hanse_lab.vendor.device import Box
from hanse_lab.vendor.frr import Frr, Neighbour

VERSION: Final = "21.4R1.12"
RIBS: Final = {4: "inet.0", 6: "inet6.0"}


def told(name: str, call: Element, box: Box, frr: Frr, hostname: str) -> str | None:
    """Return the answer to an RPC; None: this router does not know it."""
    if name in OF_BOX:
        return OF_BOX[name](box, hostname)
    if name == "get-instance-information":
        return instances(frr)
    if name in {"get-bgp-neighbor-information", "get-bgp-summary-information"}:
        instance = call.findtext("{*}instance") or "master"
        vrf = "default" if instance == "master" else instance
        wanted = call.findtext("{*}neighbor-address") or ""
        shown = summarised if name == "get-bgp-summary-information" else peer
        mine = (one for one in frr.neighbours() if one.vrf == vrf and wanted in {"", one.address})
        return f"<bgp-information>{''.join(map(shown, mine))}</bgp-information>"
    return None


def tag(name: str, text: Any) -> str:
    """Return one element with text."""
    return f"<{name}>{escape(str(text))}</{name}>"


def software(_: Box, hostname: str) -> str:
    """Answer get-software-information."""
    about = tag("name", "junos") + tag("comment", f"JUNOS Base OS boot [{VERSION}]")
    package = f"<package-information>{about}</package-information>"
    names = tag("host-name", hostname) + tag("product-model", "vmx") + tag("product-name", "vmx")
    return f"<software-information>{names}{tag('junos-version', VERSION)}{package}</software-information>"


def system(_: Box, hostname: str) -> str:
    """Answer get-system-information."""
    parts = {
        "hardware-model": "vmx",
        "os-name": "junos",
        "os-version": VERSION,
        "serial-number": "LOCAL-JUNOS",
        "host-name": hostname,
    }
    return f"<system-information>{''.join(tag(*part) for part in parts.items())}</system-information>"


def uptime(box: Box, _: str) -> str:
    """Answer get-system-uptime-information."""
    now = int(time.time())
    length = int(now - box.started)
    return (
        f'<system-uptime-information><current-time><date-time seconds="{now}">now</date-time></current-time>'
        f'<system-booted-time><date-time seconds="{int(box.started)}">then</date-time>'
        f'<time-length seconds="{length}">{length}</time-length></system-booted-time></system-uptime-information>'
    )


def chassis(_: Box, __: str) -> str:
    """Answer get-chassis-inventory."""
    inside = tag("name", "Chassis") + tag("serial-number", "LOCAL-JUNOS") + tag("description", "VMX")
    return f"<chassis-inventory><chassis>{inside}</chassis></chassis-inventory>"


def interfaces(box: Box, _: str) -> str:
    """Answer get-interface-information; ports have this machine's names."""
    ports = "".join(
        "<physical-interface>"
        + tag("name", port["ifname"])
        + tag("admin-status", "up" if "UP" in port["flags"] else "down")
        + tag("oper-status", "up" if "LOWER_UP" in port["flags"] else "down")
        + tag("description", port.get("ifalias", ""))
        + tag("current-physical-address", port["address"])
        + tag("mtu", port["mtu"])
        + tag("speed", "1000mbps")
        + "</physical-interface>"
        for port in box.ports()
        if port.get("address", "").count(":") == 5
    )
    return f"<interface-information>{ports}</interface-information>"


OF_BOX: Final[Mapping[str, Callable[[Box, str], str]]] = {
    "get-software-information": software,
    "get-system-information": system,
    "get-system-uptime-information": uptime,
    "get-chassis-inventory": chassis,
    "get-interface-information": interfaces,
    "get-lldp-neighbors-information": lambda _, __: "<lldp-neighbors-information/>",
}


def instances(frr: Frr) -> str:
    """Answer get-instance-information."""
    names = dict.fromkeys(["master", *("master" if one.vrf == "default" else one.vrf for one in frr.neighbours())])
    cores = "".join(
        f"<instance-core>{tag('instance-name', name)}{tag('instance-type', 'forwarding')}</instance-core>"
        for name in names
    )
    return f"<instance-information>{cores}</instance-information>"


def ribs(one: Neighbour) -> str:
    """Return the tables a neighbour feeds."""
    prefix = "" if one.vrf == "default" else f"{one.vrf}."
    return "".join(
        "<bgp-rib>"
        + tag("name", f"{prefix}{name}")
        + tag("active-prefix-count", one.count(family, "acceptedPrefixCounter"))
        + tag("received-prefix-count", one.count(family, "acceptedPrefixCounter"))
        + tag("accepted-prefix-count", one.count(family, "acceptedPrefixCounter"))
        + tag("suppressed-prefix-count", 0)
        + tag("advertised-prefix-count", one.count(family, "sentPrefixCounter"))
        + tag("send-state", "in sync")
        + "</bgp-rib>"
        for family, name in RIBS.items()
        if f"ipv{family}Unicast" in one.told.get("addressFamilyInfo", {}) and one.state == "Established"
    )


def peer(one: Neighbour) -> str:
    """Return one neighbour of get-bgp-neighbor-information."""
    messages = one.told.get("messageStats", {})
    options = (
        "<bgp-option-information>"
        + tag("bgp-options", "Preference HoldTime")
        + tag("bgp-options-extended", "Shutdown" if one.is_off else "GracefulShutdownRcv")
        + tag("holdtime", int(one.told.get("bgpTimerConfiguredHoldTimeMsecs", 90000)) // 1000)
        + "</bgp-option-information>"
    )
    parts = {
        "peer-address": f"{one.address}+179",
        "peer-as": one.told["remoteAs"],
        "local-address": f"{one.local_address}+179" if one.local_address else "Unspecified",
        "local-as": one.told["localAs"],
        "description": one.told.get("nbrDesc", ""),
        "peer-state": "Idle" if one.is_off else one.state,
        "peer-id": one.told.get("remoteRouterId", "0.0.0.0"),
        "local-id": one.told.get("localRouterId", "0.0.0.0"),
        "peer-fwd-rti": "master" if one.vrf == "default" else one.vrf,
        "flap-count": one.told.get("connectionsDropped", 0),
        "last-state": "Idle",
        "last-event": "Start",
        "active-holdtime": int(one.told.get("bgpTimerHoldTimeMsecs", 0)) // 1000,
        "keepalive-interval": int(one.told.get("bgpTimerKeepAliveIntervalMsecs", 0)) // 1000,
        "input-messages": messages.get("totalRecv", 0),
        "output-messages": messages.get("totalSent", 0),
        "input-updates": messages.get("updatesRecv", 0),
        "output-updates": messages.get("updatesSent", 0),
        "peer-4byte-as-capability-advertised": one.told["remoteAs"],
    }
    return f"<bgp-peer>{''.join(tag(*part) for part in parts.items())}{options}{ribs(one)}</bgp-peer>"


def summarised(one: Neighbour) -> str:
    """Return one neighbour of get-bgp-summary-information."""
    return (
        f"<bgp-peer>{tag('peer-address', one.address)}"
        f'<elapsed-time seconds="{one.uptime}">{one.uptime}</elapsed-time>{ribs(one)}</bgp-peer>'
    )
