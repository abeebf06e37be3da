"""Where things are, and where numbers are taken from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from hanse.network.wanted.fields import Intent, ObjectName, PrefixField, Refers, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Intent):
    """A point on the Earth, WGS 84, in degrees: north and east are positive."""

    latitude: Annotated[float, Ge(-90), Le(90), "degrees, north is positive"]
    longitude: Annotated[float, Ge(-180), Le(180), "degrees, east is positive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Intent):
    """A place where routers stand."""

    name: ObjectName
    place: Annotated[Place | None, "where the map shows it"] = None
    region: Annotated[Text, "sites of one region stand together in lists"] = ""
    tags: Annotated[tuple[ObjectName, ...], Refers("tags", in_order=False)] = ()


class PoolUse(StrEnum):
    """What a pool's addresses are for. A network has at most one pool for each use and family."""

    LOOPBACK = "loopback"  # one address a node: router ID, iBGP
    LINK = "link"  # two addresses a link
    TUNNEL = "tunnel"  # two addresses a tunnel
    PUBLIC = "public"  # one more loopback address a node: the source of what it sends itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool(Intent):
    """A prefix from which addresses are taken, by number: adding an object never renumbers another."""

    name: ObjectName
    prefix: Annotated[PrefixField, "192.0.2.0/24 or 2001:db8::/64"]
    use: Annotated[PoolUse, "what its addresses are for: at most one pool for each use and family"]
