"""Edits of links, routers and what is said of them."""

from random import Random
from typing import Final

from hanse.network.wanted.links import LinkStatus, Medium
from hanse.network.wanted.nodes import NodeStatus, Role
from hanse.network.wanted.ports import PortKind
from hanse_lab.soak.edits import GENERAL, Edit, put, put_below, removed, toggled
from hanse_lab.soak.present import Kind, Present, edit, free, one_of

COSTS: Final = (1, 5, 10, 20, 50, 100, 200, 400)
WORDS: Final = ("north wall", "rack 7", "behind the mill", "Müller & Co.", "spare; ask first", "#1 (left)")
TAGS: Final = ("spare", "watched", "indoors")
RINGS: Final = ("links", "tunnels")  # kinds that OSPF goes over


def _way(present: Present, chance: Random) -> tuple[str, str] | None:
    """Return a link or a tunnel: its kind and its name."""
    return one_of(chance, ((kind, name) for kind in RINGS for name in present.tree.get(kind, {})))


def cost(present: Present, chance: Random) -> Edit | None:
    """Give a link or tunnel another cost, or that of its class again."""
    way = _way(present, chance)
    if way is None:
        return None
    new = chance.choice((None, *COSTS))
    return edit("cost", f"{'.'.join(way)} costs {new or 'what its class says'}", put(present.tree, *way, cost=new))


def link_class(present: Present, chance: Random) -> Edit | None:
    """Put a link into another class."""
    name = one_of(chance, present.network.links)
    classes = [one.name for one in present.network.link_classes.values() if one.medium is not Medium.TUNNEL]
    other = one_of(chance, (one for one in classes if name and one != present.network.links[name].link_class))
    if name is None or other is None:
        return None
    return edit("link class", f"links.{name} is of {other}", put(present.tree, "links", name, link_class=other))


def class_cost(present: Present, chance: Random) -> Edit | None:
    """Give all links of a class another cost."""
    name = one_of(chance, present.network.link_classes)
    if name is None:
        return None
    new = chance.choice(COSTS)
    return edit("class cost", f"link_classes.{name} costs {new}", put(present.tree, "link_classes", name, cost=new))


def hello(present: Present, chance: Random) -> Edit | None:
    """Let the links of a class ask each other more or less often: their adjacencies begin anew."""
    name = one_of(chance, present.network.link_classes)
    if name is None:
        return None
    new = chance.choice((1, 2, 3))
    return edit("hello", f"link_classes.{name}: hello {new} s", put(present.tree, "link_classes", name, hello=new))


def life_of_link(present: Present, chance: Random) -> Edit | None:
    """Take a link or tunnel to another place in its life."""
    way = _way(present, chance)
    if way is None:
        return None
    new = chance.choice(list(LinkStatus))
    said = None if new is LinkStatus.ACTIVE else str(new)
    return edit("life of a link", f"{'.'.join(way)} is {new}", put(present.tree, *way, status=said))


def drain(present: Present, chance: Random) -> Edit | None:
    """Drain a router, or restore it."""
    node = one_of(chance, present.routers())
    if node is None:
        return None
    new = None if node.status is NodeStatus.MAINTENANCE else str(NodeStatus.MAINTENANCE)
    return edit("drain", f"nodes.{node.name} is {new or 'active'}", put(present.tree, "nodes", node.name, status=new))


def link_removed(present: Present, chance: Random) -> Edit | None:
    """Remove a link or tunnel."""
    way = _way(present, chance)
    return edit("link removed", f"without {'.'.join(way)}", removed(present.tree, *way)) if way else None


def reflector(present: Present, chance: Random) -> Edit | None:
    """Make a router a route reflector, or no more one."""
    node = one_of(chance, present.routers())
    if node is None:
        return None
    roles = toggled(map(str, node.roles), str(Role.ROUTE_REFLECTOR))
    what = f"nodes.{node.name} is {', '.join(roles) or 'no reflector'}"
    return edit("reflector", what, put(present.tree, "nodes", node.name, roles=roles))


def tag(present: Present, chance: Random) -> Edit | None:
    """Give a router a tag, or take it away."""
    node = one_of(chance, present.routers())
    if node is None:
        return None
    name = chance.choice(sorted({*present.network.tags, *TAGS}))
    made = () if name in present.network.tags else (put(present.tree, "tags", name, description="of the soak"),)
    tags = toggled(node.tags, name)
    changed = put(present.tree, "nodes", node.name, tags=tags)
    return edit("tag", f"nodes.{node.name} has tags {', '.join(tags) or '(none)'}", *made, changed)


