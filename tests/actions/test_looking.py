"""What people see of the network: as much as was granted to them, at a fixed cost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from actions.small_city import ALICE as AUTHOR
from actions.small_city import FILE, Town
from fakes.clock import FakeClock
from hanse.actions import looking
from hanse.actions.applying import apply
from hanse.actions.discovering import drifts
from hanse.actions.looking import Verdict
from hanse.actions.planning import plan
from hanse.actions.polling import poll
from hanse.actions.rights import Granted, Person, Right, operator
from hanse.actions.wanted import import_network
from hanse.network.seen.bgp import BgpState
from hanse.network.wanted.lookups import NoSuchNode
from hanse.store import standings
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import RouterStanding, SessionSample, SessionStanding
from samples.city import city

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ALICE = operator("alice", "page")
NOBODY = Person(who="dave", door="page")


def limited(*, sites: tuple[str, ...] = (), asns: tuple[int, ...] = (), kinds: tuple[str, ...] = ()) -> Person:
    """Return Carol, who may look within these limits."""
    granted = Granted(
        rights=frozenset({Right.VIEW}), sites=frozenset(sites), asns=frozenset(asns), kinds=frozenset(kinds)
    )
    return Person(who="carol", door="page", granted=(granted,))


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


@pytest.fixture
def wanted_city() -> None:
    import_network(network=city(), author=AUTHOR, clock=FakeClock())


def titles(text: str, person: Person = ALICE) -> dict[str, list[str]]:
    return {group.title: [hit.name or hit.address for hit in group.hits] for group in looking.search(text, person)}


@pytest.mark.usefixtures("wanted_city")
def test_a_person_within_sites_sees_what_is_there() -> None:
    person = limited(sites=("uni",))

    routers = {row.site for row in looking.router_list(person)}
    links = {frozenset((row.one_site, row.other_site)) for row in looking.link_list(person)}

    assert routers == {"uni"}
    assert links
    assert all("uni" in pair for pair in links)
    assert {row.site for row in looking.address_list(person)} == {"uni"}


@pytest.mark.usefixtures("wanted_city")
def test_a_person_within_as_numbers_sees_these_networks_sessions_only() -> None:
    asn = SessionStanding.objects.filter(is_internal=False).values_list("remote_asn", flat=True)[0]
    person = limited(asns=(asn,))

    assert {row.remote_asn for row in looking.session_list(person)} == {asn}
    assert not looking.router_list(person).exists()


@pytest.mark.usefixtures("wanted_city")
def test_whoever_was_granted_nothing_sees_nothing() -> None:
    lists = (looking.router_list, looking.session_list, looking.link_list, looking.address_list, looking.change_list)

    assert not any(rows(NOBODY).exists() for rows in lists)
    assert not looking.audit_list(NOBODY).exists()
    assert looking.search("uni", NOBODY) == ()
    assert looking.dashboard(NOBODY).routers == 0
    assert looking.city_map(NOBODY).pins == ()


@pytest.mark.usefixtures("wanted_city")
def test_the_record_of_what_has_no_place_is_for_those_who_see_all() -> None:
    secret = ObjectChange(kind="secret", name="bgp", before=None, after="(hidden)")
    write_entries([secret], action="set secret", author=AUTHOR, at=NOW)

    kinds = {entry.kind for entry in looking.audit_list(limited(sites=("uni",)))}

    assert kinds == {"nodes", "sites", "links", "sessions", "connections"} & kinds
    assert "nodes" in kinds
    assert looking.audit_list(ALICE).filter(kind="secret").exists()
    assert not looking.audit_list(limited(kinds=("nodes",))).exclude(kind="nodes").exists()


def test_a_change_is_seen_by_whoever_sees_its_session(place: Town) -> None:
    poll(world=place.world)
    alpha = place.devices["alpha"]
    alpha.sessions = tuple(replace(one, state=BgpState.ACTIVE) for one in alpha.sessions)
    poll(world=place.world)

    assert looking.change_list(limited(asns=(64501,))).count() == 1
    assert looking.change_list(limited(sites=("hall",))).count() == 3
    assert looking.change_list(ALICE, node="alpha", subject="BGP session").count() == 3


def test_the_dashboard_has_what_is_not_well(place: Town) -> None:
    poll(world=place.world)
    before = looking.dashboard(ALICE)
    alpha = place.devices["alpha"]
    alpha.sessions = tuple(replace(one, state=BgpState.ACTIVE) for one in alpha.sessions)
    alpha.interfaces = tuple(replace(one, is_up=False) for one in alpha.interfaces)
    poll(world=place.world)
    with transaction.atomic():
        standings.note_drift("beta", "+ typed by hand\n", "", NOW)

    now = looking.dashboard(ALICE)

    assert before.verdict is Verdict.WELL
    assert now.verdict is Verdict.WRONG
    assert (now.sessions_down_count, now.links_down_count, now.drifted_count) == (3, 1, 1)
    assert [row.node for row in now.drifted] == ["beta"]


def test_a_network_that_nobody_has_looked_at_is_not_well(place: Town) -> None:
    unseen = looking.dashboard(ALICE)
    poll(world=place.world, limit=["alpha"])

    partly = looking.dashboard(ALICE)

    assert unseen.verdict is Verdict.UNSEEN
    assert unseen.never_asked == unseen.never_compared == unseen.routers
    assert partly.verdict is Verdict.PARTLY_SEEN
    assert partly.never_asked == unseen.routers - 1


@pytest.mark.django_db(transaction=True)
def test_a_router_stands_where_its_latest_deployment_does(place: Town) -> None:
    apply(plan(world=place.world), world=place.world, author=AUTHOR)
    place.devices["alpha"].running_text += "typed by hand\n"
    drifts(world=place.world)

    row = looking.router("alpha", ALICE).standing

    assert (row.stage, row.deployment) == ("kept", looking.router("alpha", ALICE).deployments[0].name)
    assert "typed by hand" in (row.drift or "")


def test_the_dashboard_costs_the_same_for_two_routers_and_for_many(place: Town) -> None:
    few = queries(lambda: looking.dashboard(ALICE))
    place.wants("".join(open_town(30)))
    many = queries(lambda: looking.dashboard(ALICE))

    assert few == many
    assert many <= 18


def open_town(count: int) -> Iterator[str]:
    """Yield the town with `count` routers more."""
    from_two = [
        f"  n{number}: {{number: {number}, site: hall, platform: fake,"
        f" management: {{address: 198.18.0.{number}/24}}}}\n"
        for number in range(3, count + 3)
    ]
    head, links, tail = FILE.partition("links:")
    yield from (head, *from_two, links, tail)


def test_a_routers_page_has_everything_about_it(place: Town) -> None:
    poll(world=place.world)

    page = looking.router("alpha", ALICE)

    assert page.standing.answered is True
    assert {line.state for line in page.interfaces} == {"up"}
    assert {one.condition.value for one in page.neighbours} == {"up"}
    assert page.sessions.count() == 3
    assert [link.name for link in page.links] == ["middle"]
    assert page.installed is None
    assert len(page.polls) == 1


def test_each_line_of_a_router_says_where_it_comes_from(place: Town) -> None:
    page = looking.router("alpha", ALICE)

    bird = next(file for file in page.files if file.path.endswith("bird.conf"))
    interfaces = next(file for file in page.files if file.path.endswith("interfaces"))
    by_object = {(line.why.kind, line.why.name) for line in (*bird.lines, *interfaces.lines) if line.why}
    cost = next(line for line in bird.lines if "cost 10" in line.text)

    assert by_object == {
        ("nodes", "alpha"),
        ("nodes", "beta"),
        ("links", "middle"),
        ("connections", "pix"),
        ("sessions", "bob"),
    }
    assert cost.why is not None
    assert cost.why.path == "links.middle"
    assert bird.lines[0].why is None


def test_a_router_that_one_may_not_see_is_not_there(place: Town) -> None:
    with pytest.raises(NoSuchNode):
        looking.router("alpha", limited(sites=("elsewhere",)))
    with pytest.raises(NoSuchNode):
        looking.router("gamma", ALICE)


def test_a_router_without_a_dialect_says_why_nothing_is_written(place: Town) -> None:
    place.wants(
        FILE.replace(
            "platform: fake, management: {address: 198.18.0.2/24}",
            "platform: silent, management: {address: 198.18.0.2/24}",
        )
    )

    page = looking.router("beta", ALICE)

    assert page.files == ()
    assert "dialect" in page.unwritten


@pytest.mark.usefixtures("wanted_city")
def test_the_map_has_sites_where_they_are_and_what_joins_them() -> None:
    found = looking.city_map(ALICE)

    pins = {pin.site: pin for pin in found.pins}
    assert pins["dom"].place is not None
    assert sum(pin.routers for pin in found.pins) == RouterStanding.objects.count()
    assert {pin.condition for pin in found.pins} == {"unknown"}
    assert sum(len(line.links) for line in found.lines) == len(city().links)


@pytest.mark.usefixtures("wanted_city")
def test_the_topology_has_routers_by_site() -> None:
    found = looking.topology(ALICE)

    assert list(found.sites) == sorted(found.sites)
    assert len(found.routers) == len(city().nodes)
    assert queries(lambda: looking.topology(ALICE)) == 2


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("alp", "Routers", "alpha"),
        ("midd", "Links", "middle"),
        ("bob", "Sessions", "bob"),
        ("AS64501", "Networks", "64501"),
        ("64501", "Sessions", "bob"),
        ("192.0.2.11", "Sessions", "bob"),
        ("192.0.2.11", "Addresses and prefixes", "pix"),
        ("10.20.0.1", "Addresses and prefixes", "alpha"),
        ("192.0.2.0/24", "Sessions", "bob"),
        ("10.20.8.0/30", "Inside the prefix", "middle"),
        ("10.20.8.0/30", "Around the prefix", "links4"),
        ("198.18.0.1", "Management", "alpha"),
        ("hall", "Other objects", "hall"),
    ],
)
def test_one_search_finds_names_addresses_prefixes_and_as_numbers(
    place: Town, text: str, title: str, name: str
) -> None:
    assert name in titles(text)[title]


def test_the_smallest_prefix_around_an_address_comes_first(place: Town) -> None:
    hits = titles("10.20.8.0")["Addresses and prefixes"]

    assert hits == ["middle", "links4"]


@pytest.mark.parametrize("text", ["", " ", "x", "%", "no such thing", "10.99.0.1", "1.2.3.4/99", "AS99999999999"])
def test_what_is_not_there_is_not_found(place: Town, text: str) -> None:
    assert looking.search(text, ALICE) == ()


def test_a_sessions_history_is_for_those_who_see_the_session(place: Town) -> None:
    poll(world=place.world)
    since = datetime.now(UTC) - timedelta(days=1)

    def seen(person: Person) -> int:
        return looking.session_history(person, node="alpha", address="192.0.2.11", since=since).count()

    assert (seen(ALICE), seen(limited(asns=(64501,))), seen(limited(asns=(64502,)))) == (1, 1, 0)
    assert SessionSample.objects.count() > 1
