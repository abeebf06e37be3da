"""Where objects of the wanted network are, and whose: what a grant within sites or AS numbers lets somebody see."""

from collections.abc import Generator

import pytest

from actions.small_city import FILE, Town, network, town
from hanse.actions.rights import Granted, Person, Right, operator
from hanse.actions.whereabouts import names_of, rows, visible, whereabouts, whole
from hanse.network.wanted.network import KINDS

pytestmark = pytest.mark.django_db
ALICE = operator("alice")


def carol(*, sites: tuple[str, ...] = (), asns: tuple[int, ...] = ()) -> Person:
    """Return Carol, who may look within these limits."""
    granted = Granted(rights=frozenset({Right.VIEW}), sites=frozenset(sites), asns=frozenset(asns))
    return Person(who="carol", door="api", granted=(granted,))


@pytest.fixture
def small() -> Generator[Town]:
    """Put the town into the store."""
    with town() as found:
        yield found


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("sites", "hall", {("hall", None)}),
        ("nodes", "alpha", {("hall", None)}),
        ("links", "middle", {("hall", None)}),
        ("connections", "pix", {("hall", None)}),
        ("sessions", "bob", {("hall", 64501)}),
        ("platforms", "fake", {(None, None)}),
    ],
)
def test_an_object_is_where_its_routers_are(kind: str, name: str, expected: set[tuple[str | None, int | None]]) -> None:
    wanted = network()

    assert set(whereabouts(wanted, kind, getattr(wanted, kind)[name])) == expected


def test_a_session_on_a_connection_that_is_not_there_is_of_its_network_only() -> None:
    wanted = network(
        FILE.replace("connection: pix, addresses: [192.0.2.11]", "connection: gone, addresses: [192.0.2.11]")
    )

    assert whereabouts(wanted, "sessions", wanted.sessions["bob"]) == ((None, 64501),)


@pytest.mark.parametrize("kind", KINDS)
def test_alice_sees_everything(small: Town, kind: str) -> None:
    assert len(visible(kind, ALICE)) == len(getattr(small.network, kind))


def test_carol_sees_what_is_at_her_site_or_of_her_network(small: Town) -> None:
    assert {kind for kind in KINDS if visible(kind, carol(asns=(64501,)))} == {"autonomous_systems", "sessions"}
    assert {kind for kind in KINDS if visible(kind, carol(sites=("hall",)))} == {
        "connections",
        "links",
        "nodes",
        "sessions",
        "sites",
    }
    assert not [kind for kind in KINDS if visible(kind, carol(sites=("mill",)))]


def test_in_an_empty_store_nothing_is_visible() -> None:
    assert visible("nodes", ALICE) == {}
    assert whole(ALICE) is None


def test_objects_are_found_by_number_and_by_name(small: Town) -> None:
    found = rows("nodes", ["alpha", "gamma"])

    assert [one.name for one in found.values()] == ["alpha"]
    assert names_of("nodes", [found["alpha"].id, 999999]) == {found["alpha"].id: "alpha"}


def test_what_holds_for_the_whole_is_for_whoever_may_look_at_everything(small: Town) -> None:
    found = whole(ALICE)

    assert found is not None
    assert found.body["asn"] == 64500
    assert whole(carol(sites=("hall",))) is None
