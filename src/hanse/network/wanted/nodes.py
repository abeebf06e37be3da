"""Platforms and routers."""

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
from hanse.network.wanted.ports import Port
from hanse.network.wanted.vrfs import StaticRoute


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
    ROUTE_SERVER = "route-server"  # RFC 7947: it hands routes on among members of an exchange, and forwards nothing
    COLLECTOR = "collector"  # it hears all that our routers hear, tells nothing, and forwards nothing
    ANNOUNCER = "announcer"  # it tells our routers of the routes fixed on it, hears nothing, and forwards nothing
    ANTENNA = "antenna"  # it bridges a link of others: it is watched, has a management address, and routes nothing


class NodeStatus(StrEnum):
    """Where a router stands in its life. Its numbers stay its own in all of it."""

    PLANNED = "planned"  # it is not there yet: nobody asks it, nothing is installed, no other router knows of it
    STAGED = "staged"  # it is there and can be installed on, and no other router knows of it yet
    ACTIVE = "active"
    MAINTENANCE = "maintenance"  # somebody works on it: traffic goes around it, and what goes wrong alarms nobody
    OFFLINE = "offline"  # it is switched off for a while: nobody asks it; the others stay as they are, and are quiet

    @property
    def is_asked(self) -> bool:
        """Say whether the router is there to be asked."""
        return self in {NodeStatus.STAGED, NodeStatus.ACTIVE, NodeStatus.MAINTENANCE}

    @property
    def takes_part(self) -> bool:
        """Say whether the router is one of the network's: it has links, and other routers speak with it."""
        return self not in {NodeStatus.PLANNED, NodeStatus.STAGED}


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
    routes: Annotated[Mapping[ObjectName, StaticRoute], keyed_by("name")] = field(default_factory=dict)
    login: Annotated[Login | None, "where it differs from the settings"] = None
    arguments: Annotated[Arguments, "of the driver, besides those of the platform, as YAML"] = field(
        default_factory=dict
    )
    context: Annotated[Arguments, "words for templates, as YAML"] = field(default_factory=dict)
    tags: Annotated[tuple[ObjectName, ...], Refers("tags", in_order=False)] = ()
    height: Annotated[float, Ge(0), Le(10_000), "metres above the ground: where its antennas are"] | None = None

    @property
    def is_antenna(self) -> bool:
        """Say whether it is no router at all."""
        return Role.ANTENNA in self.roles

    @property
    def is_route_server(self) -> bool:
        """Say whether it speaks with members of an exchange alone, and with no router of ours."""
        return Role.ROUTE_SERVER in self.roles

    @property
    def is_collector(self) -> bool:
        """Say whether it hears our routers over the management network."""
        return Role.COLLECTOR in self.roles

    @property
    def is_announcer(self) -> bool:
        """Say whether it tells our routers of routes over the management network."""
        return Role.ANNOUNCER in self.roles

    @property
    def is_aside(self) -> bool:
        """Say whether it speaks with our routers over the management network alone."""
        return self.is_collector or self.is_announcer

    @property
    def is_speaker(self) -> bool:
        """Say whether it speaks BGP and forwards nothing."""
        return self.is_route_server or self.is_aside

    @property
    def takes_part(self) -> bool:
        """Say whether it is a router of the network now: other routers speak with it."""
        return self.status.takes_part and not self.is_antenna
