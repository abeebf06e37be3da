"""Sessions with any policies, and any routes for them, for properties of dialects."""

from dataclasses import replace
from ipaddress import ip_network
from typing import Final, TypeVar

from hypothesis import strategies as st

from hanse.derive.spec import DeviceSpec, ExternalSession, OriginList, PolicySpec, PrefixList
from hanse.network.values.addresses import Prefix
from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunityValue
from hanse.network.wanted.sessions import Relationship
from samples.routes import Route

PREFIXES: Final[dict[int, list[Prefix]]] = {
    4: [
        *map(ip_network, ("0.0.0.0/0", "10.0.0.0/9", "203.0.113.0/25", "198.51.100.0/24", "198.51.100.0/28")),
        *map(ip_network, ("198.51.100.64/27", "198.51.100.64/29", "198.51.100.0/32")),
    ],
    6: [
        *map(ip_network, ("::/0", "fd00::/48", "2001:db8:500::/48", "2001:db8:a001::/48", "2001:db8:a001::/64")),
        *map(ip_network, ("2001:db8:a000::/36", "2001:db8:a001::1/128")),
    ],
}
# What a rule may put on a route, and what else a route may carry: marks are nobody's to put on but ours.
LASTING: Final = [
    CommunityValue.parse(text)
    for text in ("64500:70", "64500:71", "64500:70:1", "64501:1:1", "rt:64500:7", "ro:64500:9", "no-export")
]
COMMUNITIES: Final = [
    *LASTING,
    *(CommunityValue.parse(text) for text in ("graceful-shutdown", *(f"64500:1:{number}" for number in range(5)))),
]
T = TypeVar("T")
ASNS: Final = (64501, 64502, 23456, 65533)


def routes(version: int) -> st.SearchStrategy[Route]:
    """Return routes of one family."""
    short = st.lists(st.sampled_from(ASNS), min_size=1, max_size=3).map(tuple)
    long = st.integers(63, 66).map(lambda length: (64501,) * length)
    return st.builds(
        Route,
        prefix=st.sampled_from(PREFIXES[version]),
        path=short | long,
        communities=st.frozensets(st.sampled_from(COMMUNITIES), max_size=5),
    )


def _rules(version: int) -> st.SearchStrategy[tuple[PolicySpec, ...]]:
    rule = st.builds(
        PolicySpec,
        name=st.just(""),
        prefixes=_some(PREFIXES[version]),
        with_communities=_some(COMMUNITIES),
        refuse=st.sampled_from((False, False, True)),
        local_preference=st.none() | st.integers(0, 500),
        med=st.none() | st.integers(0, 500),
        prepend=st.integers(0, 2),
        communities=_some(LASTING),
    )
    return st.lists(rule, max_size=3).map(
        lambda found: tuple(
            replace(one, name=f"{'-'.join(map(str, one.prefixes)) or 'any'}-{index}") for index, one in enumerate(found)
        )
    )


def _some(values: list[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


@st.composite
def any_session(draw: st.DrawFn, base: ExternalSession) -> ExternalSession:
    """Draw `base` with any policies."""
    version, relationship = base.family.value, draw(st.sampled_from(tuple(Relationship)))
    longest = draw(st.sampled_from((24, 28, 32) if version == 4 else (48, 64, 128)))
    listed = st.none() | _some(PREFIXES[version]).map(
        lambda found: PrefixList(
            name=f"as64501_ipv{version}", family=base.family, prefixes=found, longest=longest, why=""
        )
    )
    origins = st.none() | st.lists(st.sampled_from(ASNS), min_size=1, unique=True).map(
        lambda found: OriginList(name="as64501_origins", asns=tuple(map(Asn, found)), why="")
    )
    imports = replace(
        base.imports,
        relationship=relationship,
        local_preference=draw(st.integers(1, 400)),
        longest=longest,
        default_route=draw(st.booleans()),
        prefix_list=draw(listed),
        origin_list=draw(origins),
        first_asn=draw(st.booleans()),
        policies=draw(_rules(version)),
        communities=draw(_some(LASTING)),
    )
    exports = replace(
        base.exports,
        relationship=relationship,
        tells=tuple(Relationship) if relationship is Relationship.CUSTOMER else (Relationship.CUSTOMER,),
        default_route=draw(st.booleans()),
        policies=draw(_rules(version)),
        communities=draw(_some(LASTING)),
    )
    return replace(base, imports=imports, exports=exports)


def alone(spec: DeviceSpec, session: ExternalSession) -> DeviceSpec:
    """Return `spec` with this one external session."""
    allowed, origins = session.imports.prefix_list, session.imports.origin_list
    bgp = replace(
        spec.bgp,
        external=(session,),
        prefix_lists=(allowed,) if allowed else (),
        origin_lists=(origins,) if origins else (),
    )
    return replace(spec, bgp=bgp)
