"""How everything stands, wanted against seen, brought up to date whenever what is wanted is written.

`look_standings` does the same for every look at a router. All of it can be made anew by `rebuild`: a property test
holds the two against each other.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hanse.derive.affected import affected
from hanse.derive.devices import device_spec, device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.links import Link
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory
from hanse.network.wanted.problems import problems
from hanse.store import address_rows, revision, snapshot
from hanse.store.audit import ObjectChange
from hanse.store.expected import expected_of, keep
from hanse.store.memory import memories
from hanse.store.models import Deployment, RouterStanding
from hanse.store.revision import Head
from hanse.store.standing_rows import NEVER, link_fields, router_fields, session_fields
from hanse.store.standing_writes import settle_addresses, settle_links, settle_routers, settle_sessions

SHAPE: Final = 2  # of the rows: raise it when they have to hold something else, and all are made anew
NOBODY: Final = ""  # whose addresses are no router's
WITHOUT_ROUTERS: Final = frozenset({"pools", "exchanges", "autonomous_systems", "network"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A whole network that is about to be written, derived before the transaction begins."""

    network: Network
    specs: Mapping[str, DeviceSpec]


def prepare(network: Network) -> Prepared:
    """Derive every router of `network`, which has no problems."""
    return Prepared(network=network, specs=device_specs(network))


def write_wanted(
    changes: tuple[ObjectChange, ...], *, at: datetime, after: Head | None = None, prepared: Prepared | None = None
) -> Head:
    """Bring what is wanted to what `changes` say, and the standings with it. Call it inside a transaction.

    `prepared` is the network that comes out, if the caller knows it. A network that contradicts itself is written, and
    the standings stay behind until one follows that does not.

    :raises ChangedMeanwhile: see `snapshot.write`
    """
    if not changes:
        return after or revision.head()
    before = _network_before()
    head = snapshot.write(changes, at=at, after=after)
    if prepared:
        snapshot.remember(head, prepared.network)
    follow(before, at=at, specs=prepared.specs if prepared else None)
    return head


def _network_before() -> Network | None:
    try:
        return snapshot.load() if revision.is_followed(SHAPE) else None
    except (snapshot.NothingWanted, Contradictory):
        return None


def follow(before: Network | None, *, at: datetime, specs: Mapping[str, DeviceSpec] | None = None) -> None:
    """Bring the standings from `before` to what is wanted now, in the transaction that wrote it; None: all anew."""
    try:
        head, network = snapshot.load_at()
    except snapshot.NothingWanted:
        _write_all(revision.head(), None, {}, at)
        return
    if specs is None and problems(network):
        return
    if before is None:
        _write_all(head, network, specs or device_specs(network), at)
        return
    nodes = _reached(before, network)
    found = {node: specs[node] if specs else device_spec(network, node) for node in nodes if node in network.nodes}
    _write(head, network, found, nodes, at)
    if _is_about_prefixes(before, network):
        settle_addresses([NOBODY], address_rows.of_nobody(network))
    revision.mark_followed(head.token, SHAPE)


def rebuild(*, at: datetime) -> None:
    """Make all standings anew from what is wanted and what was seen. Call it inside a transaction."""
    follow(None, at=at)
    _note_latest_deployments(None)


def is_behind() -> bool:
    """Say whether the standings are not those of what is wanted, or of an older Hanse. One query, or two."""
    return not revision.is_followed(SHAPE) and (revision.head().number > 0 or snapshot.is_anything_wanted())


def catch_up(*, at: datetime) -> None:
    """Make the standings anew if they are behind. Call it inside a transaction."""
    if not is_behind():
        return
    if not revision.head().number:
        revision.add((), after=Head(), at=at)  # rows of a Hanse that did not count revisions
    rebuild(at=at)


