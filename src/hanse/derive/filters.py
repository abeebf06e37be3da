"""What one AS may announce: what we wrote down, and what the IRR says where it is asked to bound the AS."""

from collections.abc import Iterator
from typing import Final

from hanse.derive.around import Surroundings
from hanse.derive.spec import OriginList, PrefixList
from hanse.network.known.irr import Expansion
from hanse.network.known.known import Known
from hanse.network.values.addresses import Family, family_of
from hanse.network.values.asn import Asn
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.peering import AutonomousSystem, IrrFilter
from hanse.network.wanted.sessions import FamilyNumbers

Made = tuple[AutonomousSystem, Expansion | None, int]  # what a list is made of; the number is the longest prefix taken
# The list made last for each AS and family: thousands of sessions of an AS share one, and so do derivations that follow
# each other. Each value is replaced as a whole: any thread may read it.
_PREFIX_LISTS: Final[dict[tuple[Asn, Family], tuple[Made, PrefixList]]] = {}
_ORIGIN_LISTS: Final[dict[Asn, tuple[Made, OriginList]]] = {}


def _is_same(one: Made, other: Made) -> bool:
    return one[0] is other[0] and one[1] is other[1] and one[2] == other[2]


def prefix_list(network: Network, asn: Asn, family: Family, known: Known, *, always: bool) -> PrefixList | None:
    """Return the prefixes that `asn` is bound to, or None where it is not; `always`: what is not listed is refused."""
    other = network.autonomous_systems[asn]
    asked = is_bounded(other, IrrFilter.PREFIXES)
    if not (asked or always):
        return None
    expansion = known.expansions.get(registered_as(other)) if asked else None
    made: Made = (other, expansion, number_for(network.network.longest, family))
    kept = _PREFIX_LISTS.get((asn, family))
    if kept is None or not _is_same(kept[0], made):
        kept = _PREFIX_LISTS[asn, family] = made, _prefix_list(*made, family)
    return kept[1]


def _prefix_list(other: AutonomousSystem, expansion: Expansion | None, longest: int, family: Family) -> PrefixList:
    listed = tuple(prefix for prefix in other.prefixes if family_of(prefix) is family)
    there = frozenset(listed)
    more = (prefix for prefix in (expansion.of_family(family) if expansion else ()) if prefix not in there)
    return PrefixList(
        name=f"as{other.asn}_{family}",
        family=family,
        prefixes=(*listed, *more),
        longest=longest,
        why=f"autonomous_systems.{other.asn}",
    )


def origin_list(network: Network, asn: Asn, known: Known) -> OriginList | None:
    """Return the ASes from which routes of `asn` may come, or None where that is not bound."""
    other = network.autonomous_systems[asn]
    if not is_bounded(other, IrrFilter.ORIGINS):
        return None
    expansion = known.expansions.get(registered_as(other))
    made: Made = (other, expansion, 0)
    kept = _ORIGIN_LISTS.get(asn)
    if kept is None or not _is_same(kept[0], made):
        asns = tuple(sorted({asn, *(expansion.origins if expansion else ())}))
        found = OriginList(name=f"as{asn}_origins", asns=asns, why=f"autonomous_systems.{asn}")
        kept = _ORIGIN_LISTS[asn] = made, found
    return kept[1]


def missing(around: Surroundings, node: Node, known: Known) -> tuple[str, ...]:
    """Return a sentence for each neighbour of `node` that the IRR bounds and that it never told of."""
    asns = sorted({session.asn for session in around.sessions.get(node.name, ()) if session.status.is_installed})
    return tuple(_missing(around.network, asns, known))


def _missing(network: Network, asns: list[Asn], known: Known) -> Iterator[str]:
    for asn in asns:
        other = network.autonomous_systems[asn]
        if other.irr_filter is not IrrFilter.NONE and registered_as(other) not in known.expansions:
            yield (
                f"AS{asn} is bounded by the IRR, and {registered_as(other)} was never looked up: "
                f"`hanse irr update`, or set its irr_filter to none"
            )


def registered_as(other: AutonomousSystem) -> str:
    """Return the name under which the IRR is asked for an AS: its AS-SET, or the AS itself."""
    return other.as_set or f"AS{other.asn}"


def is_bounded(other: AutonomousSystem, by: IrrFilter) -> bool:
    """Say whether the IRR bounds the AS that way."""
    return other.irr_filter in {by, IrrFilter.BOTH}


def expansions_wanted(network: Network) -> tuple[str, ...]:
    """Return the names that the IRR has to be asked for, each once, in order."""
    bounded = (other for other in network.autonomous_systems.values() if other.irr_filter is not IrrFilter.NONE)
    return tuple(sorted({registered_as(other) for other in bounded}))


def number_for(numbers: FamilyNumbers, family: Family) -> int:
    """Return the number of one family."""
    return numbers.ipv4 if family is Family.IPV4 else numbers.ipv6