def description(present: Present, chance: Random) -> Edit | None:
    """Say something else about an object: nothing changes by that."""
    kinds = ("links", "tunnels", "segments", "sessions", "connections", "exchanges", "services", "vrfs", "label_paths")
    names = [(kind, name) for kind in kinds for name in present.tree.get(kind, {})]
    names += [("nodes", node.name) for node in present.routers() if node.ports]
    which = one_of(chance, names)
    if which is None:
        return None
    kind, name = which
    words = chance.choice(WORDS)
    if kind != "nodes":
        return edit("description", f"{kind}.{name}: {words}", put(present.tree, kind, name, description=words))
    port = chance.choice(sorted(present.network.nodes[name].ports))
    before = present.tree["nodes"][name]["ports"][port] or {}
    changed = put_below(present.tree, "nodes", name, "ports", port, {**before, "description": words})
    return edit("description", f"nodes.{name}.ports.{port}: {words}", changed)


def address(present: Present, chance: Random) -> Edit | None:
    """Give a port one more address, or take one of ours away."""
    ports = [
        (node.name, port.name)
        for node in present.routers()
        for port in node.ports.values()
        if port.kind is PortKind.PHYSICAL and not port.untagged and not port.vrf
    ]
    which = one_of(chance, ports)
    if which is None:
        return None
    node, port = which
    before = present.tree["nodes"][node]["ports"][port] or {}
    fixed = list(before.get("addresses", ()))
    ours = [one for one in fixed if one.startswith("10.78.")]
    number = present.network.nodes[node].number
    new = f"10.78.{number}.{1 + 8 * chance.randrange(30)}/29"
    addresses = [one for one in fixed if one not in ours] if ours else [*fixed, new]
    changed = put_below(present.tree, "nodes", node, "ports", port, {**before, "addresses": addresses})
    return edit("address", f"{node}:{port} has {', '.join(addresses) or 'no address'}", changed)


def veth(present: Present, chance: Random) -> Edit | None:
    """Lay a cable within a router, or take it out."""
    node = one_of(chance, present.routers())
    if node is None:
        return None
    there = [port.name for port in node.ports.values() if port.name.startswith("soak-")]
    ports = dict(present.tree["nodes"][node.name].get("ports", {}))
    if there:
        for name in there:
            del ports[name]
        what = f"{node.name} without its inner cable"
    else:
        mtu = chance.choice((1500, 1400))
        ports["soak-a"] = {"kind": "veth", "peer": "soak-b", "mtu": mtu, "addresses": [f"10.77.{node.number}.1/30"]}
        ports["soak-b"] = {"kind": "veth", "peer": "soak-a", "mtu": mtu}
        what = f"{node.name} with an inner cable"
    return edit("inner cable", what, put(present.tree, "nodes", node.name, ports=ports))


def static_route(present: Present, chance: Random) -> Edit | None:
    """Fix a route by hand, or remove one that was."""
    node = one_of(chance, (node for node in present.routers() if node.ports))
    if node is None:
        return None
    ours = [name for name in node.routes if name.startswith("soak-")]
    if ours and chance.random() < 0.5:
        changed = put_below(present.tree, "nodes", node.name, "routes", ours[0], None)
        return edit("static route", f"{node.name} without route {ours[0]}", changed)
    port = chance.choice(sorted(node.ports))
    number = free(int(name.rpartition("-")[2]) for name in ours)
    body = {"prefix": f"10.79.{16 * (node.number % 16) + number % 16}.0/24", "port": port}
    changed = put_below(present.tree, "nodes", node.name, "routes", f"soak-{number}", body)
    return edit("static route", f"{node.name}: {body['prefix']} by {port}", changed)


def space(present: Present, chance: Random) -> Edit | None:
    """Tell the world of one more prefix of ours, or of one less."""
    ours = present.tree[GENERAL].get("space", [])
    if not ours:
        return None
    new = chance.choice(("203.0.113.128/25", "2001:db8:800::/44"))
    return edit("own space", f"space: {new} or not", put(present.tree, GENERAL, "", space=toggled(ours, new)))


KINDS: Final = (
    Kind(name="cost", weight=8, draw=cost),
    Kind(name="link class", weight=3, draw=link_class),
    Kind(name="class cost", weight=2, draw=class_cost),
    Kind(name="hello", weight=1, draw=hello),
    Kind(name="life of a link", weight=6, draw=life_of_link),
    Kind(name="drain", weight=5, draw=drain),
    Kind(name="link removed", weight=5, draw=link_removed),
    Kind(name="reflector", weight=2, draw=reflector),
    Kind(name="tag", weight=3, draw=tag),
    Kind(name="description", weight=5, draw=description),
    Kind(name="address", weight=4, draw=address),
    Kind(name="inner cable", weight=3, draw=veth),
    Kind(name="static route", weight=3, draw=static_route),
    Kind(name="own space", weight=2, draw=space),
)
