"""What a neighbour may tell us and what it is told, by relationship: the economics of routing as one table.

Gao and Rexford, "Stable Internet Routing Without Global Coordination", 2001: customers before peers before
upstreams, and routes of peers and upstreams are told to customers only. RFC 8212: what is not said is refused.
"""

from dataclasses import dataclass
from typing import Final

from hanse.derive.spec import ExportPolicy, ImportPolicy
from hanse.network.values.addresses import Family, Prefix, family_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem, FamilyNumbers, Relationship, Session


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


def imports(network: Network, session: Session, family: Family) -> ImportPolicy:
    """Return what is taken from the neighbour of `session`."""
    terms = TERMS[session.relationship]
    neighbour = network.autonomous_systems[session.asn]
    return ImportPolicy(
        relationship=session.relationship,
        local_preference=terms.local_preference,
        max_prefixes=_max_prefixes(session, neighbour, terms, family),
        longest=_number(network.network.longest, family),
        default_route=terms.default_route_in,
        prefixes=_listed(neighbour, family) if terms.listed_prefixes_only else None,
        first_asn=terms.first_asn,
    )


def exports(session: Session) -> ExportPolicy:
    """Return what the neighbour of `session` is told; a customer hears a default route too where we have one."""
    terms = TERMS[session.relationship]
    return ExportPolicy(
        relationship=session.relationship,
        tells=terms.tells,
        default_route=session.relationship is Relationship.CUSTOMER,
    )


def _max_prefixes(session: Session, neighbour: AutonomousSystem, terms: Terms, family: Family) -> int:
    return _number(session.max_prefixes or neighbour.max_prefixes or terms.max_prefixes, family)


def _listed(neighbour: AutonomousSystem, family: Family) -> tuple[Prefix, ...]:
    return tuple(prefix for prefix in neighbour.prefixes if family_of(prefix) is family)


def _number(numbers: FamilyNumbers, family: Family) -> int:
    return numbers.ipv4 if family is Family.IPV4 else numbers.ipv6
