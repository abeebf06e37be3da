"""Other networks and how we exchange routes with them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MinLen

from hanse.network.wanted.fields import (
    AddressField,
    AsnField,
    HostName,
    Intent,
    InterfaceName,
    ObjectName,
    PrefixField,
    Refers,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyNumbers(Intent):
    """A number for each address family."""

    ipv4: Annotated[int, Ge(0)]
    ipv6: Annotated[int, Ge(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutonomousSystem(Intent):
    """Another network. `prefixes` are those it may announce as our customer."""

    asn: AsnField
    name: Text = ""
    max_prefixes: Annotated[FamilyNumbers | None, "more than these end a session"] = None
    prefixes: Annotated[tuple[PrefixField, ...], "those that it may announce as our customer"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Intent):
    """An Internet exchange: its peering LAN's prefixes."""

    name: ObjectName
    lan: Annotated[tuple[PrefixField, ...], MinLen(1), "prefixes of the peering LAN"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection(Intent):
    """One of our ports on an exchange, with our addresses there."""

    name: ObjectName
    exchange: Annotated[ObjectName, Refers("exchanges")]
    node: Annotated[HostName, Refers("nodes")]
    port: Annotated[InterfaceName, "the router's interface on the exchange"]
    addresses: Annotated[tuple[AddressField, ...], MinLen(1), "ours on the exchange"]


class Relationship(StrEnum):
    """What a neighbour is to us: it decides what is taken from it and what it is told."""

    CUSTOMER = "customer"  # takes its listed prefixes; tells it everything
    PEER = "peer"  # takes what is not ours nor bogus; tells ours and our customers'
    ROUTE_SERVER = "route-server"  # a peer whose AS is not in the path (RFC 7947)
    UPSTREAM = "upstream"  # takes everything that is not bogus, with a default route; tells ours and our customers'


class SessionStatus(StrEnum):
    """Where a session stands in its life, as its users know it."""

    REQUESTED = "requested"
    PROVISIONING = "provisioning"
    ENABLED = "enabled"
    PRE_MAINTENANCE = "pre-maintenance"
    MAINTENANCE = "maintenance"
    POST_MAINTENANCE = "post-maintenance"
    DISABLED = "disabled"
    DECOMMISSIONING = "decommissioning"
    DECOMMISSIONED = "decommissioned"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Intent):
    """BGP with one router of another network, one session for each of its addresses.

    On an exchange it names the `connection`; a direct one names our `node`.
    """

    name: ObjectName
    asn: Annotated[AsnField, Refers("autonomous_systems")]
    addresses: Annotated[tuple[AddressField, ...], MinLen(1), "the neighbour's: a session for each"]
    relationship: Annotated[Relationship, "what the neighbour is to us"]
    connection: Annotated[str, Refers("connections"), "on an exchange: ours there"] = ""
    node: Annotated[str, Refers("nodes"), "a direct session: our router"] = ""
    status: SessionStatus = SessionStatus.ENABLED
    password: Annotated[str, Refers("secrets"), "name of a secret"] = ""
    max_prefixes: Annotated[FamilyNumbers | None, "instead of those of the AS"] = None
    hold: Annotated[int, Ge(3), Le(65535), "seconds of silence until it is given up"] = 90  # RFC 4271 section 10
    description: Text = ""
