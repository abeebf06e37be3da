"""Edits of what routers let in, and of services that several of them have."""

from random import Random
from typing import Any, Final

from hanse.network.wanted.services import Firewall
from hanse_lab.soak.edits import GENERAL, Edit, put, removed, toggled
from hanse_lab.soak.present import Kind, Present, edit, free, one_of

SSH: Final = 22  # every router of a lab answers there
SILENT: Final = 9  # and no router here


def service_added(present: Present, chance: Random) -> Edit | None:
    """Let in one more service, everywhere or at some routers."""
    number = free((int(name[4:]) for name in present.network.services if name.startswith("soak")), 1)
    first = 8000 + 10 * number
    body: dict[str, Any] = {"ports": [chance.choice((first, f"{first}-{first + 7}"))]}
    if chance.random() < 0.5:
        body["protocol"] = "udp"
    if chance.random() < 0.5:
        body["sources"] = ["10.20.0.0/16", "2001:db8:500::/44"]
    if chance.random() < 0.5:
        routers = [node.name for node in present.routers()]
        body["nodes"] = sorted(chance.sample(routers, min(2, len(routers))))
    return edit(
        "service added", f"services.soak{number}: {body}", put(present.tree, "services", f"soak{number}", **body)
    )


def service_removed(present: Present, chance: Random) -> Edit | None:
    """Let in one service fewer."""
    name = one_of(chance, present.network.services)
    return (
        edit("service removed", f"without services.{name}", removed(present.tree, "services", name)) if name else None
    )


def service_changed(present: Present, chance: Random) -> Edit | None:
    """Offer a service at one router more, or one fewer."""
    name = one_of(chance, present.network.services)
    node = one_of(chance, present.routers())
    if name is None or node is None:
        return None
    nodes = toggled(present.network.services[name].nodes, node.name)
    what = f"services.{name} at {', '.join(nodes) or 'all'}"
    return edit("service changed", what, put(present.tree, "services", name, nodes=nodes))


def firewall(present: Present, chance: Random) -> Edit | None:
    """Close all routers more, or less."""
    was = present.network.network.firewall
    new = chance.choice([one for one in Firewall if one is not was])
    said = None if new is Firewall.OPEN else str(new)
    return edit("firewall", f"routers are {new}", put(present.tree, GENERAL, "", firewall=said))


def manager(present: Present, chance: Random) -> Edit | None:
    """Let routers be managed from one more network, or from one fewer."""
    listed = present.tree[GENERAL].get("management_sources", [])
    if listed:
        return edit("managers", "from their own network", put(present.tree, GENERAL, "", management_sources=None))
    own = sorted({str(node.management.address.network) for node in present.network.nodes.values()})
    more = [*own, f"198.51.100.{16 * chance.randrange(8)}/28"]
    return edit("managers", f"from {', '.join(more)}", put(present.tree, GENERAL, "", management_sources=more))


def anycast_added(present: Present, chance: Random) -> Edit | None:
    """Have one more service at some routers: one that is well, or one that never is."""
    routers = [node.name for node in present.routers()]
    if len(routers) < 2:
        return None
    number = free((int(name[4:]) for name in present.network.anycasts if name.startswith("soak")), 1)
    nodes = sorted(chance.sample(routers, 2))
    body: dict[str, Any] = {
        "addresses": [f"10.84.0.{number}", f"fd20:84::{number:x}"],
        "nodes": nodes,
        "check": {"port": chance.choice((SSH, SSH, SILENT))},
    }
    what = f"anycasts.soak{number} at {', '.join(nodes)}, port {body['check']['port']}"
    return edit("anycast added", what, put(present.tree, "anycasts", f"soak{number}", **body))


def anycast_removed(present: Present, chance: Random) -> Edit | None:
    """Have one service fewer."""
    name = one_of(chance, present.network.anycasts)
    return (
        edit("anycast removed", f"without anycasts.{name}", removed(present.tree, "anycasts", name)) if name else None
    )


def anycast_changed(present: Present, chance: Random) -> Edit | None:
    """Have a service at one router more, or one fewer."""
    name = one_of(chance, present.network.anycasts)
    node = one_of(chance, present.routers())
    if name is None or node is None:
        return None
    nodes = toggled(present.network.anycasts[name].nodes, node.name)
    what = f"anycasts.{name} at {', '.join(nodes) or 'nobody'}"
    return edit("anycast changed", what, put(present.tree, "anycasts", name, nodes=nodes))


KINDS: Final = (
    Kind(name="service added", weight=4, draw=service_added),
    Kind(name="service removed", weight=2, draw=service_removed),
    Kind(name="service changed", weight=3, draw=service_changed),
    Kind(name="firewall", weight=2, draw=firewall, needs=("nft-inet",)),
    Kind(name="managers", weight=2, draw=manager),
    Kind(name="anycast added", weight=4, draw=anycast_added),
    Kind(name="anycast removed", weight=2, draw=anycast_removed),
    Kind(name="anycast changed", weight=3, draw=anycast_changed),
)
