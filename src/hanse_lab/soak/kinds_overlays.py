"""Edits of what lies upon links: segments, tunnels, VRFs, label paths."""

from random import Random
from typing import Any, Final

from hanse.network.wanted.links import Medium
from hanse.network.wanted.ports import PortKind
from hanse.network.wanted.segments import SegmentKind
from hanse.network.wanted.tunnels import TunnelKind
from hanse_lab.places.needs import OF_TUNNELS
from hanse_lab.soak.edits import Change, Edit, put, put_below, removed, toggled
from hanse_lab.soak.present import Kind, Present, edit, free, one_of

MTU: Final = 1400  # of hosts: it fits through any link


def segment_added(present: Present, chance: Random) -> Edit | None:
    """Make a segment of some routers, with a gateway or without."""
    routers = [node.name for node in present.routers()]
    if len(routers) < 2:
        return None
    number = free((one.number for one in present.network.segments.values()), 1)
    members = sorted(chance.sample(routers, chance.randint(2, min(4, len(routers)))))
    body: dict[str, Any] = {"number": number, "nodes": members, "mtu": MTU}
    if chance.random() < 0.5:
        third = number % 200
        body |= {"kind": str(SegmentKind.ACCESS), "gateways": [f"10.80.{third}.1/24", f"fd20:80:{third:x}::1/64"]}
        if chance.random() < 0.5:
            body["dhcp"] = {"first": f"10.80.{third}.10", "last": f"10.80.{third}.99"}
    name = f"soak{number}"
    what = f"segments.{name} ({body.get('kind', 'bridged')}) at {', '.join(members)}"
    return edit("segment added", what, put(present.tree, "segments", name, **body))


def segment_removed(present: Present, chance: Random) -> Edit | None:
    """Remove a segment; its ports are free again."""
    name = one_of(chance, present.network.segments)
    if name is None:
        return None
    freed = [change for node in present.network.nodes for change in _freed(present, node, name)]
    return edit("segment removed", f"without segments.{name}", *freed, removed(present.tree, "segments", name))


def _freed(present: Present, node: str, segment: str) -> list[Change]:
    ports = present.tree["nodes"][node].get("ports", {})
    if not any(body and _is_of(body, segment) for body in ports.values()):
        return []
    left = {name: _without(body or {}, segment) for name, body in ports.items()}
    return [put(present.tree, "nodes", node, ports=left)]


def _is_of(port: dict[str, Any], segment: str) -> bool:
    return port.get("untagged") == segment or segment in port.get("tagged", ())


def _without(port: dict[str, Any], segment: str) -> dict[str, Any]:
    kept = {word: value for word, value in port.items() if not (word == "untagged" and value == segment)}
    if "tagged" in kept:
        kept["tagged"] = [one for one in kept["tagged"] if one != segment]
    return kept


def segment_member(present: Present, chance: Random) -> Edit | None:
    """Make a router a member of a segment, or no more one."""
    name = one_of(chance, present.network.segments)
    node = one_of(chance, present.routers())
    if name is None or node is None:
        return None
    members = toggled(present.network.segments[name].nodes, node.name)
    what = f"segments.{name} is at {', '.join(members) or 'nobody by name'}"
    return edit("segment member", what, put(present.tree, "segments", name, nodes=members))


def segment_port(present: Present, chance: Random) -> Edit | None:
    """Plug a port into a segment, or out of it."""
    plugged = [
        (node.name, port.name)
        for node in present.routers()
        for port in node.ports.values()
        if port.untagged and port.kind is PortKind.PHYSICAL
    ]
    which = one_of(chance, (*plugged, *present.spare_ports()))
    segment = one_of(chance, present.network.segments)
    if which is None or segment is None:
        return None
    node, port = which
    before = present.tree["nodes"][node]["ports"][port] or {}
    after = {word: value for word, value in before.items() if word != "untagged"}
    if which not in plugged:
        after["untagged"] = segment
    changed = put_below(present.tree, "nodes", node, "ports", port, after)
    return edit("segment port", f"{node}:{port} is of {after.get('untagged', 'no segment')}", changed)


def tunnel_added(present: Present, chance: Random) -> Edit | None:
    """Lay one more tunnel between the two ends of one that is there, of any kind."""
    like = one_of(chance, present.network.tunnels)
    kinds = [kind for kind in TunnelKind if set(OF_TUNNELS[kind]) <= present.offers]
    classes = [one.name for one in present.network.link_classes.values() if one.medium is Medium.TUNNEL]
    kind, link_class = one_of(chance, kinds), one_of(chance, classes)
    if like is None or kind is None or link_class is None:
        return None
    number = free((one.number for one in present.network.tunnels.values()), 0)
    ends = present.tree["tunnels"][like]["ends"]
    body = {"number": number, "kind": str(kind), "link_class": link_class, "ends": ends}
    what = f"tunnels.soak{number} ({kind}) between {' and '.join(ends)}"
    return edit("tunnel added", what, put(present.tree, "tunnels", f"soak{number}", **body))


