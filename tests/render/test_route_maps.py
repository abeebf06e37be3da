"""Route maps mean what the policies say, on routers where what is set counts at the end, and on those where at once."""

from dataclasses import replace
from functools import partial
from ipaddress import ip_network

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hanse.derive.spec import ExternalSession, OriginList, PolicySpec, PrefixList
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunityValue
from hanse.network.wanted.sessions import Relationship
from hanse.render.filter_lists import FilterLists
from hanse.render.route_maps import END, LAST_WORDS, POLICIES, Policing, RouteMap, export_map, import_map
from hanse.render.text import render
from hanse.render.vendor_words import NotExpressible, owned
from samples.borders import border_specs
from samples.route_map_text import read
from samples.routes import Route, taken, told

SPEC = border_specs("eos")["peering"]
BGP = SPEC.bgp
SESSION = next(session for session in BGP.external if session.name == "ebgp_pix_alme_ipv4")
PREFIXES = [
    ip_network(text)
    for text in (
        "0.0.0.0/0",
        "10.0.0.0/9",
        "203.0.113.0/25",
        "198.51.100.0/24",
        "198.51.100.0/28",
        "198.51.100.64/27",
        "198.51.100.64/29",
        "198.51.100.128/26",
    )
]
COMMUNITIES = [
    CommunityValue.parse(text)
    for text in (
        "64500:70",
        "64500:71",
        "64500:1:0",
        "64500:1:1",
        "64500:1:2",
        "64500:70:1",
        "64501:1:1",
        "rt:64500:7",
        "ro:64500:9",
        "no-export",
        "graceful-shutdown",
    )
]
dialects = st.sampled_from(("eos", "ios", "nxos"))
LASTING = [one for one in COMMUNITIES if str(one) != "65535:0" and not str(one).startswith("64500:1:")]
some_communities = st.lists(st.sampled_from(COMMUNITIES), max_size=3, unique=True).map(tuple)
put_on = st.lists(st.sampled_from(LASTING), max_size=2, unique=True).map(tuple)
some_prefixes = st.lists(st.sampled_from(PREFIXES), max_size=2, unique=True).map(tuple)
routes = st.builds(
    Route,
    prefix=st.sampled_from(PREFIXES),
    path=st.lists(st.sampled_from((64501, 64502, 23456, 65533)), min_size=1, max_size=3).map(tuple)
    | st.just((64501,) * 65),
    communities=st.frozensets(st.sampled_from(COMMUNITIES), max_size=5),
)
rules = st.builds(
    PolicySpec,
    name=st.just(""),
    prefixes=some_prefixes,
    with_communities=some_communities,
    refuse=st.sampled_from((False, False, True)),
    local_preference=st.none() | st.integers(1, 500),
    med=st.none() | st.integers(1, 500),
    prepend=st.integers(0, 2),
    communities=put_on,
)


def named(way: str, found: list[PolicySpec]) -> tuple[PolicySpec, ...]:
    return tuple(replace(rule, name=f"{way}-{index}") for index, rule in enumerate(found))


@st.composite
def sessions(draw: st.DrawFn) -> ExternalSession:
    """Draw a session with any policies."""
    takes, tells = (st.lists(rules, max_size=3).map(partial(named, way)) for way in ("takes", "tells"))
    listed = st.none() | some_prefixes.map(
        lambda found: PrefixList(name="as64501_ipv4", family=Family.IPV4, prefixes=found, longest=28, why="")
    )
    origins = st.none() | st.lists(st.sampled_from((64501, 64502)), min_size=1, unique=True).map(
        lambda found: OriginList(name="as64501_origins", asns=tuple(map(Asn, found)), why="")
    )
    relationship = draw(st.sampled_from(tuple(Relationship)))
    imports = replace(
        SESSION.imports,
        relationship=relationship,
        default_route=draw(st.booleans()),
        prefix_list=draw(listed),
        origin_list=draw(origins),
        first_asn=draw(st.booleans()),
        policies=draw(takes),
        communities=draw(put_on),
    )
    exports = replace(
        SESSION.exports,
        relationship=relationship,
        tells=tuple(Relationship) if relationship is Relationship.CUSTOMER else (Relationship.CUSTOMER,),
        default_route=draw(st.booleans()),
        policies=draw(tells),
        communities=draw(put_on),
    )
    return replace(SESSION, imports=imports, exports=exports)


@given(sessions(), routes, dialects, st.booleans())
def test_what_is_taken_is_what_the_policy_means(
    session: ExternalSession, heard: Route, dialect: str, at_once: bool
) -> None:
    router = read(text_of(session, dialect), at_once=at_once)

    assert router.outcome(owned(session.name, "in"), heard) == taken(BGP, session, heard)


