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
    Text,
    keyed_by,
)

Mtu = Annotated[int, Ge(576), Le(65535)]  # RFC 791: every IPv4 host takes 576 octets
VlanId = Annotated[int, Ge(1), Le(4094)]  # IEEE 802.1Q


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform(Intent):
    """A kind of router: the driver that reaches it, its arguments, and the dialect that is written for it."""

    name: ObjectName
    driver: ObjectName
    dialect: Text = ""  # empty: Hanse writes nothing for it
    arguments: Arguments = field(default_factory=dict)


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

    address: InterfaceAddressField
    port: InterfaceName = "mgmt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Login(Intent):
    """Credentials that differ from those of the settings; the password is a secret's name."""

    username: Text = ""
    password: Text = ""
    port: Annotated[int, Ge(1), Le(65535)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Port(Intent):
    """An interface. With a parent it is that parent's child: a VLAN. Addresses are those fixed by hand."""

    name: InterfaceName
    mtu: Mtu = 1500
    parent: Annotated[str, "name of a port"] = ""
    vlan: VlanId | None = None
    addresses: tuple[InterfaceAddressField, ...] = ()
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Intent):
    """A router. Its number (1, 2, ...) is its own for ever: addresses are taken by it."""

    name: HostName
    number: Annotated[int, Ge(1)]
    site: ObjectName
    platform: ObjectName
    management: Management
    status: NodeStatus = NodeStatus.ACTIVE
    roles: tuple[Role, ...] = ()
    ports: Annotated[Mapping[InterfaceName, Port], keyed_by("name")] = field(default_factory=dict)
    login: Login | None = None
    arguments: Arguments = field(default_factory=dict)