def _reached(before: Network, network: Network) -> frozenset[str]:
    """Return the routers whose rows may differ."""
    sites = {
        name for name in before.sites.keys() | network.sites.keys() if before.sites.get(name) != network.sites.get(name)
    }
    at_sites = {node.name for side in (before, network) for node in side.nodes.values() if node.site in sites}
    return affected(before, network) | at_sites | _beside_restanding(before, network)


def _beside_restanding(before: Network, network: Network) -> frozenset[str]:
    """Return the routers with a link to one whose status differs: whether that link is to be up may differ too."""
    nodes = {
        name
        for name in before.nodes.keys() & network.nodes.keys()
        if before.nodes[name].status is not network.nodes[name].status
    }
    links = network.links.values() if nodes else ()
    return frozenset(end.node for link in links if any(one.node in nodes for one in link.ends) for end in link.ends)


def _is_about_prefixes(before: Network, network: Network) -> bool:
    return any(getattr(before, kind) != getattr(network, kind) for kind in WITHOUT_ROUTERS)


def _write_all(head: Head, network: Network | None, specs: Mapping[str, DeviceSpec], at: datetime) -> None:
    if network is None:
        settle_routers(None, {})
        settle_sessions(None, {})
        settle_links(None, {}, at)
        settle_addresses(None, ())
    else:
        _write(head, network, specs, None, at)
    revision.mark_followed(head.token, SHAPE)


def _write(
    head: Head, network: Network, specs: Mapping[str, DeviceSpec], nodes: Collection[str] | None, at: datetime
) -> None:
    """Write the rows of `nodes`, of all if it is None; `specs` has those of them that are wanted."""
    expected = {node: expected_of(network, spec) for node, spec in specs.items()}
    links = _links(network, specs)
    known = memories(None if nodes is None else {*specs, *(end.node for link in links for end in link.ends)})
    rows = {
        node: {**router_fields(one, known.get(node, NEVER)), "node": node, "token": head.token}
        for node, one in expected.items()
    }
    new = settle_routers(nodes, rows)
    settle_sessions(nodes, {node: session_fields(one, known.get(node, NEVER)) for node, one in expected.items()})
    settle_links(nodes, link_fields(network, links, known), at)
    addresses = (row for spec in specs.values() for row in address_rows.of_router(spec))
    if nodes is None:
        settle_addresses(None, (*addresses, *address_rows.of_nobody(network)))
    else:
        settle_addresses(nodes, addresses)
    if new and nodes is not None:
        _note_latest_deployments(new)
    keep(head.token, expected.values())


def _links(network: Network, nodes: Iterable[str]) -> tuple[Link, ...]:
    """Return the links at `nodes`, those too that are planned."""
    names = frozenset(nodes)
    return tuple(link for link in network.links.values() if any(end.node in names for end in link.ends))


def _note_latest_deployments(nodes: Collection[str] | None) -> None:
    """Put each router's latest deployment into its row, of `nodes` only if given."""
    rows = Deployment.objects.order_by("created_at", "pk")
    if nodes is not None:
        rows = rows.filter(node__in=list(nodes))
    latest = {row[0]: row for row in rows.values_list("node", "name", "stage", "created_at").iterator()}
    for node, name, stage, began in latest.values():
        note_deployment(node, name, stage, began)


def note_deployment(node: str, name: str, stage: str, began: datetime) -> None:
    """Put down where the latest deployment of a router stands; `began` is when it was put on record. One statement."""
    RouterStanding.objects.filter(node=node).update(deployment=name, stage=stage, deployed_at=began)


def note_stage(name: str, stage: str) -> None:
    """Put down where a deployment stands, if it is the latest of its router. One statement."""
    RouterStanding.objects.filter(deployment=name).update(stage=stage)


def note_drift(node: str, diff: str | None, error: str, at: datetime) -> None:
    """Put down what a look for drift found: a diff, empty if there is none; or why nobody knows. One statement.

    None: Hanse never installed anything there. An error leaves the diff of the last look that came about.
    """
    found = {} if error else {"drift": diff}
    RouterStanding.objects.filter(node=node).update(drift_at=at, drift_error=error, **found)
