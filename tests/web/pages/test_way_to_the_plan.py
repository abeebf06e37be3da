"""From a draft that is taken to the plan of the routers that it changes."""

from collections.abc import Iterator

import pytest
from django.test import Client

from actions.small_city import Town, town
from hanse.actions.drafts import save_now
from hanse.actions.rights import operator
from hanse.network.wanted.edits import Edit
from hanse.store.models import ChangeSet, Job, User, WantedObject
from web.five_people import client_in, five_people

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = operator("alice", "page")


@pytest.fixture
def taken(client: Client) -> Iterator[tuple[Client, Town, int]]:
    """Return Alice's browser, her town, and a change set that changes both of its routers."""
    client.force_login(User.objects.create_superuser("alice", "alice@example.net", "not-used-here-1"))
    with town() as place:
        slower = Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 20})
        save_now(edits=[slower], person=ALICE, world=place.world)
        yield client, place, ChangeSet.objects.latest("pk").pk


def test_a_change_set_says_what_is_next(taken: tuple[Client, Town, int]) -> None:
    alice, _, number = taken

    page = alice.get(f"/change-sets/{number}/").content.decode()

    assert "What is next" in page
    assert "2 routers are to have another text because of it" in page
    assert "Plan these routers" in page


def test_its_button_plans_those_routers_and_waits_for_the_plan(taken: tuple[Client, Town, int]) -> None:
    alice, _, number = taken

    answer = alice.post("/plans/make/", {"change_set": number})

    job = Job.objects.get()
    assert (job.kind, job.arguments) == ("plan", {"limit": ["alpha", "beta"]})
    assert answer.headers["Location"] == f"/jobs/{job.pk}/?then=plan"


def test_the_page_of_the_job_leads_to_the_plan_once_it_is_made(taken: tuple[Client, Town, int]) -> None:
    alice, _, number = taken
    alice.post("/plans/make/", {"change_set": number})
    job = Job.objects.get()
    before = alice.get(f"/jobs/{job.pk}/?then=plan")
    Job.objects.update(state="done", result={"plan": 7})

    whole = alice.get(f"/jobs/{job.pk}/?then=plan")
    part = alice.get(f"/jobs/{job.pk}/?then=plan", headers={"HX-Request": "true", "HX-Target": "live"})
    unasked = alice.get(f"/jobs/{job.pk}/")

    assert f'hx-get="/jobs/{job.pk}/?then=plan"' in before.content.decode()
    assert whole.headers["Location"] == part.headers["HX-Redirect"] == "/plans/7/"
    assert unasked.status_code == 200


def test_nothing_is_planned_where_no_text_changes(taken: tuple[Client, Town, int]) -> None:
    alice, place, _ = taken
    body = WantedObject.objects.get(kind="nodes", name="beta").body
    quiet = Edit(kind="nodes", name="beta", body={**body, "height": 12})
    save_now(edits=[quiet], person=ALICE, world=place.world)
    number = ChangeSet.objects.latest("pk").pk

    answer = alice.post("/plans/make/", {"change_set": number}, follow=True)

    assert not Job.objects.exists()
    assert "there is nothing to plan" in answer.content.decode()


def test_who_may_not_deploy_is_not_told_to(taken: tuple[Client, Town, int]) -> None:
    _, _, number = taken
    bob = client_in(five_people()["reader"])

    page = bob.get(f"/change-sets/{number}/").content.decode()

    assert "Plan these routers" not in page
