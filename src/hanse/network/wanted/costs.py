"""What a link costs in OSPF: what was written, else what its capacity says."""

from typing import Final

from hanse.network.errors import WantedError
from hanse.network.wanted.links import Link
from hanse.network.wanted.network import Network
from hanse.network.wanted.tunnels import Tunnel

LARGEST: Final = 65535  # RFC 2328 appendix C.3


class NoCost(WantedError):
    """A link has no cost: neither it nor its class has one, and the class has no capacity."""


def cost_of(network: Network, link: Link | Tunnel) -> int:
    """Return the cost of `link`: its own, its class's, else reference bandwidth by capacity, from 1 to 65535.

    :raises NoCost: `problems` would have told
    """
    link_class = network.link_classes[link.link_class]
    written = link_class.cost if link.cost is None else link.cost
    if written is not None:
        return written
    if link_class.capacity is None:
        raise NoCost(f"{link.name} has no cost: give class {link_class.name} a cost or a capacity")
    return min(LARGEST, max(1, network.network.reference_bandwidth // link_class.capacity))
