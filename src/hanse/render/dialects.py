"""Which texts make up a router's configuration, by dialect."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a Linux router and the template that writes it; without a path, the text of a vendor's router."""

    path: str
    template: str
    mode: int = 0o644
    owner: str = "root"


LINUX: Final = (
    Part(path="/etc/network/interfaces", template="ifupdown2/interfaces.j2"),
    Part(path="/etc/nftables.conf", template="nftables/nftables.conf.j2"),
    Part(path="/etc/sysctl.d/90-hanse.conf", template="linux/sysctl.conf.j2"),
)

# The name that a platform gives as its dialect -> its parts.
DIALECTS: Final = {
    "bird2": (
        *LINUX,
        Part(path="/etc/bird/bird.conf", template="bird2/bird.conf.j2", mode=0o640, owner="bird"),
    ),
    "eos": (Part(path="", template="eos/bgp.j2"),),
    "ios": (Part(path="", template="ios/bgp.j2"),),
    "iosxr": (Part(path="", template="iosxr/bgp.cfg.j2"),),
    "junos": (Part(path="", template="junos/bgp.conf.j2"),),
    "nxos": (Part(path="", template="nxos/bgp.j2"),),
}
