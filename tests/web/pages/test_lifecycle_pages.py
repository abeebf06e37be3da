"""Draining and restoring on pages, and what would change."""

import pytest
from django.test import Client

from actions.small_city import Town
from hanse.actions.drafts import take
from hanse.actions.rights import operator
from hanse.conf.outside import outside
from hanse.network.wanted.nodes import NodeStatus
from hanse.store import snapshot
from hanse.store.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(place: Town, alice: Client) -> Client:
    """Alice, before the town."""
    return alice


@pytest.fixture
def bob(place: Town, bob: Client) -> Client:
    """Bob, before the town."""
    return bob


def test_a_drain_is_a_draft_that_shows_what_it_does(alice: Client) -> None:
    shown = alice.get("/routers/alpha/").content.decode()

    answer = alice.post("/lifecycle/drain/", {"name": "nodes.alpha"}, follow=True)

    draft = Draft.objects.latest("pk")
    page = answer.content.decode()
    assert 'action="/lifecycle/drain/"' in shown
    assert 'action="/lifecycle/restore/"' not in shown
    assert answer.redirect_chain[-1][0] == f"/drafts/{draft.pk}/"
    assert draft.title == "drain alpha"
    assert "What it does to routers" in page
    assert "65535" in page


def test_a_drained_router_is_offered_its_way_back(alice: Client) -> None:
    alice.post("/lifecycle/drain/", {"name": "nodes.alpha"})
    take(draft=Draft.objects.latest("pk").pk, person=operator("alice", "page"), world=outside())

    shown = alice.get("/routers/alpha/").content.decode()
    alice.post("/lifecycle/restore/", {"name": "nodes.alpha"})

    assert 'action="/lifecycle/restore/"' in shown
    assert 'action="/lifecycle/drain/"' not in shown
    assert Draft.objects.latest("pk").title == "restore alpha"


def test_a_links_page_has_the_same_steps(alice: Client) -> None:
    shown = alice.get("/links/middle/").content.decode()

    alice.post("/lifecycle/drain/", {"name": "links.middle"})

    assert 'value="links.middle"' in shown
    assert Draft.objects.latest("pk").title == "drain middle"


def test_what_would_change_is_shown_and_nothing_is_kept(alice: Client) -> None:
    drafts = Draft.objects.count()

    page = alice.get("/lifecycle/as-if/?name=nodes.beta&status=planned").content.decode()

    assert "beta as if it were planned" in page
    assert "-protocol bgp ibgp_beta_ipv4" in page
    assert Draft.objects.count() == drafts
    assert snapshot.load().nodes["beta"].status is NodeStatus.ACTIVE


def test_where_it_stands_already_no_text_changes(alice: Client) -> None:
    page = alice.get("/lifecycle/as-if/?name=links.middle").content.decode()

    assert "No router&#x27;s text changes" in page or "No router's text changes" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lifecycle/as-if/?name=alpha", 404),
        ("/lifecycle/as-if/?name=houses.alpha", 404),
        ("/lifecycle/as-if/?name=nodes.gamma", 422),
        ("/lifecycle/as-if/?name=nodes.alpha&status=gone", 422),
    ],
)
def test_what_nobody_has_is_not_shown(alice: Client, path: str, status: int) -> None:
    assert alice.get(path).status_code == status


def test_there_are_two_steps(alice: Client) -> None:
    assert alice.post("/lifecycle/destroy/", {"name": "nodes.alpha"}).status_code == 404


def test_who_may_only_look_is_offered_no_step(bob: Client) -> None:
    shown = bob.get("/routers/alpha/").content.decode()

    assert "/lifecycle/drain/" not in shown
    assert "/lifecycle/as-if/" in shown
    assert bob.post("/lifecycle/drain/", {"name": "nodes.alpha"}).status_code == 403
