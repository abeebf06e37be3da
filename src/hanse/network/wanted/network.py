"""The whole wanted network."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Final

from hanse.network.wanted.anycast import Anycast
from hanse.network.wanted.contacts import Contact
from hanse.network.wanted.fields import AsnField, DomainName, Intent, MailField, ObjectName, PrefixField, Text, keyed_by
from hanse.network.wanted.label_paths import LabelPath
from hanse.network.wanted.links import Capacity, Link, LinkClass
from hanse.network.wanted.naming import Nameserver
from hanse.network.wanted.nodes import Node, Platform
from hanse.network.wanted.peering import AutonomousSystem, Connection, Exchange, Group
from hanse.network.wanted.places import Pool, Site
from hanse.network.wanted.policies import BfdProfile, Community, RoutingPolicy, Tag
from hanse.network.wanted.segments import Segment
from hanse.network.wanted.services import Firewall, Service
from hanse.network.wanted.sessions import FamilyNumbers, Session
from hanse.network.wanted.tunnels import Tunnel
from hanse.network.wanted.vrfs import Vrf

REFERENCE_BANDWIDTH: Final = 100_000  # Mbit/s: the cost of 100 Gbit/s is 1
LONGEST: Final = FamilyNumbers(ipv4=24, ipv6=48)  # what the field takes; RFC 7454 section 6.1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class General(Intent):
    """What holds for the network as a whole."""

    name: ObjectName
    asn: AsnField
    domain: Annotated[Text, "routers are called NAME.DOMAIN"] = ""
    nameservers: Annotated[
        Mapping[DomainName, Nameserver], keyed_by("name"), "they answer for our zones, the first one of all"
    ] = field(default_factory=dict)
    hostmaster: Annotated[MailField, "who looks after our zones"] = ""
    space: Annotated[tuple[PrefixField, ...], "our own addresses, told to the world at every border"] = ()
    longest: Annotated[FamilyNumbers, "prefix length taken from others"] = LONGEST
    reference_bandwidth: Annotated[
        Capacity, "Mbit/s: an OSPF cost that nobody wrote is this, divided by the capacity of the link's class"
    ] = REFERENCE_BANDWIDTH
    firewall: Annotated[Firewall, "of all routers: off, open (only BGP is kept from strangers), closed"] = Firewall.OPEN
    management_sources: Annotated[
        tuple[PrefixField, ...], "from where closed routers may be managed; empty: from the network of their management"
    ] = ()
    documentation_is_public: Annotated[
        bool, "an example network: addresses and AS numbers for documentation are no bogons here"
    ] = False  # RFC 5398, 5737 and 3849


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Intent):
    """Everything that an operator wants, by kind and name. It may contradict itself: see `problems`."""

    network: General
    tags: Annotated[Mapping[ObjectName, Tag], keyed_by("name")] = field(default_factory=dict)
    sites: Annotated[Mapping[ObjectName, Site], keyed_by("name")] = field(default_factory=dict)
    platforms: Annotated[Mapping[ObjectName, Platform], keyed_by("name")] = field(default_factory=dict)
    pools: Annotated[Mapping[ObjectName, Pool], keyed_by("name")] = field(default_factory=dict)
    nodes: Annotated[Mapping[ObjectName, Node], keyed_by("name")] = field(default_factory=dict)
    link_classes: Annotated[Mapping[ObjectName, LinkClass], keyed_by("name")] = field(default_factory=dict)
    links: Annotated[Mapping[ObjectName, Link], keyed_by("name")] = field(default_factory=dict)
    tunnels: Annotated[Mapping[ObjectName, Tunnel], keyed_by("name")] = field(default_factory=dict)
    label_paths: Annotated[Mapping[ObjectName, LabelPath], keyed_by("name")] = field(default_factory=dict)
    vrfs: Annotated[Mapping[ObjectName, Vrf], keyed_by("name")] = field(default_factory=dict)
    segments: Annotated[Mapping[ObjectName, Segment], keyed_by("name")] = field(default_factory=dict)
    anycasts: Annotated[Mapping[ObjectName, Anycast], keyed_by("name")] = field(default_factory=dict)
    services: Annotated[Mapping[ObjectName, Service], keyed_by("name")] = field(default_factory=dict)
    communities: Annotated[Mapping[ObjectName, Community], keyed_by("name")] = field(default_factory=dict)
    routing_policies: Annotated[Mapping[ObjectName, RoutingPolicy], keyed_by("name")] = field(default_factory=dict)
    bfd_profiles: Annotated[Mapping[ObjectName, BfdProfile], keyed_by("name")] = field(default_factory=dict)
    contacts: Annotated[Mapping[ObjectName, Contact], keyed_by("name")] = field(default_factory=dict)
    autonomous_systems: Annotated[Mapping[AsnField, AutonomousSystem], keyed_by("asn")] = field(default_factory=dict)
    exchanges: Annotated[Mapping[ObjectName, Exchange], keyed_by("name")] = field(default_factory=dict)
    connections: Annotated[Mapping[ObjectName, Connection], keyed_by("name")] = field(default_factory=dict)
    groups: Annotated[Mapping[ObjectName, Group], keyed_by("name")] = field(default_factory=dict)
    sessions: Annotated[Mapping[ObjectName, Session], keyed_by("name")] = field(default_factory=dict)


KINDS: Final = tuple(kind.name for kind in fields(Network) if kind.name != "network")


def key_of(kind: str) -> str:
    """Return the field that stands as the key of `kind`'s objects in files."""
    return "asn" if kind == "autonomous_systems" else "name"
