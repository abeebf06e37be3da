"""Platforms, routers and their ports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from hanse.network.wanted.fields import (
    Arguments,
    HostName,
    Intent,
    InterfaceAddressField,
    InterfaceName,
    ObjectName,
    Refers,
    Text,
    keyed_by,
)

Mtu = Annotated[int, Ge(576), Le(65535)]  # RFC 791: every IPv4 host takes 576 octets
VlanId = Annotated[int, Ge(1), Le(4094)]  # IEEE 802.1Q


class Extent(StrEnum):
    """How much of a router's configuration is ours."""

    OWNED = "owned"  # what Hanse named or derived; what others configured beside it stays
    WHOLE = "whole"  # all of it: what is not in our text leaves the router


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform(Intent):
    """A kind of router: the driver that reaches it, its arguments, and the dialect that is written for it."""

    name: ObjectName
    driver: Annotated[ObjectName, Refers("drivers"), "what reaches it: linux, or a NAPALM driver"]
    dialect: Annotated[Text, Refers("dialects"), "what Hanse writes for it; empty: nothing"] = ""
    extent: Annotated[Extent, "how much of the configuration is ours"] = Extent.OWNED
    arguments: Annotated[Arguments, "of the driver, as YAML"] = field(default_factory=dict)


class Role(StrEnum):
    """What a router does besides forwarding."""

    ROUTE_REFLECTOR = "route-reflector"  # RFC 4456


class NodeStatus(StrEnum):
    """Where a router stands in its life. What others are told about it does not depend on it."""

    PLANNED = "planned"  # it is not there yet: nobody asks it, nothing is installed
    ACTIVE = "active"
    MAINTENANCE = "maintenance"  # somebody works on it: it is polled, and what goes wrong there alarms nobody
    OFFLINE = "offline"  # it is switched off for a while: nobody asks it, nothing is installed

    @property
    def is_asked(self) -> bool:
        """Say whether the router is there to be asked."""
        return self in {NodeStatus.ACTIVE, NodeStatus.MAINTENANCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Management(Intent):
    """The way to a router that must survive everything: its address and the port that carries it."""

    address: Annotated[InterfaceAddressField, "with its length: 198.51.100.1/24"]
    port: Annotated[InterfaceName, "the interface that carries it"] = "mgmt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login(Intent):
    """Credentials that differ from those of the settings; the password is a secret's name."""

    username: Text = ""
    password: Annotated[Text, Refers("secrets"), "name of a secret"] = ""
    port: Annotated[int, Ge(1), Le(65535), "of SSH, or what the driver speaks"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Port(Intent):
    """An interface. With a parent it is that parent's child: a VLAN. Addresses are those fixed by hand."""

    name: InterfaceName
    mtu: Annotated[Mtu, "octets of the largest packet"] = 1500
    parent: Annotated[str, "name of a port"] = ""
    vlan: Annotated[VlanId | None, "its number on the parent"] = None
    addresses: Annotated[tuple[InterfaceAddressField, ...], "those fixed by hand, with their length"] = ()
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Intent):
    """A router. Its number (1, 2, ...) is its own for ever: addresses are taken by it."""

    name: HostName
    number: Annotated[int, Ge(1), "its own for ever: addresses are taken by it"]
    site: Annotated[ObjectName, Refers("sites")]
    platform: Annotated[ObjectName, Refers("platforms")]
    management: Management
    status: NodeStatus = NodeStatus.ACTIVE
    roles: tuple[Role, ...] = ()
    ports: Annotated[Mapping[InterfaceName, Port], keyed_by("name")] = field(default_factory=dict)
    login: Annotated[Login | None, "where it differs from the settings"] = None
    arguments: Annotated[Arguments, "of the driver, besides those of the platform, as YAML"] = field(
        default_factory=dict
    )
    context: Annotated[Arguments, "words for templates, as YAML"] = field(default_factory=dict)
    tags: Annotated[tuple[ObjectName, ...], Refers("tags", in_order=False)] = ()
