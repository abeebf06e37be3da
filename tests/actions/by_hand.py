"""Sessions that somebody configured on a router by hand, in two VRFs and without telling anybody."""

from ipaddress import ip_address, ip_interface
from typing import Final

from actions.small_city import FILE, Town
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState, SeenSession
from hanse.network.seen.device import SeenInterface
from hanse.network.values.asn import Asn

BY_HAND: Final = 30
VENDORS: Final = FILE.replace("dialect: bird2", "dialect: eos")  # the town with routers whose dialect knows VRFs
PORT: Final = SeenInterface(name="eth1", is_enabled=True, is_up=True, addresses=(ip_interface("198.51.100.1/24"),))


def by_hand() -> tuple[SeenSession, ...]:
    """Return the sessions: the same neighbours in both VRFs."""
    return tuple(
        SeenSession(
            vrf=vrf,
            remote_address=ip_address(f"198.51.100.{number}"),
            remote_asn=Asn(64502 + number % 3),
            local_address=ip_address("198.51.100.1"),
            state=BgpState.ESTABLISHED,
            description=f"Neighbour {number}",
        )
        for vrf in (GLOBAL_VRF, "blue")
        for number in range(2, 2 + BY_HAND // 2)
    )


def configure_by_hand(place: Town) -> None:
    """Put the sessions, and the port that leads to them, on alpha."""
    alpha = place.devices["alpha"]
    alpha.sessions = (*alpha.sessions, *by_hand())
    alpha.interfaces = (*alpha.interfaces, PORT)
