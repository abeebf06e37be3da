"""Discovery on pages: which routers have more than is wanted, what it is, and accepting it."""

from collections.abc import Generator
from html import unescape

import pytest
from django.test import Client

from actions.by_hand import BY_HAND, VENDORS, configure_by_hand
from actions.small_city import Town, town
from hanse.actions.polling import poll
from hanse.store import snapshot
from hanse.store.models import ChangeSet, Draft, Job
from web.api.asking import alice, bob

pytestmark = pytest.mark.django_db
HERE = "/discovery/of/alpha/"
KEYS = ["global 198.51.100.2 64504", "blue 198.51.100.2 64504"]


@pytest.fixture(autouse=True)
def place() -> Generator[Town]:
    """Put the town into the store, with sessions by hand on alpha, and look at it."""
    with town(VENDORS) as found:
        configure_by_hand(found)
        poll(world=found.world, limit=["alpha"])
        yield found


def text(client: Client, address: str = HERE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_list_leads_to_the_router_that_has_most() -> None:
    page = text(alice().client, "/discovery/")

    assert page.index('href="/discovery/of/alpha/"') < page.index('href="/discovery/of/beta/"')


def test_the_page_shows_every_session_with_where_it_would_be() -> None:
    page = text(alice().client)

    assert page.count('name="key"') == BY_HAND
    assert "VRF blue" in page
    assert "neighbour-2-blue" in page
    assert "3 sessions are on both sides" in page


def test_a_router_that_nobody_looked_at_says_so() -> None:
    assert "Nobody has looked yet" in text(alice().client, "/discovery/of/beta/")


def test_ticked_ones_are_wanted_at_once_each_as_what_was_said() -> None:
    posted = {"key": KEYS, f"as {KEYS[0]}": "upstream", "relationship": "customer", "deed": "now"}

    answer = alice().client.post(f"{HERE}accept/", posted)

    sessions = snapshot.load().sessions
    assert answer.headers["Location"] == f"/change-sets/{ChangeSet.objects.latest('pk').pk}/"
    assert [sessions[name].relationship for name in ("neighbour-2", "neighbour-2-blue")] == ["upstream", "customer"]


def test_all_of_them_go_into_a_draft() -> None:
    answer = alice().client.post(f"{HERE}accept/", {"all": "on", "deed": "draft"})

    draft = Draft.objects.latest("pk")
    assert answer.headers["Location"] == f"/drafts/{draft.pk}/"
    assert draft.title == "sessions found on alpha"
    assert list(snapshot.load().sessions) == ["bob"]


def test_nothing_ticked_is_answered_on_the_page() -> None:
    answer = alice().client.post(f"{HERE}accept/", {"deed": "now"})

    assert answer.status_code == 422
    assert "has no session that was chosen" in answer.content.decode()


def test_what_is_gone_is_answered_on_the_page_with_the_rest_still_ticked() -> None:
    answer = alice().client.post(f"{HERE}accept/", {"key": [KEYS[0], "blue 198.51.100.99 64504"], "deed": "now"})

    page = unescape(answer.content.decode())
    assert (answer.status_code, page.count(" checked>")) == (422, 1)
    assert "blue 198.51.100.99: alpha has it no more" in page


def test_bob_looks_and_ticks_nothing() -> None:
    client = bob().client

    page = text(client)

    assert 'name="key"' not in page
    assert "neighbour-2-blue" in page
    assert client.post(f"{HERE}accept/", {"all": "on", "deed": "now"}).status_code == 403


def test_what_cannot_be_accepted_stands_below_with_its_reason(place: Town) -> None:
    place.devices["alpha"].sessions = ()
    poll(world=place.world, limit=["alpha"])

    page = text(alice().client)

    assert "Nothing new" in page
    assert 'href="/objects/sessions/of/bob/"' in page
    assert "it is wanted, and the router has it not" in page


def test_looking_again_is_a_job() -> None:
    alice().client.post("/routers/alpha/do/discover/")

    job = Job.objects.latest("pk")
    assert (job.kind, job.device) == ("discover", "alpha")


def test_looking_at_all_is_a_job() -> None:
    alice().client.post("/discovery/look/")

    assert Job.objects.latest("pk").kind == "discover"


def test_one_address_in_two_vrfs_has_two_pages() -> None:
    client = alice().client

    listed = text(client, "/sessions/?q=198.51.100.2")
    plain, blue = text(client, "/sessions/alpha/198.51.100.2/"), text(client, "/sessions/alpha/198.51.100.2/?vrf=blue")

    assert '"/sessions/alpha/198.51.100.2/?vrf=blue"' in listed
    assert '"/sessions/alpha/198.51.100.2/"' in listed
    assert "in VRF blue" in blue
    assert "in VRF blue" not in plain


def test_an_address_that_stands_in_one_vrf_only_is_found_without_it(place: Town) -> None:
    alpha = place.devices["alpha"]
    alpha.sessions = tuple(one for one in alpha.sessions if one.vrf == "blue")
    poll(world=place.world, limit=["alpha"])

    assert "in VRF blue" in text(alice().client, "/sessions/alpha/198.51.100.2/")
