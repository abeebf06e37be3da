"""OSPF neighbours, from `birdc show ospf neighbors` of each OSPF protocol, and from FRR where that runs."""

import re
from ipaddress import ip_address
from typing import Final

from hanse.devices.linux.facts.bird_time import read_now
from hanse.devices.linux.facts.fact import Fact
from hanse.devices.linux.facts.frr import asked_of_frr, parts
from hanse.devices.linux.facts.frr_neighbours import QUESTIONS, read_frr_neighbours
from hanse.network.seen.device import OspfState, SeenOspfNeighbour

# Router ID, priority, state/role, dead time, interface, address. BIRD does not tell since when.
ROW: Final = re.compile(
    r"^(?P<id>\d+\.\d+\.\d+\.\d+)\s+\d+\s+(?P<state>[\w-]+?)(?:/\w+)?\s+(?P<dead>[\d.:-]+)\s+"
    r"(?P<interface>\S+)\s+(?P<address>[0-9a-fA-F.:]+)\s*$"
)

STATES: Final = {
    "down": OspfState.DOWN,
    "attempt": OspfState.ATTEMPT,
    "init": OspfState.INIT,
    "2-way": OspfState.TWO_WAY,
    "exstart": OspfState.EXSTART,
    "exchange": OspfState.EXCHANGE,
    "loading": OspfState.LOADING,
    "full": OspfState.FULL,
}


def read_ospf_neighbours(out: str) -> tuple[SeenOspfNeighbour, ...]:
    """Return the neighbours of both versions, by version, interface and router ID.

    OSPFv3 runs over link-local IPv6 addresses whatever it carries (RFC 5340), so the address tells the version.
    """
    bird, frr_now, frr = parts(out)
    rows = (found for found in map(ROW.match, bird.splitlines()) if found)
    seen = [_neighbour(row) for row in rows]
    if frr_now:
        seen += read_frr_neighbours(frr, read_now(frr_now))
    return tuple(sorted(seen, key=lambda one: (one.version, one.interface, one.router_id)))


def _neighbour(row: re.Match[str]) -> SeenOspfNeighbour:
    address = ip_address(row["address"])
    return SeenOspfNeighbour(
        version=2 if address.version == 4 else 3,
        interface=row["interface"],
        router_id=row["id"],
        address=address,
        state=STATES.get(row["state"].lower(), OspfState.DOWN),
    )


OSPF_NEIGHBOURS: Final = Fact(
    command=(
        "for p in $(birdc -r show protocols | awk '$2 == \"OSPF\" { print $1 }'); "
        f'do birdc -r show ospf neighbors "$p"; done; {asked_of_frr("zebra", *QUESTIONS)}'
    ),
    read=read_ospf_neighbours,
)
