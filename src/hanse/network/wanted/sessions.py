"""BGP sessions with other networks: what the neighbour is to us, and where the session stands in its life."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from annotated_types import Ge, Le, MaxLen, MinLen

from hanse.network.wanted.fields import AddressField, AsnField, Intent, ObjectName, Refers, Text
from hanse.network.wanted.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyNumbers(Intent):
    """A number for each address family."""

    ipv4: Annotated[int, Ge(0)]
    ipv6: Annotated[int, Ge(0)]


class Relationship(StrEnum):
    """What a neighbour is to us: it decides what is taken from it and what it is told."""

    CUSTOMER = "customer"  # takes its listed prefixes; tells it everything
    PEER = "peer"  # takes what is not ours nor bogus; tells ours and our customers'
    ROUTE_SERVER = "route-server"  # a peer whose AS is not in the path (RFC 7947)
    UPSTREAM = "upstream"  # takes everything that is not bogus, with a default route; tells ours and our customers'


class SessionStatus(StrEnum):
    """Where a session stands in its life, as its users know it."""

    REQUESTED = "requested"  # the other side was asked; nothing is installed
    PROVISIONING = "provisioning"  # agreed upon: installed, and the other side may not be ready
    ENABLED = "enabled"
    PRE_MAINTENANCE = "pre-maintenance"  # still up, soon worked upon: traffic is asked to leave it (RFC 8326)
    MAINTENANCE = "maintenance"  # switched off while somebody works
    POST_MAINTENANCE = "post-maintenance"  # up again, and watched
    DISABLED = "disabled"  # switched off
    DECOMMISSIONING = "decommissioning"  # switched off, soon to be removed
    DECOMMISSIONED = "decommissioned"  # removed from the router, kept here for the record

    @property
    def is_installed(self) -> bool:
        """Say whether the session stands in the router's configuration at all."""
        return self not in {SessionStatus.REQUESTED, SessionStatus.DECOMMISSIONED}

    @property
    def is_up(self) -> bool:
        """Say whether the session is wanted established; else it is configured and switched off."""
        return self in {
            SessionStatus.ENABLED,
            SessionStatus.PROVISIONING,
            SessionStatus.PRE_MAINTENANCE,
            SessionStatus.POST_MAINTENANCE,
        }


def _to(*others: SessionStatus) -> frozenset[SessionStatus]:
    return frozenset(others)


# From each status where a session may go next.
STEPS: Final[dict[SessionStatus, frozenset[SessionStatus]]] = {
    SessionStatus.REQUESTED: _to(
        SessionStatus.PROVISIONING, SessionStatus.ENABLED, SessionStatus.DISABLED, SessionStatus.DECOMMISSIONED
    ),
    SessionStatus.PROVISIONING: _to(
        SessionStatus.REQUESTED, SessionStatus.ENABLED, SessionStatus.DISABLED, SessionStatus.DECOMMISSIONING
    ),
    SessionStatus.ENABLED: _to(
        SessionStatus.PRE_MAINTENANCE,
        SessionStatus.MAINTENANCE,
        SessionStatus.DISABLED,
        SessionStatus.DECOMMISSIONING,
    ),
    SessionStatus.PRE_MAINTENANCE: _to(SessionStatus.MAINTENANCE, SessionStatus.ENABLED, SessionStatus.DISABLED),
    SessionStatus.MAINTENANCE: _to(
        SessionStatus.POST_MAINTENANCE, SessionStatus.ENABLED, SessionStatus.DISABLED, SessionStatus.DECOMMISSIONING
    ),
    SessionStatus.POST_MAINTENANCE: _to(SessionStatus.ENABLED, SessionStatus.MAINTENANCE, SessionStatus.DISABLED),
    SessionStatus.DISABLED: _to(
        SessionStatus.PROVISIONING, SessionStatus.ENABLED, SessionStatus.MAINTENANCE, SessionStatus.DECOMMISSIONING
    ),
    SessionStatus.DECOMMISSIONING: _to(SessionStatus.DISABLED, SessionStatus.ENABLED, SessionStatus.DECOMMISSIONED),
    SessionStatus.DECOMMISSIONED: _to(SessionStatus.REQUESTED, SessionStatus.PROVISIONING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Level):
    """BGP with one router of another network, one session for each of its addresses.

    On an exchange it names the `connection`; a direct one names our `node`.
    """

    name: ObjectName
    asn: Annotated[AsnField, Refers("autonomous_systems")]
    addresses: Annotated[tuple[AddressField, ...], MinLen(1), "the neighbour's: a session for each"]
    relationship: Annotated[Relationship, "what the neighbour is to us"]
    connection: Annotated[str, Refers("connections"), "on an exchange: ours there"] = ""
    node: Annotated[str, Refers("nodes"), "a direct session: our router"] = ""
    group: Annotated[str, Refers("groups"), "sessions that share what the group says"] = ""
    status: SessionStatus = SessionStatus.ENABLED
    vrf: Annotated[str, Refers("vrfs"), "a direct session: the routing table that it feeds; empty: the global one"] = ""
    local_addresses: Annotated[
        tuple[AddressField, ...], MaxLen(2), "ours, one a family, where the port's own is not meant"
    ] = ()
    local_asn: Annotated[AsnField | None, Refers("autonomous_systems"), "another AS number of ours"] = None
    password: Annotated[str, Refers("secrets"), "name of a secret"] = ""
    max_prefixes: Annotated[FamilyNumbers | None, "instead of those of the AS"] = None
    hold: Annotated[int, Ge(3), Le(65535), "seconds of silence until it is given up"] = 90  # RFC 4271 section 10
    keepalive: Annotated[
        int | None, Ge(1), Le(21845), "seconds between two signs of life; empty: a third of the hold time"
    ] = None
    multihop: Annotated[int | None, Ge(2), Le(255), "routers on the way at most: the TTL of our packets"] = None
    ttl_security: Annotated[
        int | None, Ge(1), Le(254), "hops away at most: packets from farther are dropped (GTSM, RFC 5082)"
    ] = None
    passive: Annotated[bool, "wait for the neighbour to connect"] = False
    bfd: Annotated[str, Refers("bfd_profiles"), "how fast a lost neighbour is noticed"] = ""
    service: Annotated[Text, "reference of a contract or ticket"] = ""
    description: Text = ""
