"""Routes, and what a session's policies mean for them: said once, for all dialects to agree with."""

from dataclasses import dataclass, field, replace
from ipaddress import ip_network

from hanse.derive.spec import BgpSpec, ExternalSession, PolicySpec
from hanse.network.values.addresses import Family, Prefix
from hanse.network.values.communities import CommunitySort, CommunityValue
from hanse.render.vendor_words import mark

GRACEFUL_SHUTDOWN = CommunityValue.parse("graceful-shutdown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route of BGP, or one of our own that leads nowhere."""

    prefix: Prefix
    path: tuple[int, ...] = ()
    communities: frozenset[CommunityValue] = field(default=frozenset())
    local_preference: int | None = None
    med: int | None = None
    is_static: bool = False


def route(prefix: str, *path: int, communities: str = "", is_static: bool = False) -> Route:
    """Return a route with `communities` as words."""
    return Route(
        prefix=ip_network(prefix),
        path=path,
        communities=frozenset(map(CommunityValue.parse, communities.split())),
        is_static=is_static,
    )


def taken(bgp: BgpSpec, session: ExternalSession, heard: Route) -> Route | None:
    """Return the route as it is taken from the neighbour, or None where it is refused."""
    imports = session.imports
    if _is_refused(bgp, session, heard):
        return None
    now = replace(
        heard,
        communities=frozenset(one for one in heard.communities if not _is_ours(bgp, one))
        | {mark(bgp.asn, imports.relationship), *imports.communities},
        local_preference=imports.local_preference,
    )
    for rule in imports.policies:
        if _is_about(rule, now):
            if rule.refuse:
                return None
            if rule.local_preference is not None:
                now = replace(now, local_preference=rule.local_preference)
            now = replace(now, communities=now.communities | set(rule.communities))
    return replace(now, local_preference=0) if GRACEFUL_SHUTDOWN in heard.communities else now


def _is_refused(bgp: BgpSpec, session: ExternalSession, heard: Route) -> bool:
    imports, prefix = session.imports, heard.prefix
    return (
        (imports.prefixes is not None and not _is_in(prefix, imports.prefixes))
        or (prefix.prefixlen == 0 and not imports.default_route)
        or _is_in(prefix, bgp.bogon_prefixes)
        or _is_in(prefix, bgp.own_space)
        or prefix.prefixlen > imports.longest
        or any(first <= asn <= last for asn in heard.path for first, last in bgp.bogon_asns)
        or len(heard.path) > 64
        or (imports.first_asn and heard.path[:1] != (session.remote_asn.number,))
        or (
            imports.origin_list is not None
            and heard.path[-1:] not in {(asn.number,) for asn in imports.origin_list.asns}
        )
    )


def told(bgp: BgpSpec, session: ExternalSession, known: Route) -> Route | None:
    """Return the route as the neighbour is told it, or None where it is not; one of our own is known by its mark."""
    exports = session.exports
    marks = {mark(bgp.asn, name) for name in ("ours", *exports.tells)}
    if known.prefix.prefixlen == 0:
        left = frozenset(one for one in known.communities if not _is_ours(bgp, one))
        return replace(known, communities=left | set(exports.on_default)) if exports.default_route else None
    if _is_in(known.prefix, bgp.bogon_prefixes) or not marks & known.communities:
        return None
    now = known
    for rule in exports.policies:
        if _is_about(rule, now):
            if rule.refuse:
                return None
            if rule.med is not None:
                now = replace(now, med=rule.med)
            now = replace(
                now,
                path=(*[session.local_asn.number] * rule.prepend, *now.path),
                communities=now.communities | set(rule.communities),
            )
    left = frozenset(one for one in now.communities if not (_is_ours(bgp, one) and one.numbers[1] == 1))
    return replace(now, communities=left | set(exports.communities))


def _is_about(rule: PolicySpec, seen: Route) -> bool:
    return (not rule.prefixes or _is_in(seen.prefix, rule.prefixes)) and (
        not rule.with_communities or bool(seen.communities & set(rule.with_communities))
    )


def _is_ours(bgp: BgpSpec, community: CommunityValue) -> bool:
    return community.sort is CommunitySort.LARGE and community.numbers[0] == bgp.asn.number


def _is_in(prefix: Prefix, others: tuple[Prefix, ...]) -> bool:
    return any(
        prefix.version == other.version and prefix.subnet_of(other)  # type: ignore[arg-type]  # one family
        for other in others
    )


# What neighbours announce: each is good or bad for one reason, for one session or another.
HEARD = {
    Family.IPV4: (
        route("198.51.100.0/28", 64501),
        route("198.51.100.0/28", 64501, 64508, communities="64500:70"),
        route("198.51.100.0/28", 64501, 64508, communities="64500:70:1 64500:1:1 64496:1:1 64500:100:9"),
        route("198.51.100.0/28", 64501, 64509),
        route("198.51.100.64/28", 64501),
        route("198.51.100.0/29", 64501),
        route("198.51.100.128/26", 64505, communities="graceful-shutdown 64500:70"),
        route("198.51.100.192/28", 64505, 64502),
        route("198.51.100.128/26", 64502, 64505, communities="rt:64500:7"),
        route("198.51.100.128/26", 64502, 64505, communities="64500:70"),
        route("198.51.100.128/26", 64496, 64505),
        route("198.51.100.128/26", 64496, *[64497] * 63),
        route("198.51.100.128/26", 64496, *[64497] * 64),
        route("198.51.100.128/26", 64496, 64512, 64505),
        route("198.51.100.128/26", 64496, 23456),
        route("198.51.100.128/26", 65536),
        route("198.51.100.128/26", 64506),
        route("198.51.100.128/26", 64503, communities="graceful-shutdown"),
        route("203.0.113.64/28", 64496),
        route("10.1.0.0/16", 64496),
        route("0.0.0.0/0", 64496),
        route("0.0.0.0/0", 64502),
        route("0.0.0.0/0", 64497, communities="graceful-shutdown 64500:1:0"),
    ),
    Family.IPV6: (
        route("2001:db8:a001::/48", 64501, communities="64500:70"),
        route("2001:db8:a001::/48", 64501, 65540),
        route("2001:db8:a001:8000::/49", 64501),
        route("2001:db8:c000::/48", 64505),
        route("2001:db8:c001::/48", 64506, communities="64500:70:1"),
        route("2001:db8:c001::/48", 64502, communities="64500:70:1"),
        route("2001:db8:c001::/48", 64496, communities="graceful-shutdown"),
        route("2001:db8:c001::/48", 64497, 4200000000),
        route("2001:db8:c001::/48", 65536),
        route("2001:db8:c001::/64", 64503),
        route("2001:db8:500::/48", 64496),
        route("fd00::/48", 64496),
        route("::/0", 64497),
        route("::/0", 64505),
    ),
}
# What a border knows: of each relationship, of our own, and of nobody.
KNOWN = {
    Family.IPV4: (
        *(route("198.51.100.128/26", 64505, communities=f"64500:1:{number} 64500:100:1") for number in range(5)),
        route("198.51.100.128/26", 64505),
        route("198.51.100.128/26", 64505, communities="64500:1:1 no-export 64496:1:7 rt:64500:7"),
        route("198.51.100.64/28", 64505, communities="64500:1:1"),
        route("203.0.113.128/26", communities="64500:1:0"),
        route("203.0.113.0/24", communities="64500:1:0"),
        route("10.1.0.0/16", communities="64500:1:0"),
        route("0.0.0.0/0", 64496, communities="64500:1:4 64500:100:1 64496:5"),
    ),
    Family.IPV6: (
        *(route("2001:db8:c000::/48", 64505, communities=f"64500:1:{number}") for number in range(5)),
        route("2001:db8:a001:8000::/49", 64501, communities="64500:1:1"),
        route("2001:db8:500::/44", communities="64500:1:0 no-export"),
        route("fd00::/48", communities="64500:1:1"),
        route("::/0", 64496),
    ),
}
