"""The MAC addresses of interfaces that routers make: taken by number and name, so that nobody has to hand them out."""

from hashlib import sha256

from hanse.network.wanted.nodes import Node


def made_mac(node: Node, interface: str) -> str:
    """Return the MAC address of an interface that `node` makes: locally administered, of one station (IEEE 802c).

    The answer depends on these two alone: a new interface never moves another one. That no two are the same is checked
    over the whole network (`checks_macs`).
    """
    octets = sha256(f"{node.number} {interface}".encode()).digest()[:5]
    return ":".join(("02", *(f"{octet:02x}" for octet in octets)))
