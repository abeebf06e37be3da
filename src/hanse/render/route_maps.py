"""Policies of sessions as numbered clauses, for platforms that have route maps: EOS, IOS and NX-OS.

This says what happens to a route; the wording is the templates'. A clause that matches either ends the route map or
goes on at a later one, and what the clauses set counts in their order once the last one is done.

Numbers have their meaning for ever: a policy that comes or goes renumbers none of the checks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from hanse.derive.spec import BgpSpec, ExportPolicy, ExternalSession, ImportPolicy, PolicySpec
from hanse.network.values.addresses import Family
from hanse.network.values.communities import CommunitySort, CommunityValue
from hanse.render.filter_lists import FilterLists
from hanse.render.iosxr_words import at_first_sight
from hanse.render.vendor_words import mark, owned

GRACEFUL_SHUTDOWN: Final = CommunityValue(numbers=(65535, 0))  # RFC 8326
STEP: Final = 10
GATES: Final = 100  # from here: the route goes on if it is in a list, else it is refused
SETS: Final = 200
POLICIES: Final = 1000
LAST_WORDS: Final = 50000
ON: Final = 1  # as `goto`: at the next clause
END: Final = 60000  # IOS and NX-OS number clauses to 65535

Words = tuple[str, str]  # what is matched or set, and the list's name or the value


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One numbered clause; without `matches` it is about every route."""

    number: int
    permit: bool = True
    matches: tuple[Words, ...] = ()  # all of them
    sets: tuple[Words, ...] = ()
    goto: int = 0  # number of the clause at which a route that matches goes on; 0: it is taken or refused here


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMap:
    """What happens to the routes of one session that go one way."""

    name: str
    family: Family
    clauses: tuple[Clause, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policing:
    """What all route maps of a router have in common."""

    bgp: BgpSpec
    lists: FilterLists
    sees_at_once: bool = False  # what a clause sets is seen by those behind it
    # What no neighbour may tell us, by family, whether a default route is taken, and the longest prefix.
    refused: dict[tuple[Family, bool, int], tuple[Clause, ...]] = field(default_factory=dict)


def import_map(policing: Policing, session: ExternalSession) -> RouteMap:
    """Return what is taken from the neighbour of `session`."""
    bgp, lists, policy = policing.bgp, policing.lists, session.imports
    kind = (session.family, policy.default_route, policy.longest)
    if kind not in policing.refused:
        policing.refused[kind] = tuple(_refused(bgp, session, lists))
    clauses = (
        Clause(number=STEP, sets=(("delete-large", lists.own_communities(bgp.asn)),), goto=ON),
        *policing.refused[kind],
        *_gates(session, lists),
        Clause(number=SETS, sets=(*_taken(bgp, policy), *_put_on(policy.communities)), goto=ON),
        *_rules(policing, session, imported=True),
        # After all policies: what the neighbour is about to take away is not made the best way by any of them.
        Clause(
            number=LAST_WORDS,
            matches=(("community", lists.having("graceful-shutdown", GRACEFUL_SHUTDOWN)),),
            sets=(("local-preference", "0"),),
            goto=ON,
        ),
        Clause(number=END),
    )
    return RouteMap(name=owned(session.name, "in"), family=session.family, clauses=_linked(clauses), why=session.why)


def export_map(policing: Policing, session: ExternalSession) -> RouteMap:
    """Return what the neighbour of `session` is told."""
    bgp, lists, policy, family = policing.bgp, policing.lists, session.exports, session.family
    default = ("prefix", lists.default_route(family))
    clauses = (
        # A default route is told as it is: whose it was and what was said of it is nobody else's business.
        Clause(
            number=STEP,
            matches=(default,),
            sets=(("delete-large", lists.own_communities(bgp.asn)), *_put_on(policy.on_default)),
        )
        if policy.default_route
        else _denied(STEP, default),
        _denied(2 * STEP, ("prefix", lists.bogons(bgp, family))),
        *_gate(GATES, ("large-community", _told(bgp, policy, lists))),
        *_rules(policing, session, imported=False),
        Clause(number=LAST_WORDS, sets=(("delete-large", lists.marks(bgp.asn)),), goto=ON),
        Clause(number=END, sets=tuple(_put_on(policy.communities))),
    )
    return RouteMap(name=owned(session.name, "out"), family=family, clauses=_linked(clauses), why=session.why)


def _told(bgp: BgpSpec, policy: ExportPolicy, lists: FilterLists) -> str:
    marks = (mark(bgp.asn, name) for name in ("ours", *policy.tells))
    return lists.having(f"told-to-{policy.relationship}", *marks)


def _denied(number: int, *matches: Words) -> Clause:
    return Clause(number=number, permit=False, matches=matches)


def _refused(bgp: BgpSpec, session: ExternalSession, lists: FilterLists) -> Iterator[Clause]:
    """Yield what no neighbour may tell us; a check keeps its number where another one is not needed."""
    family, policy = session.family, session.imports
    if not policy.default_route:
        yield _denied(2 * STEP, ("prefix", lists.default_route(family)))
    yield _denied(3 * STEP, ("prefix", lists.bogons(bgp, family)))
    if own := lists.own_space(bgp, family):
        yield _denied(4 * STEP, ("prefix", own))
    if too_long := lists.longer_than(policy.longest, family):
        yield _denied(5 * STEP, ("prefix", too_long))
    yield _denied(6 * STEP, ("path", lists.bogon_asns(bgp)))
    if lists.counts_path_length:
        yield _denied(7 * STEP, ("path-length", str(lists.longest_path + 1)))


def _gates(session: ExternalSession, lists: FilterLists) -> Iterator[Clause]:
    policy = session.imports
    if policy.prefix_list:
        yield from _gate(GATES, ("prefix", lists.announced_by(policy.prefix_list)))
    if policy.first_asn:
        yield from _gate(GATES + 2 * STEP, ("path", lists.first_asn(session.remote_asn)))
    if policy.origin_list:
        yield from _gate(GATES + 4 * STEP, ("path", lists.origins(policy.origin_list)))


def _gate(number: int, match: Words) -> tuple[Clause, Clause]:
    """Return the clause that lets a route go on behind the other, which refuses all that did not match."""
    return Clause(number=number, matches=(match,), goto=number + 2 * STEP), _denied(number + STEP)


def _taken(bgp: BgpSpec, policy: ImportPolicy) -> Iterator[Words]:
    yield "local-preference", str(policy.local_preference)
    yield "large-community", str(mark(bgp.asn, policy.relationship))


def _put_on(communities: tuple[CommunityValue, ...]) -> Iterator[Words]:
    """Yield what adds the communities: one line a sort, as the platforms keep it; the extended ones by type."""
    if not communities:
        return
    by_kind: dict[str, list[CommunityValue]] = {}
    for community in sorted(set(communities), key=lambda one: (one.type, one.numbers)):
        by_kind.setdefault(f"community-{community.type}" if community.type else SORTS[community.sort], []).append(
            community
        )
    for kind, those in by_kind.items():
        yield kind, " ".join(":".join(map(str, one.numbers)) for one in those)


SORTS: Final = {
    CommunitySort.STANDARD: "community",
    CommunitySort.LARGE: "large-community",
    CommunitySort.EXTENDED: "extended-community",
}


def _rules(policing: Policing, session: ExternalSession, *, imported: bool) -> Iterator[Clause]:
    """Yield the clauses of each policy; a route that one of them is about goes on behind all of the same policy."""
    lists = policing.lists
    for index, policy in enumerate(_as_seen(policing, session, imported=imported)):
        sets = () if policy.refuse else tuple(_sets(policy, session, imported=imported))
        if not (policy.refuse or sets):
            continue  # it is about things that have no meaning this way
        number = POLICIES + index * STEP
        prefixes = (("prefix", lists.of_policy(policy)),) if policy.prefixes else ()
        for offset, match in enumerate(_with_communities(policy, lists, imported=imported) or [()]):
            yield Clause(
                number=number + offset,
                permit=not policy.refuse,
                matches=prefixes + match,
                sets=sets,
                goto=0 if policy.refuse else number + STEP,
            )


def _as_seen(policing: Policing, session: ExternalSession, *, imported: bool) -> Sequence[PolicySpec]:
    """Return the policies of one way as the router's way to compare needs them.

    :raises NotExpressible:
    """
    policies = session.imports.policies if imported else session.exports.policies
    if policing.sees_at_once:
        return policies
    asn = policing.bgp.asn
    on_all = (mark(asn, session.imports.relationship), *session.imports.communities) if imported else ()
    return at_first_sight(policies, asn.number, on_all, imported=imported, why=session.why)


def _with_communities(policy: PolicySpec, lists: FilterLists, *, imported: bool) -> list[tuple[Words, ...]]:
    """Return a way to match for each sort of community: one clause cannot ask for one of several lists."""
    ways: list[tuple[Words, ...]] = []
    for sort, kind in SORTS.items():
        those = tuple(one for one in policy.with_communities if one.sort is sort)
        if those:
            ways.append(((kind, lists.asked_by(policy, those, imported=imported)),))
    return ways


def _sets(policy: PolicySpec, session: ExternalSession, *, imported: bool) -> Iterator[Words]:
    """Yield what the policy sets: local preference stays inside, MED and prepending are for others."""
    if imported and policy.local_preference is not None:
        yield "local-preference", str(policy.local_preference)
    if not imported and policy.med is not None:
        yield "med", str(policy.med)
    if not imported and policy.prepend:
        yield "prepend", " ".join([str(session.local_asn)] * policy.prepend)
    yield from _put_on(policy.communities)
    for line in policy.text.splitlines():
        if line.strip():
            yield "text", line.strip()


def _linked(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return the clauses, those that let a route go on with the number of one that is there."""
    found: list[Clause] = []
    behind: list[int] = []  # numbers of the clauses that follow, the nearest last
    for clause in reversed(clauses):
        found.append(_going_on(clause, behind) if clause.goto else clause)
        behind.append(clause.number)
    return tuple(reversed(found))


def _going_on(clause: Clause, behind: list[int]) -> Clause:
    goto = behind[-1]
    if clause.goto > goto:
        goto = min(number for number in behind if number >= clause.goto)
    return Clause(number=clause.number, matches=clause.matches, sets=clause.sets, goto=goto)
