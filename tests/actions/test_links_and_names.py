"""One link on its page, cables as the last look heard them, and what others are told of our names."""

from collections.abc import Iterator

import pytest

from actions.small_city import FILE, Town, town
from hanse.actions import looking, naming
from hanse.actions.looking import NoSuchLink
from hanse.actions.polling import poll
from hanse.actions.rights import NotAllowed, Person, operator
from hanse.derive.zones import NobodyAnswers
from hanse.monitor.cabling import Cabled
from hanse.network.seen.device import SeenLldpNeighbour
from hanse.store.models import Sighting

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice", "cli")
NAMED = FILE.replace(
    "asn: 64500,",
    "asn: 64500, domain: town.example, hostmaster: dns@town.example, nameservers: {alpha.town.example: },",
    1,
)


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        yield found


def hear(place: Town, node: str, *heard: tuple[str, str, str]) -> None:
    found = (SeenLldpNeighbour(interface=one, remote_system=system, remote_port=port) for one, system, port in heard)
    place.devices[node].lldp = tuple(found)
    poll(world=place.world, limit=[node])


def cabled(place: Town) -> list[tuple[str, Cabled]]:
    return [(str(one.here), one.cabled) for one in looking.cabling(ALICE)]


def test_cables_are_as_the_last_look_heard_them(place: Town) -> None:
    before = cabled(place)
    hear(place, "alpha", ("to-beta", "beta", "to-alpha"))
    hear(place, "beta", ("to-alpha", "gamma", "to-beta"))

    assert before == [("alpha:to-beta", Cabled.NOT_TOLD), ("beta:to-alpha", Cabled.NOT_TOLD)]
    assert cabled(place) == [("alpha:to-beta", Cabled.AS_WANTED), ("beta:to-alpha", Cabled.OTHERWISE)]
    assert [str(one.here) for one in looking.cabling(ALICE, node="beta")] == ["beta:to-alpha"]


def test_a_neighbour_that_is_not_heard_any_more_is_forgotten(place: Town) -> None:
    hear(place, "alpha", ("to-beta", "gamma", "eth0"), ("lan", "switch", "7"))

    hear(place, "alpha", ("lan", "switch", "7"))

    assert cabled(place)[0] == ("alpha:to-beta", Cabled.MISSING)


def test_hearing_the_same_again_writes_nothing(place: Town) -> None:
    hear(place, "alpha", ("to-beta", "beta", "to-alpha"))
    before = Sighting.objects.get(node="alpha", subject="LLDP neighbour").changed_at

    place.clock.began = place.clock.began.replace(year=place.clock.began.year + 1)
    hear(place, "alpha", ("to-beta", "beta", "to-alpha"))

    assert Sighting.objects.get(node="alpha", subject="LLDP neighbour").changed_at == before


def test_a_neighbours_port_may_have_a_very_long_name(place: Town) -> None:
    hear(place, "alpha", ("to-beta", "beta", "x" * 300))

    assert cabled(place)[0] == ("alpha:to-beta", Cabled.OTHERWISE)


def test_the_page_of_a_router_has_its_own_ends(place: Town) -> None:
    hear(place, "alpha", ("to-beta", "beta", "to-alpha"))

    ends = looking.router("alpha", ALICE).cables

    assert [(str(one.here), one.cabled) for one in ends] == [("alpha:to-beta", Cabled.AS_WANTED)]


def test_the_page_of_a_link_has_its_cost_and_its_cable(place: Town) -> None:
    page = looking.link_page("middle", ALICE)

    assert (page.standing.cost, page.link_class.name, page.path) == (10, "fibre", None)  # its site has no place
    assert len(page.cable) == 2


def test_a_cost_by_capacity_stands_in_the_list_too(place: Town) -> None:
    place.wants(FILE.replace("{medium: fibre, cost: 10}", "{medium: fibre, capacity: 1000}"))

    assert looking.link_page("middle", ALICE).standing.cost == 100


def test_a_link_that_nobody_wants_or_may_see_is_not_there(place: Town) -> None:
    nobody = Person(who="bob", door="page")

    with pytest.raises(NoSuchLink, match="there is no link 'north'"):
        looking.link_page("north", ALICE)
    with pytest.raises(NoSuchLink):
        looking.link_page("middle", nobody)
    assert looking.cabling(nobody) == ()


def test_zones_have_the_serial_of_the_day_or_the_one_that_is_given(place: Town) -> None:
    place.wants(NAMED)
    day = place.clock.now().strftime("%Y%m%d00")

    (forward, *rest) = naming.written_zones(ALICE, place.world)
    (given, *_) = naming.written_zones(ALICE, place.world, serial=7)

    assert f"    {day} ; serial" in forward.text
    assert "    7 ; serial" in given.text
    assert (forward.file, len(rest)) == ("town.example.zone", 5)
    assert naming.written_zone("town.example", ALICE, place.world) == forward


def test_what_is_not_a_zone_or_not_to_be_seen_is_refused(place: Town) -> None:
    place.wants(NAMED)

    with pytest.raises(naming.NoSuchZone):
        naming.written_zone("city.example", ALICE, place.world)
    with pytest.raises(NotAllowed):
        naming.written_zones(Person(who="bob", door="page"), place.world)


def test_without_name_servers_it_is_said_what_to_write(place: Town) -> None:
    place.wants(NAMED.replace("nameservers: {alpha.town.example: },", ""))

    with pytest.raises(NobodyAnswers, match=r"write network\.nameservers"):
        naming.written_zones(ALICE, place.world)


def test_prometheus_is_told_of_the_routers_that_one_may_see(place: Town) -> None:
    place.wants(FILE.replace("fake: {driver: fake,", "fake: {driver: linux,"))

    seen = {one.labels["node"] for one in naming.prometheus_targets(ALICE)}

    assert seen == {"alpha", "beta"}
    assert naming.prometheus_targets(Person(who="bob", door="page")) == ()
