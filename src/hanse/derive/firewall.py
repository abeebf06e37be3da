"""The firewall of a router: what comes in, from whom, in whose name, and what passes between its routing tables."""

from collections.abc import Iterator

from hanse.derive.around import Surroundings
from hanse.derive.entrances import entrances
from hanse.derive.firewall_spec import FirewallSpec, Opening, Passage, Rule, Source
from hanse.derive.openings import OPENINGS, Place
from hanse.derive.spec import DeviceSpec
from hanse.network.values.addresses import Prefix
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.services import Firewall


def firewall(around: Surroundings, node: Node, spec: DeviceSpec) -> FirewallSpec:
    """Return the firewall of `node`, whose spec is `spec` but for that."""
    network = around.network
    if network.network.firewall is not Firewall.CLOSED:
        return FirewallSpec(mode=network.network.firewall)
    place = Place(network=network, node=node, spec=spec)
    openings = tuple(opening for part in OPENINGS for opening in part(place))
    return FirewallSpec(
        mode=Firewall.CLOSED,
        rules=rules(openings, frozenset(one.name for one in spec.interfaces if one.vrf)),
        own=_own(place),
        not_own=tuple(_lent(network)),
        entrances=tuple(entrances(around, node, spec)),
        passages=tuple(passages(spec)),
    )


def rules(openings: tuple[Opening, ...], in_vrfs: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """Return `openings` as rules, in their order, those together that differ in their sources only.

    What one lets in from anywhere is not let in from somewhere besides. `in_vrfs` are interfaces.
    """
    found: dict[tuple[str, str, str], list[Opening]] = {}
    for opening in openings:
        found.setdefault((opening.protocol, _ports(opening), opening.interface), []).append(opening)
    return tuple(_rule(key, together, key[2] in in_vrfs) for key, together in found.items())


def _rule(key: tuple[str, str, str], together: list[Opening], in_vrf: bool) -> Rule:
    anywhere = next((opening for opening in together if not opening.sources), None)
    sources: dict[Prefix, Source] = {}
    for opening in together if anywhere is None else ():
        for prefix in opening.sources:
            sources.setdefault(prefix, Source(prefix=prefix, why=opening.why))
    return Rule(
        protocol=key[0],
        ports=key[1],
        interface=key[2],
        in_vrf=in_vrf,
        sources=tuple(sources.values()),
        why=(anywhere or together[0]).why,
    )


def _ports(opening: Opening) -> str:
    if opening.port is None:
        return ""
    return f"{opening.port}-{opening.until}" if opening.until not in {None, opening.port} else str(opening.port)


def _own(place: Place) -> tuple[Source, ...]:
    """Return the addresses that nobody outside may speak from, each network once."""
    general = place.network.network
    listed = (
        *(Source(prefix=prefix, why=f"network.space.{index}") for index, prefix in enumerate(general.space)),
        *(Source(prefix=pool.prefix, why=f"pools.{pool.name}") for pool in place.network.pools.values()),
        Source(prefix=place.node.management.address.network, why=f"nodes.{place.node.name}.management"),
    )
    first: dict[Prefix, Source] = {}
    for source in listed:
        first.setdefault(source.prefix, source)
    return tuple(first[prefix] for prefix in sorted(first, key=lambda prefix: (prefix.version, prefix)))


def _lent(network: Network) -> Iterator[Source]:
    """Yield what other networks have of our space: they may have another way to the world, and use it."""
    for asn in sorted(network.autonomous_systems):
        for index, prefix in enumerate(network.autonomous_systems[asn].prefixes):
            if any(_is_within(prefix, ours) for ours in network.network.space):
                yield Source(prefix=prefix, why=f"autonomous_systems.{asn}.prefixes.{index}")


def _is_within(prefix: Prefix, ours: Prefix) -> bool:
    return prefix.version == ours.version and prefix.prefixlen >= ours.prefixlen and prefix.network_address in ours


def passages(spec: DeviceSpec) -> Iterator[Passage]:
    """Yield what may pass from each table to others, the global one first; nothing where it is the only one.

    A table reaches its own interfaces, and those of the tables that it takes routes from. That of a VPN leaves over the
    links that carry labels: nothing but a label leads there.
    """
    inside = {vrf.name: (vrf.device, *vrf.interfaces) for vrf in spec.vrfs}
    if not inside:
        return
    everything = tuple(name for names in inside.values() for name in names)
    taken = {leak.source for leak in spec.leaks}
    yield Passage(
        entrances=everything,
        barred=tuple(name for vrf, names in inside.items() if vrf not in taken for name in names),
        why="",
    )
    for vrf in spec.vrfs:
        reached = {vrf.name, *(leak.source for leak in vrf.leaks)}
        if "" in reached:
            barred = tuple(name for other, names in inside.items() if other not in reached for name in names)
            yield Passage(vrf=vrf.name, entrances=inside[vrf.name], barred=barred, why=vrf.why)
        else:
            ways = tuple(name for other, names in inside.items() if other in reached for name in names)
            labelled = tuple(one.name for one in spec.labels.interfaces) if vrf.vpn else ()
            yield Passage(vrf=vrf.name, entrances=inside[vrf.name], ways=ways + labelled, why=vrf.why)
