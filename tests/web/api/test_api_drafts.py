"""Drafts by the API: begun, filled, looked at, taken, undone; and what somebody else changed meanwhile."""

from collections.abc import Generator
from typing import Any

import pytest

from actions.small_city import Town, town
from hanse.store.models import WantedObject
from web.api.asking import Asking, alice, bob

pytestmark = pytest.mark.django_db
COST = {"kind": "link_classes", "name": "fibre", "body": {"medium": "fibre", "cost": 20}}


@pytest.fixture(autouse=True)
def small() -> Generator[Town]:
    """Put the town into the store."""
    with town() as found:
        yield found


def draft_with(asked: Asking, *edits: Any) -> str:
    """Return the address of a new draft that holds the edits."""
    number = asked.ask("POST", "drafts/", {"title": "a dearer fibre"}).body["id"]
    asked.ask("PUT", f"drafts/{number}/operations/", list(edits))
    return f"drafts/{number}/"


def cost() -> int:
    """Return what the fibre costs by what is wanted."""
    return int(WantedObject.objects.get(kind="link_classes").body["cost"])


def test_a_draft_changes_nothing_until_it_is_taken() -> None:
    asked = alice()
    draft = draft_with(asked, COST)
    before = cost()

    taken = asked.ask("POST", f"{draft}take/")

    assert (before, taken.status, cost()) == (10, 201, 20)
    assert asked.get(draft).body["state"] == "taken"
    assert asked.get(f"change-sets/{taken.body['id']}/changes/").body[0]["after"]["cost"] == 20


def test_a_preview_tells_each_routers_diff() -> None:
    asked = alice()

    found = asked.get(f"{draft_with(asked, COST)}preview/").body

    assert found["can_be_taken"] is True
    assert [router["node"] for router in found["routers"]] == ["alpha", "beta"]
    assert "cost 20" in found["routers"][0]["diff"]


def test_a_preview_tells_the_problems() -> None:
    asked = alice()

    found = asked.get(f"{draft_with(asked, {'kind': 'link_classes', 'name': 'fibre', 'body': None})}preview/").body

    assert found["can_be_taken"] is False
    assert found["problems"][0]["path"] == ["links", "middle", "link_class"]


def test_what_is_in_conflict_is_not_taken_until_it_is_settled() -> None:
    asked = alice()
    draft = draft_with(asked, COST)
    number = WantedObject.objects.get(kind="link_classes").pk
    asked.ask("PATCH", f"wanted/link-classes/{number}/", {"cost": 30})

    refused = asked.ask("POST", f"{draft}take/")
    settled = asked.ask("POST", f"{draft}settle/", {"kind": "link_classes", "name": "fibre", "choice": "mine"})
    taken = asked.ask("POST", f"{draft}take/")

    assert (refused.status, settled.status, taken.status, cost()) == (409, 200, 201, 20)


def test_a_change_set_is_taken_back_by_a_draft() -> None:
    asked = alice()
    taken = asked.ask("POST", f"{draft_with(asked, COST)}take/").body

    undone = asked.ask("POST", f"change-sets/{taken['id']}/undo/")
    asked.ask("POST", f"drafts/{undone.body['id']}/take/")

    assert (undone.status, undone.body["undoes"], cost()) == (201, taken["id"], 10)


def test_a_draft_is_put_aside_and_opened_again() -> None:
    asked = alice()
    draft = draft_with(asked, COST)

    states = [asked.ask("POST", f"{draft}{word}/").body["state"] for word in ("withdraw", "reopen")]
    refused = asked.ask("POST", f"{draft}reopen/")

    assert (states, refused.status) == (["withdrawn", "open"], 409)


def test_an_object_is_taken_out_of_a_draft() -> None:
    asked = alice()
    draft = draft_with(asked, COST)

    asked.ask("DELETE", f"{draft}operations/", [{"kind": "link_classes", "name": "fibre"}])

    assert asked.get(f"{draft}operations/").body == []


def test_an_object_is_called_otherwise_wherever_it_is_named() -> None:
    asked = alice()
    draft = draft_with(asked)

    changed = asked.ask("POST", f"{draft}rename/", {"kind": "link_classes", "name": "fibre", "new": "glass"})

    assert {(one["kind"], one["name"]) for one in changed.body} == {
        ("link_classes", "fibre"),
        ("link_classes", "glass"),
        ("links", "middle"),
    }


def test_files_become_a_draft_and_a_draft_a_file() -> None:
    asked = alice()
    draft = draft_with(asked)

    asked.ask("PUT", f"{draft}files/", {"files": {"sites.yml": "sites: {mill: {region: west}}"}})

    assert "mill" in asked.get(f"{draft}files/").body["text"]


def test_a_draft_that_is_not_there_is_not_here() -> None:
    assert [alice().get(f"drafts/999/{word}").status for word in ("", "operations/", "preview/")] == [404] * 3


def test_bob_begins_none() -> None:
    assert bob().ask("POST", "drafts/", {"title": "mine"}).status == 403
