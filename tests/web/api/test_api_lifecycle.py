"""Draining and restoring by the API, and what would change."""

from collections.abc import Generator

import pytest

from actions.small_city import Town, town
from hanse.network.wanted.nodes import NodeStatus
from hanse.store import snapshot
from hanse.store.models import Draft
from web.api.asking import alice, bob

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small() -> Generator[Town]:
    """Put the town into the store."""
    with town() as found:
        yield found


def test_a_router_is_drained_at_once_and_restored() -> None:
    asked = alice()

    drained = asked.ask("POST", "lifecycle/drain/", {"name": "alpha", "at_once": True})
    status = snapshot.load().nodes["alpha"].status
    restored = asked.ask("POST", "lifecycle/restore/", {"name": "nodes.alpha", "at_once": True})

    assert (drained.status, drained.body["routers"], drained.body["draft"]) == (201, ["alpha"], None)
    assert status is NodeStatus.MAINTENANCE
    assert restored.body["change_set"] == drained.body["change_set"] + 1
    assert snapshot.load().nodes["alpha"].status is NodeStatus.ACTIVE


def test_without_a_word_a_step_waits_in_a_draft() -> None:
    done = alice().ask("POST", "lifecycle/drain/", {"name": "middle"}).body

    assert Draft.objects.get(pk=done["draft"]).title == "drain middle"
    assert (done["kind"], done["routers"], done["change_set"]) == ("links", ["alpha", "beta"], None)


def test_what_would_change_is_told_to_whoever_may_look() -> None:
    told = bob().ask("POST", "lifecycle/as-if/", {"statuses": {"beta": "planned"}})

    assert told.status == 200
    assert [one["node"] for one in told.body["routers"]] == ["alpha", "beta"]
    assert [one["name"] for one in told.body["operations"]] == ["beta"]


@pytest.mark.parametrize(
    ("way", "body", "status"),
    [
        ("drain", {"name": "gamma"}, 422),
        ("restore", {"name": "alpha"}, 422),
        ("as-if", {"statuses": {"alpha": "gone"}}, 422),
        ("drain", {"nme": "alpha"}, 400),
    ],
)
def test_what_cannot_be_is_told(way: str, body: dict[str, object], status: int) -> None:
    assert alice().ask("POST", f"lifecycle/{way}/", body).status == status


def test_who_may_only_look_does_not_drain() -> None:
    assert bob().ask("POST", "lifecycle/drain/", {"name": "alpha"}).status == 403
