"""A session's status in forms: only where a step leads is offered, for one session and for many."""

import re

import pytest
from django.test import Client

from hanse.store.models import Draft
from web.conftest import Office
from web.five_people import client_in

pytestmark = pytest.mark.django_db
SESSION = "/objects/sessions/of/pix-alme/"
ENABLED_ONES = ["enabled", "pre-maintenance", "maintenance", "disabled", "decommissioning"]


@pytest.fixture
def alice(office: Office) -> Client:
    return client_in(office.sessions["admin"])


def offered(client: Client, address: str) -> list[str]:
    """Return what the input of the status offers."""
    page = client.get(address).content.decode()
    (select,) = re.findall(r'<select name="status".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]*)"', select)


def test_the_form_of_a_session_offers_the_next_steps(alice: Client) -> None:
    assert offered(alice, SESSION) == ENABLED_ONES


def test_a_new_session_may_begin_anywhere(alice: Client) -> None:
    assert len(offered(alice, "/objects/sessions/new/")) == 9


def test_many_sessions_are_offered_what_all_of_them_can_take(alice: Client) -> None:
    assert offered(alice, "/objects/sessions/bulk/?name=pix-alme&name=pix-lippe") == ENABLED_ONES


def test_the_list_of_sessions_leads_to_maintenance_for_those_that_are_ticked(alice: Client) -> None:
    listed = alice.get("/sessions/").content.decode()

    page = alice.get("/objects/sessions/bulk/?name=pix-alme&name=pix-lippe&status=maintenance").content.decode()

    assert 'name="name" value="pix-alme" form="bulk"' in listed
    assert 'name="set" value="status" checked' in page
    assert '<option value="maintenance" selected>' in page


def test_a_step_that_is_not_in_the_table_is_told_at_the_field(alice: Client) -> None:
    body = {"asn": "64501", "relationship": "peer", "connection": "pix-border1", "hold": "90",
            "addresses": "192.0.2.11", "status": "decommissioned"}  # fmt: skip

    answer = alice.post(SESSION, body, follow=True).content.decode()

    assert "a session that is enabled does not become decommissioned in one step" in answer
    draft = Draft.objects.latest("pk")
    alice.post(f"/drafts/{draft.pk}/take/")
    draft.refresh_from_db()
    assert draft.state == "open"


def test_bob_is_offered_no_ticks(office: Office) -> None:
    listed = client_in(office.sessions["reader"]).get("/sessions/").content.decode()

    assert 'form="bulk"' not in listed
