"""How a lab stands: its nodes and its cables, for people and for programs."""

from collections.abc import Iterator
from typing import Any, Final

from hanse_lab.folder import Record
from hanse_lab.plan import NodeKind, Place, Router, Speaker

WHERE: Final = {Place.HOST: "this machine", Place.UML: "a guest"}


def tree(record: Record) -> dict[str, Any]:
    """Return everything for `--json`."""
    return {
        "network": record.network,
        "place": record.place.value,
        "nodes": [_node(record, node) for node in record.plan.nodes],
        "cables": [
            {
                "name": cable.name,
                "ports": [str(plug) for plug in cable.plugs],
                "cut": cable.name in record.cut,
                "cut_ports": [str(plug) for plug in cable.plugs if str(plug) in record.cut],
            }
            for cable in record.plan.cables
        ],
    }


def _node(record: Record, node: Router | Speaker) -> dict[str, Any]:
    shared = {"name": node.name, "power": node.name in record.nodes}
    if isinstance(node, Router):
        return {**shared, "kind": NodeKind.ROUTER.value, "address": str(node.address.ip)}
    daemon = {"daemon": node.daemon.value, "asn": node.asn, "stopped": node.name in record.stopped}
    return {**shared, "kind": NodeKind.NEIGHBOUR.value, **daemon}


def lines(record: Record) -> Iterator[str]:
    """Return a line for each node and each cable."""
    yield f"{record.network}, on {WHERE[record.place]}, by {record.bridge}"
    for node in record.plan.nodes:
        yield f"  {node.name:<12} {_power(record, node):<9} {_what(node)}"
    for cable in record.plan.cables:
        yield f"  {cable.name:<24} {_carrier(record, cable.name):<4} {' '.join(map(str, cable.plugs))}"
    yield from (f"  {port} is unplugged" for port in record.cut if ":" in port)


def _power(record: Record, node: Router | Speaker) -> str:
    if node.name not in record.nodes:
        return "no power"
    return "stopped" if node.name in record.stopped else "on"


def _what(node: Router | Speaker) -> str:
    return f"ssh root@{node.address.ip}" if isinstance(node, Router) else f"{node.daemon} AS{node.asn}"


def _carrier(record: Record, cable: str) -> str:
    return "cut" if cable in record.cut else "ok"
