"""The cable plant: a namespace that holds the middle of every cable, and the management network beside it.

Each cable is a bridge there, with one veth to each port: cutting it takes the carrier from both ends.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_interface
from pathlib import Path
from typing import Final

from hanse.network.values.addresses import Prefix, overlap
from hanse_lab.commands import SURROUNDINGS, outcome, run
from hanse_lab.errors import CannotRunHere
from hanse_lab.folder import naming
from hanse_lab.nodes.life import Running
from hanse_lab.places.machine import HERE, Machine, batch
from hanse_lab.plan import Cable, LabPlan, Plug, Router
from hanse_lab.processes import MARK

# Neither spanning tree nor snooping may hold back OSPF's multicast; LLDP passes (bits 3 to 15).
BRIDGE: Final = "type bridge stp_state 0 mcast_snooping 0 group_fwd_mask 65528"
LACP_TOO: Final = "type bridge_slave group_fwd_mask 65532"  # bit 2, which Linux lets a port have and a whole bridge not
LARGEST: Final = 9216  # octets: what the plant carries; a port's own MTU is the router's affair


@dataclass(frozen=True, slots=True)
class Plant:
    """The namespace of the cables: `pid` is the process that holds it, as its machine counts."""

    pid: int
    machine: Machine

    def inside(self, *words: str) -> tuple[str, ...]:
        """Return the command of its machine that runs `words` among the cables."""
        return ("nsenter", "--net", "--target", str(self.pid), "--", *words)

    def batch(self, lines: Sequence[str]) -> None:
        """Give all `lines` to one `ip -batch` among the cables.

        :raises CommandFailed:
        """
        batch(self.machine, lines, before=self.inside())


def open_plant(lab: Path, machine: Machine) -> Plant:
    """Start the namespace of the cables."""
    script = "sysctl -qw net.ipv6.conf.default.disable_ipv6=1; echo $$; exec >&2; exec sleep infinity"
    words = ("unshare", "--net", "/bin/sh", "-c", script)
    return Plant(int(machine.hear(words, log=lab / "log" / "plant.log", env=SURROUNDINGS | {MARK: str(lab)})), machine)


def bridge_of(plan: LabPlan, cable: Cable) -> str:
    """Return the cable's bridge in the plant."""
    return f"c{plan.cables.index(cable)}"


def middle_of(plan: LabPlan, plug: Plug) -> str:
    """Return the plant's end of the veth that leads to `plug`."""
    for index, cable in enumerate(plan.cables):
        if plug in cable.plugs:
            return f"c{index}p{cable.plugs.index(plug)}"
    raise KeyError(str(plug))


def hardware_address(plug: Plug) -> str:
    """Return the port's own MAC address: a router keeps it over a power cut, and its neighbours need not learn it anew.

    It is locally administered (IEEE 802, the bit of value 2 in the first octet).
    """
    octets = sha256(str(plug).encode()).digest()[:5]
    return "02:" + ":".join(f"{octet:02x}" for octet in octets)


def _veth_to(plug: Plug, pid: int) -> str:
    return f"type veth peer name {plug.port} address {hardware_address(plug)} netns {pid}"


def lay(plan: LabPlan, plant: Plant) -> None:
    """Make the bridges of all cables."""
    bridges = [bridge_of(plan, cable) for cable in plan.cables]
    plant.batch([line for name in bridges for line in (f"link add {name} {BRIDGE}", f"link set {name} up")])


def plug_in(plan: LabPlan, plant: Plant, node: Running) -> None:
    """Put the node's cables into its ports, dark as yet."""
    lines = []
    for cable in plan.cables:
        for plug in cable.plugs:
            if plug.node == node.name:
                middle = middle_of(plan, plug)
                lines += [
                    f"link add {middle} mtu {LARGEST} {_veth_to(plug, node.pid)}",
                    f"link set {middle} master {bridge_of(plan, cable)}",
                    f"link set {middle} {LACP_TOO}",
                ]
    plant.batch(lines)


def pull_out(plan: LabPlan, plant: Plant, node: str, bridge: str) -> None:
    """Take the cables out of a node that has lost its power; its kernel gives its ports up in its own time."""
    ends = {middle_of(plan, plug) for cable in plan.cables for plug in cable.plugs if plug.node == node}
    for end in sorted(ends):
        plant.machine.outcome(plant.inside("ip", "link", "del", end))  # the kernel may be quicker
    if cable := management_cable(plan, node, bridge):
        plant.machine.outcome(("ip", "link", "del", cable))


