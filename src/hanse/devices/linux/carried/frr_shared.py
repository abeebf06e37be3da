"""Lines that several daemons of FRR have in common: route maps and prefix lists.

vtysh gives such a line to the daemons that answer just then, and shows it when any one of them has it. A daemon that
was slower to start goes without, and frr-reload, which compares what vtysh shows, takes the line for done: the filter
of a neighbour would not be there. So each daemon is asked by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .tools import run
from .troubles import Failed

SHARERS: Final = ("zebra", "bgpd", "ospfd", "ospf6d")
SHARED: Final = re.compile(r"^(?:route-map|ip prefix-list|ipv6 prefix-list) \S.*$", re.MULTILINE)
FILTER: Final = "route-map "


def shared_in(text: str) -> set[str]:
    r"""Return the lines of a configuration that begin something shared.

    >>> sorted(shared_in("router bgp 64500\nip prefix-list OWN seq 5 permit any\nroute-map IN deny 10 \n match tag\n"))
    ['ip prefix-list OWN seq 5 permit any', 'route-map IN deny 10']
    """
    return {line.rstrip() for line in SHARED.findall(text)}


def missed(daemon: str, text: str) -> set[str]:
    """Return what a daemon does not have of them."""
    wanted = shared_in(text)
    return wanted - shared_in(run("vtysh", "-d", daemon, "-c", "show running-config").said) if wanted else set()


def give_again(text: str, running: Iterable[str]) -> None:
    """Let each daemon that missed something read the file by itself; sessions stay, what it has is as it was."""
    for daemon in sorted(set(running).intersection(SHARERS)):
        if missed(daemon, text):
            run("vtysh", "-b", "-n", "-d", daemon)


def insist(text: str, running: Iterable[str]) -> None:
    """Go on only if all route maps are where neighbours are filtered.

    :raises Failed:
    """
    if "bgpd" not in running:
        return
    lacks = sorted(line for line in missed("bgpd", text) if line.startswith(FILTER))
    if lacks:
        raise Failed(f"frr: bgpd has not taken in: {'; '.join(lacks[:10])}")
