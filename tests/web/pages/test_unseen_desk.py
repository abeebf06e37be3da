"""A network that nobody has looked at yet: no page takes what is unknown for well, or breaks over it."""

import pytest
from django.test import Client

from fakes.clock import FakeClock
from hanse.actions.wanted import import_network
from hanse.store.models import Job, User
from samples.city import city_with
from web.city_on_desk import ALICE
from web.five_people import client_in, five_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Client:
    import_network(network=city_with(), author=ALICE, clock=FakeClock())
    client.force_login(User.objects.create_superuser("alice", "alice@example.net", "not-used-here-1"))
    return client


def test_the_dashboard_says_that_nobody_has_looked(alice: Client) -> None:
    page = alice.get("/").content.decode()

    assert "Nobody has looked yet" in page
    assert "8 never looked at" in page
    assert "68 unknown" in page
    assert "All is well" not in page
    assert "none silent" not in page
    assert "none down" not in page


def test_the_button_of_the_dashboard_asks_every_router(alice: Client) -> None:
    answer = alice.post("/jobs/poll-all/")

    job = Job.objects.get()
    assert (job.kind, job.device, job.arguments) == ("poll", "", {})
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"


def test_who_may_not_poll_sees_no_button(alice: Client) -> None:
    bob = client_in(five_people()["reader"])

    page = bob.get("/").content.decode()

    assert "Nobody has looked yet" in page
    assert "/jobs/poll-all/" not in page


@pytest.mark.parametrize(
    "address",
    ["/routers/", "/routers/border1/", "/sessions/", "/sessions/border1/192.0.2.11/", "/links/", "/map/", "/topology/"],
)
def test_no_page_breaks_over_what_is_unknown(alice: Client, address: str) -> None:
    answer = alice.get(address)

    assert answer.status_code == 200


def test_routes_that_nobody_counted_are_not_none(alice: Client) -> None:
    rows = alice.get("/sessions/", headers={"HX-Target": "rows"}).content.decode()

    assert 'data-label="Accepted" class="number"></td>' in rows
