"""What a neighbour may tell us and what it is told, by relationship: the economics of routing as one table.

Gao and Rexford, "Stable Internet Routing Without Global Coordination", 2001: customers before peers before
upstreams, and routes of peers and upstreams are told to customers only. RFC 8212: what is not said is refused.
"""

from dataclasses import dataclass
from typing import Final

from hanse.derive.filters import number_for, origin_list, prefix_list
from hanse.derive.spec import ExportPolicy, ImportPolicy, PolicySpec
from hanse.network.known.known import Known
from hanse.network.values.addresses import Family, Prefix, family_of
from hanse.network.wanted.inherited import communities_of, policies_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.policies import Direction, RoutingPolicy
from hanse.network.wanted.sessions import FamilyNumbers, Relationship, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one relationship means."""

    local_preference: int
    max_prefixes: FamilyNumbers  # where neither session nor AS says a number
    default_route_in: bool
    listed_prefixes_only: bool
    first_asn: bool  # paths begin with the neighbour's AS
    tells: tuple[Relationship, ...]  # whose routes it hears from us, besides our own


EVERYBODY: Final = tuple(Relationship)
TERMS: Final = {
    Relationship.CUSTOMER: Terms(
        local_preference=300,
        max_prefixes=FamilyNumbers(ipv4=50, ipv6=50),
        default_route_in=False,
        listed_prefixes_only=True,
        first_asn=True,
        tells=EVERYBODY,
    ),
    Relationship.PEER: Terms(
        local_preference=200,
        max_prefixes=FamilyNumbers(ipv4=1000, ipv6=500),
        default_route_in=False,
        listed_prefixes_only=False,
        first_asn=True,
        tells=(Relationship.CUSTOMER,),
    ),
    Relationship.ROUTE_SERVER: Terms(
        local_preference=190,
        max_prefixes=FamilyNumbers(ipv4=200_000, ipv6=50_000),
        default_route_in=False,
        listed_prefixes_only=False,
        first_asn=False,
        tells=(Relationship.CUSTOMER,),
    ),
    Relationship.UPSTREAM: Terms(
        local_preference=100,
        max_prefixes=FamilyNumbers(ipv4=1_500_000, ipv6=400_000),
        default_route_in=True,
        listed_prefixes_only=False,
        first_asn=True,
        tells=(Relationship.CUSTOMER,),
    ),
}


def imports(network: Network, session: Session, family: Family, known: Known) -> ImportPolicy:
    """Return what is taken from the neighbour of `session`."""
    terms = TERMS[session.relationship]
    return ImportPolicy(
        relationship=session.relationship,
        local_preference=terms.local_preference,
        max_prefixes=_max_prefixes(network, session, terms, family),
        longest=number_for(network.network.longest, family),
        default_route=terms.default_route_in,
        prefix_list=prefix_list(network, session.asn, family, known, always=terms.listed_prefixes_only),
        first_asn=terms.first_asn,
        origin_list=origin_list(network, session.asn, known),
        policies=policies(network, session, Direction.IMPORT, family),
        communities=tuple(one.value for one in communities_of(network, session, Direction.IMPORT)),
    )


def exports(network: Network, session: Session, family: Family) -> ExportPolicy:
    """Return what the neighbour of `session` is told; a customer hears a default route too where we have one."""
    terms = TERMS[session.relationship]
    return ExportPolicy(
        relationship=session.relationship,
        tells=terms.tells,
        default_route=session.relationship is Relationship.CUSTOMER,
        policies=policies(network, session, Direction.EXPORT, family),
        communities=tuple(one.value for one in communities_of(network, session, Direction.EXPORT)),
    )


def policies(network: Network, session: Session, way: Direction, family: Family) -> tuple[PolicySpec, ...]:
    """Return the rules for routes of `session` that go `way`, in order; one of prefixes of other families is none."""
    found = (
        (policy, tuple(prefix for prefix in policy.prefixes if family_of(prefix) is family))
        for policy in policies_of(network, session, way, family)
    )
    return tuple(_rule(network, policy, prefixes) for policy, prefixes in found if prefixes or not policy.prefixes)


def _rule(network: Network, policy: RoutingPolicy, prefixes: tuple[Prefix, ...]) -> PolicySpec:
    return PolicySpec(
        name=policy.name,
        prefixes=prefixes,
        with_communities=tuple(network.communities[name].value for name in policy.with_communities),
        refuse=policy.refuse,
        local_preference=policy.local_preference,
        med=policy.med,
        prepend=policy.prepend,
        communities=tuple(network.communities[name].value for name in policy.communities),
        text=policy.text,
        context=policy.context,
        why=f"routing_policies.{policy.name}",
    )


def _max_prefixes(network: Network, session: Session, terms: Terms, family: Family) -> int:
    neighbour = network.autonomous_systems[session.asn]
    return number_for(session.max_prefixes or neighbour.max_prefixes or terms.max_prefixes, family)