def light(plan: LabPlan, plant: Plant, lit: Iterable[Plug], *, present: frozenset[str]) -> None:
    """Give carrier to the ports of `lit` and take it from all others, on the nodes that are `present`."""
    bright = frozenset(lit)
    plugs = [plug for cable in plan.cables for plug in cable.plugs if plug.node in present]
    plant.batch([f"link set {middle_of(plan, plug)} {'up' if plug in bright else 'down'}" for plug in plugs])


# The management network


def mark_of(lab: Path) -> str:
    """Return the alias that marks a link of this machine's own namespace as the lab's."""
    return f"hanse-lab {lab.name}"


def free_bridge_name() -> str:
    """Return a name that no interface of this machine has."""
    taken = set(os.listdir("/sys/class/net"))
    return next(name for name in (f"hanse{number}" for number in range(len(taken) + 1)) if name not in taken)


def open_management(routers: tuple[Router, ...], bridge: str, lab: Path) -> None:
    """Make the bridge over which this machine reaches its routers.

    :raises CannotRunHere: this machine uses their network already
    """
    networks = tuple(dict.fromkeys(router.address.network for router in routers))
    _check_free(networks)
    addresses = (own_address(network, routers) for network in networks)
    batch(
        HERE,
        [
            f"link add {bridge} {BRIDGE}",
            f'link set {bridge} alias "{mark_of(lab)}"',
            *(f"address add {address} dev {bridge}" for address in addresses),
            f"link set {bridge} up",
        ],
    )


def lengthen_management(machine: Machine, bridge: str, here: str, there: str) -> None:
    """Make the management network go on in a guest: `here` and `there` are the two ends of the way to it."""
    batch(HERE, [f"link set {here} master {bridge} up"])
    batch(machine, [f"link add {bridge} {BRIDGE}", f"link set {there} master {bridge} up", f"link set {bridge} up"])


def own_address(network: Prefix, routers: tuple[Router, ...]) -> str:
    """Return this machine's address in a management network, with its length: the highest that no router has."""
    taken = {router.address.ip for router in routers}
    last = network.num_addresses - (2 if network.version == 4 and network.prefixlen < 31 else 1)
    for index in range(last, -1, -1):
        if network[index] not in taken:
            return f"{network[index]}/{network.prefixlen}"
    raise CannotRunHere(f"the management network {network} has no address left for this machine")


def _check_free(networks: tuple[Prefix, ...]) -> None:
    for link in json.loads(run("ip", "-json", "address", "show")):
        for mine in link.get("addr_info", ()):
            used = ip_interface(f"{mine['local']}/{mine['prefixlen']}").network
            for network in networks:
                if overlap(used, network):
                    raise CannotRunHere(
                        f"the management network {network} is on {link['ifname']} already: is a lab up?"
                    )


def plug_in_management(plan: LabPlan, router: Router, node: Running, bridge: str) -> None:
    """Give a router its management port."""
    cable = management_cable(plan, router.name, bridge)
    port = Plug(node=router.name, port=router.management_port)
    batch(
        node.machine,
        [f"link add {cable} {_veth_to(port, node.pid)}", f"link set {cable} master {bridge} up"],
    )


def close_management(lab: Path) -> None:
    """Remove every link of this machine's own namespace that carries the lab's mark, and what hangs on it.

    Nobody else gets a name meanwhile: it could be one of those that are about to be removed.
    """
    with naming():
        for name in _marked(lab):
            outcome(("ip", "link", "del", name))  # the kernel may be quicker: its node is gone
    if left := _marked(lab):
        raise CannotRunHere(f"these links cannot be removed: {', '.join(left)}")


def _marked(lab: Path) -> tuple[str, ...]:
    links = json.loads(run("ip", "-json", "link", "show"))
    own = [link["ifname"] for link in links if link.get("ifalias") == mark_of(lab)]
    return tuple(dict.fromkeys((*(link["ifname"] for link in links if link.get("master") in own), *own)))


def management_cable(plan: LabPlan, name: str, bridge: str) -> str:
    """Return this machine's end of a router's management cable; empty for a neighbour, which has none."""
    return next((f"{bridge}-{index}" for index, router in enumerate(plan.routers) if router.name == name), "")


def light_management(plan: LabPlan, name: str, bridge: str, machine: Machine, state: str) -> None:
    """Give a router's management cable carrier (`up`), or take it away (`down`)."""
    batch(machine, [f"link set {management_cable(plan, name, bridge)} {state}"])
