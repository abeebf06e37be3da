"""Discovery by the API: the look is a job, its result is read, and what was chosen is accepted."""

from collections.abc import Generator

import pytest

from actions.by_hand import BY_HAND, VENDORS, configure_by_hand
from actions.small_city import Town, town
from hanse.actions.polling import poll
from hanse.actions.rights import Granted, Right
from hanse.store import snapshot
from web.api.asking import alice, bob, somebody

pytestmark = pytest.mark.django_db
KEY = "blue 198.51.100.2 64504"


@pytest.fixture(autouse=True)
def small() -> Generator[Town]:
    """Put the town into the store, with sessions by hand on alpha, and look at it."""
    with town(VENDORS) as found:
        configure_by_hand(found)
        poll(world=found.world)
        yield found


def test_the_result_tells_what_is_new_and_when_it_was_seen() -> None:
    answer = bob().get("discovery/alpha/")

    assert answer.status == 200
    assert (answer.body["agreed"], answer.body["is_old"]) == (3, False)
    assert len(answer.body["sessions"]) == BY_HAND
    assert {one["what"] for one in answer.body["sessions"]} == {"new"}
    assert KEY in {one["key"] for one in answer.body["sessions"]}


@pytest.mark.parametrize("name", ["gamma", "beta'"])
def test_a_router_that_is_not_there_has_no_result(name: str) -> None:
    assert alice().get(f"discovery/{name}/").status == 404
    assert alice().ask("POST", f"discovery/{name}/accept/", {}).status == 404


def test_chosen_ones_are_wanted_at_once() -> None:
    body = {"keys": [KEY], "relationships": {KEY: "customer"}, "at_once": True}

    answer = alice().ask("POST", "discovery/alpha/accept/", body)

    assert (answer.status, answer.body["sessions"], answer.body["draft"]) == (200, ["neighbour-2-blue"], None)
    session = snapshot.load().sessions["neighbour-2-blue"]
    assert (session.vrf, session.relationship) == ("blue", "customer")


def test_all_go_into_a_draft_unless_asked_otherwise() -> None:
    answer = alice().ask("POST", "discovery/alpha/accept/", {})

    assert len(answer.body["sessions"]) == BY_HAND
    assert answer.body["draft"] is not None
    assert list(snapshot.load().sessions) == ["bob"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"keys": []}, 422),
        ({"keys": ["blue 198.51.100.99 64504"]}, 422),
        ({"relationship": "friend"}, 400),
        ({"draft": 99}, 404),
        ({"nonsense": 1}, 400),
    ],
)
def test_what_makes_no_sense_is_told(body: dict[str, object], status: int) -> None:
    assert alice().ask("POST", "discovery/alpha/accept/", body).status == status


def test_bob_accepts_nothing() -> None:
    assert bob().ask("POST", "discovery/alpha/accept/", {"at_once": True}).status == 403


def test_carol_sees_no_router_of_another_site() -> None:
    carol = somebody("carol", Granted(rights=frozenset(Right), sites=frozenset({"elsewhere"})))

    assert carol.get("discovery/alpha/").status == 404
    assert carol.ask("POST", "discovery/alpha/accept/", {}).status == 404


def test_the_look_is_a_job() -> None:
    answer = alice().ask("POST", "jobs/", {"kind": "discover", "device": "alpha"})

    assert (answer.status, answer.body["kind"]) == (202, "discover")


def test_a_status_takes_no_step_that_there_is_not() -> None:
    asked = alice()
    (number,) = (one["id"] for one in asked.get("wanted/sessions/").body["results"])

    refused = asked.ask("PATCH", "wanted/sessions/", [{"id": number, "status": "decommissioned"}])
    taken = asked.ask("PATCH", "wanted/sessions/", [{"id": number, "status": "maintenance"}])

    assert (refused.status, taken.status) == (422, 200)
    assert "does not become decommissioned in one step" in str(refused.body)
