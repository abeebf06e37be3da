"""What rights mean, whatever was granted: properties over all grants."""

from hypothesis import given
from hypothesis import strategies as st

from hanse.actions.grant_words import in_words
from hanse.actions.rights import EVERYTHING, GivesTooMuch, Granted, Person, Right

KINDS = ("nodes", "links", "sessions")
SITES = ("hall", "tower")
ASNS = (64500, 64501)


def sets_of(values: tuple[object, ...]) -> st.SearchStrategy[frozenset[object]]:
    return st.frozensets(st.sampled_from(values))


grants = st.builds(
    Granted,
    rights=sets_of(tuple(Right)),
    kinds=sets_of(KINDS),
    sites=sets_of(SITES),
    asns=sets_of(ASNS),
)
people = st.builds(
    Person,
    who=st.just("bob"),
    door=st.just("page"),
    granted=st.lists(grants, max_size=3).map(tuple),
    read_only=st.booleans(),
)
rights = st.sampled_from(tuple(Right))
kinds = st.sampled_from(KINDS)
sites = st.sampled_from((None, *SITES))
asns = st.sampled_from((None, *ASNS))


def with_more(person: Person, more: Granted) -> Person:
    return Person(who=person.who, door=person.door, granted=(*person.granted, more), read_only=person.read_only)


def has(person: Person, granted: Granted) -> bool:
    try:
        person.insist_on_having([granted], "do it")
    except GivesTooMuch:
        return False
    return True


@given(people, grants, rights, kinds, sites, asns)
def test_one_more_grant_never_allows_less(
    person: Person, more: Granted, right: Right, kind: str, site: str | None, asn: int | None
) -> None:
    before = person.may(right, kind, site=site, asn=asn)

    assert before <= with_more(person, more).may(right, kind, site=site, asn=asn)


@given(people, rights, kinds, sites, asns)
def test_a_scope_lets_through_exactly_what_one_may(
    person: Person, right: Right, kind: str, site: str | None, asn: int | None
) -> None:
    scope = person.scope(right, kind)

    is_within = scope.everything or site in scope.sites or asn in scope.asns
    assert is_within == person.may(right, kind, site=site, asn=asn)


@given(people, rights, kinds)
def test_an_empty_scope_is_nothing_anywhere(person: Person, right: Right, kind: str) -> None:
    somewhere = any(person.may(right, kind, site=site, asn=asn) for site in (None, *SITES) for asn in (None, *ASNS))

    assert person.scope(right, kind).is_empty == (not somewhere)


@given(people, kinds, sites, asns)
def test_whoever_may_change_or_deploy_may_look(person: Person, kind: str, site: str | None, asn: int | None) -> None:
    may = {right: person.may(right, kind, site=site, asn=asn) for right in Right}

    assert may[Right.VIEW] >= max(may[Right.CHANGE], may[Right.DEPLOY])


@given(people, rights, kinds, sites, asns)
def test_a_token_that_may_not_write_only_looks(
    person: Person, right: Right, kind: str, site: str | None, asn: int | None
) -> None:
    reading = Person(who="bob", door="api", granted=person.granted, read_only=True)

    may = reading.may(right, kind, site=site, asn=asn)
    assert not may or right is Right.VIEW


@given(people, grants, rights, kinds, sites, asns)
def test_what_somebody_may_give_they_may_do_themselves(
    person: Person, given_away: Granted, right: Right, kind: str, site: str | None, asn: int | None
) -> None:
    giver = Person(who="bob", door="page", granted=person.granted)
    taker = Person(who="carol", door="page", granted=(given_away,))

    if has(giver, given_away) and taker.may(right, kind, site=site, asn=asn):
        assert giver.may(right, kind, site=site, asn=asn)


@given(people, grants)
def test_nobody_can_raise_their_own_rights(person: Person, more: Granted) -> None:
    giver = Person(who="bob", door="page", granted=person.granted)

    if has(giver, more):
        raised = with_more(giver, more)
        assert [giver.may(right, kind) for right in Right for kind in KINDS] == [
            raised.may(right, kind) for right in Right for kind in KINDS
        ]


@given(grants)
def test_whoever_may_do_everything_may_give_everything(granted: Granted) -> None:
    assert has(Person(who="alice", door="page", granted=(EVERYTHING,)), granted)


@given(grants)
def test_the_words_of_a_grant_name_every_limit(granted: Granted) -> None:
    words = in_words(granted)

    limits = [*granted.sites, *(f"AS{asn}" for asn in granted.asns), *granted.kinds] if granted.rights else []
    assert [limit for limit in limits if limit not in words] == []


@given(people, rights, sites, asns)
def test_what_concerns_every_kind_takes_a_grant_for_every_kind(
    person: Person, right: Right, site: str | None, asn: int | None
) -> None:
    on_all = person.may(right, site=site, asn=asn)

    assert on_all <= all(person.may(right, kind, site=site, asn=asn) for kind in KINDS)
    assert on_all <= any(not one.kinds for one in person.granted)