def vrf(present: Present, chance: Random) -> Edit | None:
    """Make a VRF with an interface of its own on a router, or remove it."""
    node = one_of(chance, present.routers())
    if node is None:
        return None
    number = 3000 + node.number
    name = f"soak{node.number}"
    port = f"soakv{node.number}"
    if name in present.network.vrfs:
        gone = put_below(present.tree, "nodes", node.name, "ports", port, None)
        return edit("vrf", f"without vrfs.{name}", gone, removed(present.tree, "vrfs", name))
    made = put(present.tree, "vrfs", name, number=number)
    body = {"kind": "dummy", "vrf": name, "addresses": [f"10.81.{node.number}.1/24"]}
    return edit(
        "vrf", f"vrfs.{name} on {node.name}", made, put_below(present.tree, "nodes", node.name, "ports", port, body)
    )


def vlan(present: Present, chance: Random) -> Edit | None:
    """Put a VLAN on a port, or remove it."""
    ports = [
        (node.name, port.name)
        for node in present.routers()
        for port in node.ports.values()
        if port.kind is PortKind.PHYSICAL and not port.parent and not port.untagged
    ]
    which = one_of(chance, ports)
    if which is None:
        return None
    node, parent = which
    name = f"{parent}.77"
    if name in present.network.nodes[node].ports:
        return edit("vlan", f"{node} without {name}", put_below(present.tree, "nodes", node, "ports", name, None))
    number = present.network.nodes[node].number
    body = {"parent": parent, "vlan": 77, "mtu": 1400, "addresses": [f"10.82.{number}.{chance.choice((1, 9, 17))}/29"]}
    return edit("vlan", f"{node} with {name}", put_below(present.tree, "nodes", node, "ports", name, body))


def dummy(present: Present, chance: Random) -> Edit | None:
    """Make an interface that goes nowhere, or remove it."""
    node = one_of(chance, present.routers())
    if node is None:
        return None
    if "soak-d" in node.ports:
        return edit(
            "dummy",
            f"{node.name} without its dummy",
            put_below(present.tree, "nodes", node.name, "ports", "soak-d", None),
        )
    body = {"kind": "dummy", "addresses": [f"10.83.{node.number}.1/24", f"fd20:83:{node.number:x}::1/64"]}
    return edit(
        "dummy", f"{node.name} with a dummy", put_below(present.tree, "nodes", node.name, "ports", "soak-d", body)
    )


def label_path(present: Present, chance: Random) -> Edit | None:
    """Lay a label path along one or two links, or remove one."""
    ours = [name for name in present.network.label_paths if name.startswith("soak")]
    if ours and chance.random() < 0.5:
        return edit("label path", f"without {ours[0]}", removed(present.tree, "label_paths", ours[0]))
    first = one_of(chance, present.network.links.values())
    if first is None:
        return None
    start, middle = (end.node for end in (first.ends if chance.random() < 0.5 else first.ends[::-1]))
    links = [first.name]
    nexts = [
        one.name
        for one in present.network.links.values()
        if one is not first and middle in {end.node for end in one.ends} and start not in {end.node for end in one.ends}
    ]
    links += chance.sample(nexts, min(1, len(nexts)))
    number = free((one.number for one in present.network.label_paths.values()), 0)
    made = put(present.tree, "label_paths", f"soak{number}", number=number, start=start, links=links)
    return edit("label path", f"label_paths.soak{number} from {start} by {', '.join(links)}", made)


def vpn(present: Present, chance: Random) -> Edit | None:
    """Make a VRF one network at all routers that have a port of it, by labels, or one of each router's own."""
    name = one_of(chance, present.network.vrfs)
    if name is None:
        return None
    new = not present.network.vrfs[name].vpn
    return edit("vpn", f"vrfs.{name}: vpn {new}", put(present.tree, "vrfs", name, vpn=new or None))


def ldp(present: Present, chance: Random) -> Edit | None:
    """Let the links of a class carry labels, or no more."""
    name = one_of(chance, present.network.link_classes)
    if name is None:
        return None
    new = not present.network.link_classes[name].ldp
    return edit("ldp", f"link_classes.{name}: ldp {new}", put(present.tree, "link_classes", name, ldp=new or None))


KINDS: Final = (
    Kind(name="segment added", weight=5, draw=segment_added, needs=("vxlan",)),
    Kind(name="segment removed", weight=3, draw=segment_removed, needs=("vxlan",)),
    Kind(name="segment member", weight=5, draw=segment_member, needs=("vxlan",)),
    Kind(name="segment port", weight=3, draw=segment_port, needs=("vxlan",)),
    Kind(name="tunnel added", weight=4, draw=tunnel_added, needs=("tun",)),
    Kind(name="vrf", weight=4, draw=vrf, needs=("vrf", "dummy")),
    Kind(name="vlan", weight=4, draw=vlan, needs=("vlan",)),
    Kind(name="dummy", weight=3, draw=dummy, needs=("dummy",)),
    Kind(name="label path", weight=4, draw=label_path, needs=("mpls",)),
    Kind(name="vpn", weight=2, draw=vpn, needs=("vrf", "mpls")),
    Kind(name="ldp", weight=1, draw=ldp, needs=("mpls",)),
)
