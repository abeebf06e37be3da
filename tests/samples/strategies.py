"""Networks of every shape for property tests: each can be written down, not each makes sense."""

from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network
from typing import Any

from hypothesis import strategies as st

from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunityValue
from hanse.network.values.transport_ports import TransportPorts
from hanse.network.wanted.anycast import Anycast, Asks, HealthCheck, Teller
from hanse.network.wanted.contacts import Contact, ContactRole, Note
from hanse.network.wanted.label_paths import LabelPath
from hanse.network.wanted.levels import ParentStatus
from hanse.network.wanted.links import End, Link, LinkClass, LinkStatus, Medium
from hanse.network.wanted.naming import Nameserver
from hanse.network.wanted.network import General, Network
from hanse.network.wanted.nodes import Login, Management, Node, NodeStatus, Platform, Role
from hanse.network.wanted.peering import AutonomousSystem, Connection, Exchange, Group, IrrFilter, Kept
from hanse.network.wanted.places import Place, Pool, PoolUse, Site
from hanse.network.wanted.policies import (
    BfdProfile,
    Colour,
    Community,
    Direction,
    PolicyFamily,
    RoutingPolicy,
    Tag,
)
from hanse.network.wanted.ports import Port, PortKind
from hanse.network.wanted.segments import Dhcp, Flooding, Segment, SegmentKind
from hanse.network.wanted.services import Firewall, Service, Transport, Trust
from hanse.network.wanted.sessions import FamilyNumbers, Relationship, Session, SessionStatus
from hanse.network.wanted.tunnels import Tunnel, TunnelEnd, TunnelKind
from hanse.network.wanted.vrfs import Leak, StaticRoute, Vrf

names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)
hosts = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
ports = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,8}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12)
asns = st.builds(Asn, st.integers(0, 0xFFFFFFFF))
addresses = st.ip_addresses()
prefixes = st.one_of(
    st.tuples(st.ip_addresses(v=4), st.integers(0, 32)).map(lambda pair: IPv4Network(pair, strict=False)),
    st.tuples(st.ip_addresses(v=6), st.integers(0, 128)).map(lambda pair: IPv6Network(pair, strict=False)),
)
interface_addresses = st.one_of(
    st.tuples(st.ip_addresses(v=4), st.integers(0, 32)).map(IPv4Interface),
    st.tuples(st.ip_addresses(v=6), st.integers(0, 128)).map(IPv6Interface),
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
    max_leaves=4,
)
arguments = st.dictionaries(names, plain, max_size=2)
mtus = st.integers(576, 65535)