@given(sessions(), routes, dialects, st.booleans())
def test_what_is_told_is_what_the_policy_means(
    session: ExternalSession, known: Route, dialect: str, at_once: bool
) -> None:
    router = read(text_of(session, dialect), at_once=at_once)

    assert router.outcome(owned(session.name, "out"), known) == told(BGP, session, known)


def text_of(session: ExternalSession, dialect: str) -> str:
    """Return the text of a router with that session alone; one whose policies cannot be said is not looked at."""
    try:
        return render(replace(SPEC, dialect=dialect, bgp=replace(BGP, internal=(), external=(session,))))
    except NotExpressible:
        assume(False)
        raise


def written(session: ExternalSession, *, imported: bool) -> RouteMap:
    policing = Policing(bgp=BGP, lists=FilterLists(counts_path_length=True))
    try:
        return import_map(policing, session) if imported else export_map(policing, session)
    except NotExpressible:
        assume(False)
        raise


@given(sessions())
def test_numbers_rise_and_every_route_goes_on_forwards_to_a_clause_that_is_there(session: ExternalSession) -> None:
    for imported in (True, False):
        clauses = written(session, imported=imported).clauses

        numbers = [clause.number for clause in clauses]
        assert numbers == sorted(set(numbers))
        assert all(clause.goto in numbers and clause.goto > clause.number for clause in clauses if clause.goto)
        assert clauses[-1].number == END
        assert clauses[-1].permit
        assert not clauses[-1].goto


@given(sessions(), rules)
def test_one_more_policy_leaves_all_checks_as_they_were(session: ExternalSession, rule: PolicySpec) -> None:
    more = replace(session, imports=replace(session.imports, policies=(*session.imports.policies, rule)))

    before, after = ({clause.number for clause in written(one, imported=True).clauses} for one in (session, more))

    assert all(POLICIES <= number < LAST_WORDS for number in before ^ after)


def test_a_neighbour_that_shuts_down_is_the_last_resort_whatever_policies_prefer() -> None:
    rule = PolicySpec(name="prefer", local_preference=900)
    session = replace(SESSION, imports=replace(SESSION.imports, policies=(rule,), prefix_list=None, origin_list=None))
    leaving = frozenset({CommunityValue.parse("graceful-shutdown")})
    heard = Route(prefix=ip_network("198.51.100.0/24"), path=(64501,), communities=leaving)

    found = read(text_of(session, "eos")).outcome(owned(session.name, "in"), heard)

    assert found is not None
    assert found.local_preference == 0


@pytest.mark.parametrize("dialect", ["eos", "ios", "nxos"])
@pytest.mark.parametrize("at_once", [False, True])
def test_a_policy_that_asks_for_communities_of_several_sorts_acts_once(dialect: str, at_once: bool) -> None:
    asked = tuple(map(CommunityValue.parse, ("64500:70", "64501:1:1", "rt:64500:7")))
    rule = PolicySpec(name="prepend", with_communities=asked, prepend=1, why="routing_policies.prepend")
    session = replace(SESSION, exports=replace(SESSION.exports, policies=(rule,)))
    mine = CommunityValue.parse("64500:1:0")
    known = Route(prefix=PREFIXES[3], path=(64501,), communities=frozenset({mine, *asked}))

    found = read(text_of(session, dialect), at_once=at_once).outcome(owned(session.name, "out"), known)

    assert found is not None
    assert found.path == (64500, 64501)


@pytest.mark.parametrize("at_once", [False, True])
def test_a_policy_that_asks_where_a_route_came_from_is_about_all_that_is_taken(at_once: bool) -> None:
    rule = PolicySpec(name="peers", with_communities=(CommunityValue.parse("64500:1:2"),), local_preference=250)
    imports = replace(SESSION.imports, policies=(rule,), prefix_list=None, origin_list=None)
    session = replace(SESSION, imports=imports)
    heard = Route(prefix=PREFIXES[3], path=(64501,))

    found = read(text_of(session, "ios"), at_once=at_once).outcome(owned(session.name, "in"), heard)

    assert found == taken(BGP, session, heard)
    assert found is not None
    assert found.local_preference == 250


def test_a_policy_that_asks_for_what_an_earlier_one_puts_on_is_refused_with_a_way_out() -> None:
    one = PolicySpec(name="one", communities=(LASTING[0],), why="routing_policies.one")
    other = PolicySpec(name="other", with_communities=(LASTING[0],), refuse=True, why="routing_policies.other")
    session = replace(SESSION, imports=replace(SESSION.imports, policies=(one, other)))

    with pytest.raises(NotExpressible, match=r"routing_policies\.other asks for 64500:70"):
        import_map(Policing(bgp=BGP, lists=FilterLists(counts_path_length=True)), session)
