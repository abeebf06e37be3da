"""The addresses of services, on an interface of their own: a dummy, or one end of a pair where the kernel has none.

ifupdown2 would take them off the loopback, where it knows every address.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Final

from .tools import run
from .troubles import Failed

DEVICE: Final = "anycast"
OTHER_END: Final = "anycast-end"


def is_there() -> bool:
    """Say whether the interface is there."""
    try:
        socket.if_nametoindex(DEVICE)
    except OSError:
        return False
    return True


def make() -> None:
    """Make the interface, if it is not there.

    :raises Failed:
    """
    if is_there():
        return
    code, said = run("ip", "link", "add", DEVICE, "type", "dummy")
    if code:
        code, said = run("ip", "link", "add", DEVICE, "type", "veth", "peer", "name", OTHER_END)
    if code:
        raise Failed(f"{DEVICE}: {said.strip()}")
    for name in (DEVICE, OTHER_END):  # routing daemons know nothing of an address without a carrier
        run("ip", "link", "set", name, "addrgenmode", "none")
        run("ip", "link", "set", name, "up")


def remove() -> None:
    """Remove the interface with all addresses: nobody is told of anything any more."""
    if is_there():
        run("ip", "link", "delete", DEVICE)


def present() -> set[str]:
    """Return the addresses that are there."""
    code, said = run("ip", "-json", "address", "show", "dev", DEVICE)
    if code:
        return set()
    listed = json.loads(said or "[]")
    return {one["local"] for link in listed for one in link.get("addr_info", ()) if one["scope"] != "link"}


def have(wanted: Iterable[str]) -> None:
    """Let these addresses be there and no others.

    :raises Failed:
    """
    make()
    there = present()
    goal = set(wanted)
    for address in sorted(there - goal):
        run("ip", "address", "delete", _with_length(address), "dev", DEVICE)
    for address in sorted(goal - there):
        more = ("nodad",) if ":" in address else ()
        code, said = run("ip", "address", "replace", _with_length(address), "dev", DEVICE, *more)
        if code:
            raise Failed(f"{address}: {said.strip()}")


def _with_length(address: str) -> str:
    return f"{address}/{ip_address(address).max_prefixlen}"
