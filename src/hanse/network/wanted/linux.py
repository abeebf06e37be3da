"""Which routers are Linux: there Hanse makes interfaces and tables; vendors' routers have theirs from elsewhere."""

from typing import Final

from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node

DRIVER: Final = "linux"
DIALECTS: Final = frozenset({"bird2", "exabgp", "frr", "gobgp", "openbgpd"})
VENDORS: Final = frozenset({"eos", "ios", "iosxr", "junos", "nxos"})  # dialects of routers that make their own
LONGEST_NAME: Final = 15  # characters of an interface's name (IFNAMSIZ with its end)


def is_linux(network: Network, node: Node) -> bool:
    """Say whether Hanse makes the interfaces of `node`; of a platform that nobody described nothing is known."""
    platform = network.platforms.get(node.platform)
    if platform is None or platform.dialect in VENDORS:
        return False
    return platform.driver == DRIVER or platform.dialect in DIALECTS