def tuples(elements: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(elements, min_size=least, max_size=most).map(tuple)


def keyed(elements: st.SearchStrategy[Any], key: str = "name") -> st.SearchStrategy[Any]:
    listed = st.lists(elements, max_size=3, unique_by=lambda item: getattr(item, key))
    return listed.map(lambda items: {getattr(item, key): item for item in items})


numbers = st.builds(FamilyNumbers, ipv4=st.integers(0, 10**7), ipv6=st.integers(0, 10**7))
places = st.builds(Place, latitude=st.floats(-90, 90, allow_nan=False), longitude=st.floats(-180, 180, allow_nan=False))
port_values = st.builds(
    Port,
    name=ports,
    mtu=mtus,
    parent=st.just("") | ports,
    vlan=st.none() | st.integers(1, 4094),
    kind=st.sampled_from(PortKind),
    mac=st.just("") | st.just("02:00:5e:00:53:01"),
    members=tuples(ports),
    peer=st.just("") | ports,
    vrf=st.just("") | names,
    untagged=st.just("") | names,
    tagged=tuples(names),
    addresses=tuples(interface_addresses),
    description=texts,
)
nodes = st.builds(
    Node,
    name=hosts,
    number=st.integers(1, 10**6),
    height=st.none() | st.floats(0, 10_000),
    site=names,
    platform=names,
    management=st.builds(Management, address=interface_addresses, port=ports),
    status=st.sampled_from(NodeStatus),
    roles=tuples(st.sampled_from(Role)),
    ports=keyed(port_values),
    routes=keyed(
        st.builds(
            StaticRoute,
            name=names,
            prefix=prefixes,
            via=st.none() | addresses,
            port=st.just("") | ports,
            vrf=st.just("") | names,
        )
    ),
    login=st.none() | st.builds(Login, username=texts, password=texts, port=st.none() | st.integers(1, 65535)),
    arguments=arguments,
)
links = st.builds(
    Link,
    name=names,
    number=st.integers(0, 10**6),
    ends=tuples(st.builds(End, node=hosts, port=ports), 2, 2),
    link_class=names,
    status=st.sampled_from(LinkStatus),
    cost=st.none() | st.integers(1, 65535),
    description=texts,
)
transport_ports = st.tuples(st.integers(1, 65535), st.integers(1, 65535)).map(
    lambda pair: TransportPorts(first=min(pair), last=max(pair))
)
tunnel_ends = st.builds(TunnelEnd, name=hosts, address=st.none() | addresses, vrf=st.just("") | names)
tunnels = st.builds(
    Tunnel,
    name=names,
    number=st.integers(0, 13_000),
    kind=st.sampled_from(TunnelKind),
    ends=st.lists(tunnel_ends, min_size=2, max_size=2, unique_by=lambda end: end.name).map(
        lambda ends: {end.name: end for end in ends}
    ),
    link_class=names,
    cost=st.none() | st.integers(1, 65535),
    description=texts,
)
largest = st.integers(0, 0xFFFFFFFF)
halves = st.integers(0, 0xFFFF)
communities = st.one_of(
    st.tuples(halves, halves).map(lambda pair: CommunityValue(numbers=pair)),
    st.tuples(largest, largest, largest).map(lambda three: CommunityValue(numbers=three)),
    st.tuples(st.sampled_from(["rt", "ro"]), st.tuples(largest, halves)).map(
        lambda pair: CommunityValue(numbers=pair[1], type=pair[0])
    ),
)
mails = st.just("") | st.from_regex(r"[a-z]{1,6}@[a-z]{1,6}\.example", fullmatch=True)
level: dict[str, Any] = {
    "import_policies": tuples(names),
    "export_policies": tuples(names),
    "communities": tuples(names),
    "context": arguments,
    "tags": tuples(names),
}
statuses = st.sampled_from(ParentStatus)
sessions = st.builds(
    Session,
    **level,
    group=texts,
    vrf=texts,
    local_addresses=tuples(addresses, most=2),
    local_asn=st.none() | asns,
    keepalive=st.none() | st.integers(1, 21845),
    multihop=st.none() | st.integers(2, 255),
    ttl_security=st.none() | st.integers(1, 254),
    passive=st.booleans(),
    bfd=texts,
    service=texts,
    name=names,
    asn=asns,
    addresses=tuples(addresses, 1),
    relationship=st.sampled_from(Relationship),
    connection=texts,
    node=texts,
    status=st.sampled_from(SessionStatus),
    password=texts,
    max_prefixes=st.none() | numbers,
    hold=st.integers(3, 65535),
    description=texts,
)
networks = st.builds(
    Network,
    network=st.builds(
        General,
        name=names,
        asn=asns,
        domain=texts,
        nameservers=keyed(st.builds(Nameserver, name=hosts, addresses=tuples(addresses, most=2))),
        hostmaster=mails,
        reference_bandwidth=st.integers(1, 10**8),
        space=tuples(prefixes),
        longest=numbers,
        documentation_is_public=st.booleans(),
        firewall=st.sampled_from(Firewall),
        management_sources=tuples(prefixes),
    ),
    sites=keyed(st.builds(Site, name=names, place=st.none() | places, region=texts)),
    platforms=keyed(st.builds(Platform, name=names, driver=names, dialect=texts, arguments=arguments)),
    pools=keyed(st.builds(Pool, name=names, prefix=prefixes, use=st.sampled_from(PoolUse))),
    nodes=keyed(nodes),
    link_classes=keyed(
        st.builds(
            LinkClass,
            name=names,
            medium=st.sampled_from(Medium),
            cost=st.none() | st.integers(1, 65535),
            capacity=st.none() | st.integers(1, 10**8),
            frequency=st.none() | st.integers(1, 300_000),
            mtu=mtus,
            hello=st.integers(1, 60),
            trust=st.sampled_from(Trust),
            ldp=st.booleans(),
        )
    ),
    links=keyed(links),
    autonomous_systems=keyed(
        st.builds(
            AutonomousSystem,
            **level,
            asn=asns,
            name=texts,
            own=st.booleans(),
            status=statuses,
            irr_filter=st.sampled_from(IrrFilter),
            max_prefixes=st.none() | numbers,
            keep=tuples(st.sampled_from(Kept)),
            prefixes=tuples(prefixes),
            contacts=tuples(names),
            notes=keyed(st.builds(Note, name=names, author=texts, text=texts)),
        ),
        key="asn",
    ),
    exchanges=keyed(
        st.builds(
            Exchange,
            **level,
            name=names,
            lan=tuples(prefixes, 1),
            status=statuses,
            peeringdb=st.none() | st.integers(1, 10**6),
            description=texts,
        )
    ),
    connections=keyed(
        st.builds(
            Connection,
            **level,
            name=names,
            exchange=names,
            node=hosts,
            port=ports,
            addresses=tuples(addresses, 1),
            status=statuses,
            vlan=st.none() | st.integers(1, 4094),
            mac=st.sampled_from(["", "02:00:5e:00:53:01"]),
            vrf=texts,
            local_asn=st.none() | asns,
        )
    ),
    groups=keyed(st.builds(Group, **level, name=names, status=statuses, bfd=texts, local_asn=st.none() | asns)),
    tags=keyed(st.builds(Tag, name=names, colour=st.sampled_from(Colour), description=texts)),
    tunnels=keyed(tunnels),
    label_paths=keyed(
        st.builds(
            LabelPath,
            name=names,
            number=st.integers(0, 15_000),
            start=hosts,
            links=tuples(names, 1),
            description=texts,
        )
    ),
    vrfs=keyed(
        st.builds(
            Vrf,
            name=names,
            number=st.none() | st.integers(1, 4000),
            leaks=keyed(st.builds(Leak, name=names, source=st.just("") | names, prefixes=tuples(prefixes, 1))),
            vpn=st.booleans(),
            description=texts,
        )
    ),
    segments=keyed(
        st.builds(
            Segment,
            name=names,
            number=st.integers(1, 4_000_000),
            kind=st.sampled_from(SegmentKind),
            nodes=tuples(hosts),
            sites=tuples(names),
            with_tags=tuples(names),
            vlan=st.none() | st.integers(1, 4094),
            mtu=mtus,
            flooding=st.sampled_from(Flooding),
            vrf=st.just("") | names,
            gateways=tuples(interface_addresses),
            dhcp=st.none() | st.builds(Dhcp, first=addresses, last=addresses, lease=st.integers(120, 604800)),
            resolvers=tuples(addresses),
            advertise=st.booleans(),
            description=texts,
        )
    ),
    anycasts=keyed(
        st.builds(
            Anycast,
            name=names,
            addresses=st.lists(addresses, min_size=1, max_size=2).map(tuple),
            nodes=tuples(hosts),
            with_tags=tuples(names),
            check=st.builds(
                HealthCheck,
                kind=st.sampled_from(Asks),
                port=st.integers(1, 65535),
                address=st.none() | addresses,
                path=texts,
                question=texts,
                interval=st.floats(0.2, 3600),
                timeout=st.floats(0.1, 60),
                fall=st.integers(1, 100),
                rise=st.integers(1, 100),
                hold=st.floats(0, 86_400),
                longest_hold=st.floats(0, 86_400),
            ),
            speaker=st.sampled_from(Teller),
            description=texts,
        )
    ),
    communities=keyed(
        st.builds(Community, name=names, value=communities, direction=st.sampled_from(Direction), description=texts)
    ),
    routing_policies=keyed(
        st.builds(
            RoutingPolicy,
            name=names,
            direction=st.sampled_from(Direction),
            family=st.sampled_from(PolicyFamily),
            weight=halves,
            prefixes=tuples(prefixes),
            with_communities=tuples(names),
            refuse=st.booleans(),
            local_preference=st.none() | largest,
            med=st.none() | largest,
            prepend=st.integers(0, 16),
            communities=tuples(names),
            text=texts,
            context=arguments,
            description=texts,
        )
    ),
    services=keyed(
        st.builds(
            Service,
            name=names,
            protocol=st.sampled_from(Transport),
            ports=tuples(transport_ports, 1),
            sources=tuples(prefixes),
            nodes=tuples(hosts),
            sites=tuples(names),
            with_tags=tuples(names),
            description=texts,
        )
    ),
    bfd_profiles=keyed(
        st.builds(
            BfdProfile,
            name=names,
            transmit=st.integers(10, 60000),
            receive=st.integers(10, 60000),
            multiplier=st.integers(2, 50),
        )
    ),
    contacts=keyed(
        st.builds(
            Contact,
            name=names,
            person=texts,
            email=mails,
            phone=texts,
            roles=tuples(st.sampled_from(ContactRole)),
            description=texts,
        )
    ),
    sessions=keyed(sessions),
)
