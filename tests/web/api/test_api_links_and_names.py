"""Ways of links, cables, zones and targets by the API."""

from collections.abc import Iterator

import pytest

from actions.small_city import FILE, Town, town
from hanse.store.models import LinkStanding
from web.api.asking import Asking, alice, somebody

pytestmark = pytest.mark.django_db
NAMED = FILE.replace(
    "asn: 64500,",
    "asn: 64500, domain: town.example, hostmaster: dns@town.example, nameservers: {alpha.town.example: },",
    1,
)
PLACES = NAMED.replace(
    "sites: {hall: }",
    "sites: {hall: {place: {latitude: 51.7, longitude: 8.7}}, hill: {place: {latitude: 51.7, longitude: 8.8}}}",
)
RADIO = PLACES.replace("{medium: fibre, cost: 10}", "{medium: radio, frequency: 5500, capacity: 300}").replace(
    "{number: 2, site: hall", "{number: 2, site: hill"
)


@pytest.fixture
def place() -> Iterator[Town]:
    with town(NAMED) as found:
        yield found


@pytest.fixture
def operator(place: Town) -> Asking:
    """Return Alice, before the town with a domain."""
    return alice()


def way(asked: Asking) -> dict[str, object]:
    answer = asked.get(f"seen/links/{LinkStanding.objects.get(name='middle').pk}/way/")
    assert answer.status == 200, answer.body
    return dict(answer.body)


def test_the_way_of_a_radio_link_is_told(operator: Asking, place: Town) -> None:
    place.wants(RADIO)

    found = way(operator)

    assert (found["link"], found["capacity"], found["cost"]) == ("middle", 300, 333)
    assert found["distance"] == pytest.approx(6891.5, abs=1)
    assert found["radio"] == pytest.approx(
        {"frequency": 5500, "loss": 124.0, "fresnel": 9.69, "clearance": 5.81}, abs=0.05
    )


def test_a_link_without_places_has_no_distance(operator: Asking) -> None:
    found = way(operator)

    assert (found["distance"], found["bearings"], found["radio"], found["cost"]) == (None, [], None, 10)


def test_both_ends_of_a_cable_are_told(operator: Asking) -> None:
    found = operator.get("seen/cables/").body

    assert [(one["here"], one["wanted"], one["cabled"]) for one in found] == [
        ("alpha:to-beta", "beta:to-alpha", "not told"),
        ("beta:to-alpha", "alpha:to-beta", "not told"),
    ]
    assert [one["here"] for one in operator.get("seen/cables/?node=beta").body] == ["beta:to-alpha"]


def test_zones_come_with_their_text_and_their_records(operator: Asking) -> None:
    found = operator.get("names/zones/?serial=42").body

    assert found[0]["name"] == "town.example"
    assert "    42 ; serial" in found[0]["text"]
    assert {"name": "alpha.town.example", "kind": "A", "value": "10.20.0.1", "why": "nodes.alpha.number"} in found[0][
        "records"
    ]


@pytest.mark.parametrize("serial", ["x", "-1", "4294967296", "99999999999999999999"])
def test_a_serial_that_is_none_is_refused(operator: Asking, serial: str) -> None:
    assert operator.get(f"names/zones/?serial={serial}").status == 400


def test_zones_that_nobody_answers_for_say_what_to_write(operator: Asking, place: Town) -> None:
    place.wants(FILE)

    answer = operator.get("names/zones/")

    assert answer.status == 422
    assert "write network.domain" in str(answer.body)


def test_prometheus_reads_its_targets(operator: Asking, place: Town) -> None:
    place.wants(FILE.replace("fake: {driver: fake,", "fake: {driver: linux,"))

    found = operator.get("names/targets/").body

    assert {"targets", "labels"} == set(found[0])
    assert [one["targets"] for one in found if one["labels"]["node"] == "alpha"] == [
        ["198.18.0.1:9100"],
        ["198.18.0.1:9324"],
    ]


def test_who_may_see_nothing_is_told_nothing(place: Town) -> None:
    asked = somebody("carol")

    assert asked.get("names/targets/").body == []
    assert asked.get("seen/cables/").body == []
    assert asked.get("names/zones/").status == 403
