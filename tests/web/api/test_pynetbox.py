"""An unmodified client of NetBox works against Hanse: it lists, filters, makes, changes and removes."""

from collections.abc import Generator
from typing import Any

import pynetbox
import pytest
from pytest_django.live_server_helper import LiveServer

from actions.small_city import town
from hanse.actions.rights import Person, operator
from hanse.actions.tokens import make
from hanse.devices.clock import SystemClock
from hanse.store.models import User, WantedObject

pytestmark = pytest.mark.django_db(transaction=True)


def token_of(person: Person, *, may_write: bool) -> str:
    """Return the text of a new token of somebody who may do everything."""
    User.objects.get_or_create(username=person.who, is_superuser=True)
    return make(name=f"pynetbox {may_write}", may_write=may_write, person=person, clock=SystemClock())


@pytest.fixture
def netbox(live_server: LiveServer) -> Generator[Any]:
    """Return the client, in the name of Alice."""
    with town():
        client = pynetbox.api(live_server.url, token=token_of(operator("alice"), may_write=True))
        yield client
        client.http_session.close()


def test_it_lists_every_object_page_by_page(netbox: Any) -> None:
    names = [one.name for one in netbox.plugins.wanted.nodes.all(limit=1)]

    assert names == ["alpha", "beta"]


def test_it_counts_and_filters(netbox: Any) -> None:
    links = netbox.plugins.wanted.links

    assert links.count() == 1
    assert [one.name for one in links.filter(ends="alpha:to-beta")] == ["middle"]
    assert list(links.filter(link_class="copper")) == []
    assert [one.name for one in netbox.plugins.wanted.nodes.filter(name=["alpha", "beta"])] == ["alpha", "beta"]


def test_it_reads_one_by_its_number_or_by_its_name(netbox: Any) -> None:
    nodes = netbox.plugins.wanted.nodes
    alpha = nodes.get(name="alpha")

    assert nodes.get(alpha.id).site == "hall"
    assert nodes.get(999999) is None


def test_it_makes_changes_and_removes(netbox: Any) -> None:
    sites = netbox.plugins.wanted.sites

    mill = sites.create(name="mill", region="west")
    mill.region = "east"

    assert mill.save()
    assert sites.get(mill.id).region == "east"
    assert mill.delete()
    assert not WantedObject.objects.filter(kind="sites", name="mill").exists()


def test_it_saves_nothing_that_it_did_not_change(netbox: Any) -> None:
    assert netbox.plugins.wanted.nodes.get(name="alpha").updates() == {}


def test_it_works_on_many_at_once(netbox: Any) -> None:
    sites = netbox.plugins.wanted.sites
    made = sites.create([{"name": "north"}, {"name": "south"}])

    changed = sites.update([{"id": one.id, "region": "west"} for one in made])

    assert [one.region for one in changed] == ["west", "west"]
    assert sites.filter(region="west").update(region="east")
    assert sites.filter(region="east").delete()
    assert sites.count() == 1


def test_it_pages_what_was_seen_by_number_where_it_wants_to(live_server: LiveServer) -> None:
    with town():
        text = token_of(operator("alice"), may_write=False)
        client: Any = pynetbox.api(live_server.url, token=text, pagination="cursor")

        nodes = [one.node for one in client.plugins.seen.routers.all(limit=1)]

        assert sorted(nodes) == ["alpha", "beta"]
        client.http_session.close()


def test_it_tells_the_choices_of_a_field(netbox: Any) -> None:
    choices = netbox.plugins.wanted.nodes.choices()

    assert "maintenance" in [one["value"] for one in choices["status"]]


def test_it_tells_what_runs_here(netbox: Any) -> None:
    assert netbox.version == "4.6"
    assert "hanse-version" in netbox.status()


def test_a_token_that_may_not_write_writes_nothing(netbox: Any, live_server: LiveServer) -> None:
    reader: Any = pynetbox.api(live_server.url, token=token_of(operator("alice"), may_write=False))

    with pytest.raises(pynetbox.RequestError, match="403"):
        reader.plugins.wanted.sites.create(name="mill")

    assert reader.plugins.wanted.sites.count() == 1
    reader.http_session.close()


def test_a_text_that_is_no_token_is_told_so(netbox: Any, live_server: LiveServer) -> None:
    stranger: Any = pynetbox.api(live_server.url, token="hanse_0000")

    with pytest.raises(pynetbox.RequestError, match="there is no such token"):
        stranger.plugins.wanted.sites.count()

    stranger.http_session.close()
