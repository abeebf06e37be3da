"""Networks of every shape for property tests: each can be written down, not each makes sense."""

from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network
from typing import Any

from hypothesis import strategies as st

from hanse.network.values.asn import Asn
from hanse.network.wanted.links import End, Link, LinkClass, Medium
from hanse.network.wanted.network import General, Network
from hanse.network.wanted.nodes import Login, Management, Node, Platform, Port, Role
from hanse.network.wanted.peering import AutonomousSystem, Connection, Exchange
from hanse.network.wanted.places import Place, Pool, PoolUse, Site
from hanse.network.wanted.sessions import FamilyNumbers, Relationship, Session, SessionStatus

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
    addresses=tuples(interface_addresses),
    description=texts,
)
nodes = st.builds(
    Node,
    name=hosts,
    number=st.integers(1, 10**6),
    site=names,
    platform=names,
    management=st.builds(Management, address=interface_addresses, port=ports),
    roles=tuples(st.sampled_from(Role)),
    ports=keyed(port_values),
    login=st.none() | st.builds(Login, username=texts, password=texts, port=st.none() | st.integers(1, 65535)),
    arguments=arguments,
)
links = st.builds(
    Link,
    name=names,
    number=st.integers(0, 10**6),
    ends=tuples(st.builds(End, node=hosts, port=ports), 2, 2),
    link_class=names,
    description=texts,
)
sessions = st.builds(
    Session,
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
        space=tuples(prefixes),
        longest=numbers,
        documentation_is_public=st.booleans(),
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
            cost=st.integers(1, 65535),
            mtu=mtus,
            hello=st.integers(1, 60),
        )
    ),
    links=keyed(links),
    autonomous_systems=keyed(
        st.builds(AutonomousSystem, asn=asns, name=texts, max_prefixes=st.none() | numbers, prefixes=tuples(prefixes)),
        key="asn",
    ),
    exchanges=keyed(st.builds(Exchange, name=names, lan=tuples(prefixes, 1))),
    connections=keyed(
        st.builds(Connection, name=names, exchange=names, node=hosts, port=ports, addresses=tuples(addresses, 1))
    ),
    sessions=keyed(sessions),
)
