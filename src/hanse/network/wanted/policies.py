"""What may happen to routes besides what a relationship means: policies, communities, and how fast loss is seen."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from hanse.network.values.addresses import Family
from hanse.network.wanted.fields import (
    Arguments,
    CommunityField,
    Intent,
    ObjectName,
    PrefixField,
    Prose,
    Refers,
    Text,
)


class Direction(StrEnum):
    """Which way routes go."""

    IMPORT = "import"
    EXPORT = "export"
    BOTH = "both"

    def holds_for(self, way: "Direction") -> bool:
        """Say whether this counts for routes that go that way."""
        return self in {way, Direction.BOTH}


class PolicyFamily(StrEnum):
    """For which address family a policy is."""

    BOTH = "both"
    IPV4 = "ipv4"
    IPV6 = "ipv6"

    def holds_for(self, family: Family) -> bool:
        """Say whether this counts for sessions of `family`."""
        return self is PolicyFamily.BOTH or str(self) == str(family)


@dataclass(frozen=True, slots=True, kw_only=True)
class Community(Intent):
    """A BGP community with a name. Where a level lists it, it is put on the routes that go its way."""

    name: ObjectName
    value: Annotated[CommunityField, "64500:1, rt:64500:1, 64500:1:2, or a name such as no-export"]
    direction: Annotated[Direction, "on routes taken (import), told (export), or both"] = Direction.IMPORT
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingPolicy(Intent):
    """One rule for routes: which ones it is about, and what happens to them.

    A route is meant if it fits everything that is said here; a policy that says nothing of routes means all. Policies
    are gone through by weight, the smallest first: what a heavier one sets stands, and what any one refuses is refused.
    """

    name: ObjectName
    direction: Annotated[Direction, "for routes taken (import), told (export), or both"] = Direction.BOTH
    family: PolicyFamily = PolicyFamily.BOTH
    weight: Annotated[int, Ge(0), Le(65535), "the heaviest has the last word, whatever level lists it"] = 100
    prefixes: Annotated[tuple[PrefixField, ...], "only these routes, and more specific ones; empty: any"] = ()
    with_communities: Annotated[
        tuple[ObjectName, ...], Refers("communities", in_order=False), "only routes with one of these; empty: any"
    ] = ()
    refuse: Annotated[bool, "such routes are refused"] = False
    local_preference: Annotated[int, Ge(0), Le(4294967295), "set on routes taken"] | None = None
    med: Annotated[int, Ge(0), Le(4294967295), "set on routes told"] | None = None
    prepend: Annotated[int, Ge(0), Le(16), "how often our AS number is put before the path told"] = 0
    communities: Annotated[tuple[ObjectName, ...], Refers("communities", in_order=False), "put on such routes"] = ()
    text: Annotated[Prose, "for templates: lines of the router's own language"] = ""
    context: Annotated[Arguments, "words for templates, as YAML"] = field(default_factory=dict)
    description: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BfdProfile(Intent):
    """Bidirectional forwarding detection (RFC 5880): how fast a lost neighbour is noticed."""

    name: ObjectName
    transmit: Annotated[int, Ge(10), Le(60000), "milliseconds between two packets we send"] = 300
    receive: Annotated[int, Ge(10), Le(60000), "milliseconds between two packets we can take"] = 300
    multiplier: Annotated[int, Ge(2), Le(50), "packets missed until the neighbour is lost"] = 3
    description: Text = ""


class Colour(StrEnum):
    """The colours of marks."""

    BLUE = "blue"
    AZURE = "azure"
    PURPLE = "purple"
    PINK = "pink"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Intent):
    """A word that objects are marked with, to be found and shown together."""

    name: ObjectName
    colour: Annotated[Colour, "of its mark"] = Colour.BLUE
    description: Text = ""
