"""Tunnels' keys as a page and over the API: their age, new ones for who may change secrets, and never a value."""

from collections.abc import Iterator

import pytest
from django.test import Client

from actions.small_city import FILE, Town, town
from hanse.actions.planning import plan
from hanse.store import access
from web.browsers import browser_with, shown

pytestmark = pytest.mark.django_db(transaction=True)

POOLS = 'pools:\n  t4: {use: tunnel, prefix: 10.20.9.0/24}\n  t6: {use: tunnel, prefix: "fd20:9::/64"}'
CLASS = "link_classes: {far: {medium: tunnel, cost: 500, mtu: 1380}, "
WEST = "tunnels: {west: {number: 1, kind: wireguard, link_class: far, ends: {alpha: {address: 192.0.2.1}, beta: }}}\n"


@pytest.fixture
def joined() -> Iterator[Town]:
    """Give the town with a tunnel between its routers."""
    with town(FILE.replace("pools:", POOLS).replace("link_classes: {", CLASS) + WEST) as found:
        yield found


def test_the_page_lists_tunnels_and_no_value(joined: Town, alice: Client) -> None:
    assert "with the next plan" in shown(alice, "/tunnel-keys/")
    plan(world=joined.world)

    page = shown(alice, "/tunnel-keys/")

    assert "west" in page
    assert "alpha beta" in page
    assert "with the next plan</span>" not in page
    assert not [value for value in access.secrets().values() if value in page]


def test_new_keys_are_made_by_who_may_change_secrets(joined: Town, alice: Client) -> None:
    plan(world=joined.world)
    before = access.secrets()

    answer = alice.post("/tunnel-keys/west/rotate/", follow=True)

    assert "west has new keys" in answer.content.decode()
    assert not [name for name, value in access.secrets().items() if value == before[name]]


def test_who_may_only_look_is_offered_no_new_keys_and_gets_none(joined: Town) -> None:
    bob = browser_with("bob", "view")

    assert "New keys" not in shown(bob, "/tunnel-keys/")
    assert bob.post("/tunnel-keys/west/rotate/").status_code == 403
    assert not access.secrets()


def test_the_api_says_the_same(joined: Town, alice: Client) -> None:
    (row,) = alice.get("/api/tunnel-keys/").json()["results"]

    answer = alice.post("/api/tunnel-keys/west/rotate/")

    assert (row["tunnel"], row["routers"], row["made_at"]) == ("west", "alpha beta", None)
    assert answer.json() == {"tunnel": "west", "routers": ["alpha", "beta"]}
    assert len(access.secrets()) == 5
