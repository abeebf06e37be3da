"""`hanse discover` at the terminal: what routers have, and accepting it."""

import json
from collections.abc import Callable, Iterator

import pytest

from actions.by_hand import BY_HAND, VENDORS, configure_by_hand
from actions.small_city import Town, town
from hanse.cli.say import Exit
from hanse.store import snapshot
from hanse.store.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place() -> Iterator[Town]:
    with town(VENDORS) as found:
        configure_by_hand(found)
        yield found


def test_one_router_is_asked_and_every_session_shown(run: Run, place: Town) -> None:
    code, out, _ = run("discover", "alpha")

    assert code == Exit.FINE
    assert len(out.splitlines()) == BY_HAND + 1
    assert "neighbour-2-blue" in out


def test_what_would_be_accepted_is_shown_and_not_written(run: Run, place: Town) -> None:
    code, out, _ = run("discover", "alpha", "--accept", "blue/198.51.100.2")

    assert code == Exit.CHANGES
    assert "add    sessions.neighbour-2-blue" in out
    assert list(snapshot.load().sessions) == ["bob"]


def test_all_are_wanted_at_once_as_customers(run: Run, place: Town) -> None:
    code, out, _ = run("discover", "alpha", "--accept", "all", "--relationship", "customer", "--apply")

    assert (code, "change set " in out) == (Exit.FINE, True)
    sessions = snapshot.load().sessions
    assert len(sessions) == BY_HAND + 1
    assert sessions["neighbour-2"].relationship == "customer"
    assert "have what is wanted" in run("discover", "alpha")[1]


def test_a_draft_is_begun(run: Run, place: Town) -> None:
    code, _, _ = run("discover", "alpha", "--accept", "global/198.51.100.2", "--draft")

    assert code == Exit.FINE
    assert Draft.objects.latest("pk").title == "sessions found on alpha"


def test_an_address_in_two_vrfs_has_to_say_which(run: Run, place: Town) -> None:
    code, _, err = run("discover", "alpha", "--accept", "198.51.100.2", "--apply")

    assert code == Exit.WANTED
    assert "say global/198.51.100.2, blue/198.51.100.2" in err


def test_an_address_that_no_router_has_is_told(run: Run, place: Town) -> None:
    code, _, err = run("discover", "--accept", "198.51.100.99", "--apply")

    assert code == Exit.WANTED
    assert "no router has a new session '198.51.100.99'" in err


def test_json_tells_each_session(run: Run, place: Town) -> None:
    _, out, _ = run("discover", "alpha", "--json")

    (router,) = json.loads(out)["routers"]
    assert (router["node"], router["agreed"], len(router["sessions"])) == ("alpha", 3, BY_HAND)
    assert {"vrf", "remote_address", "what", "session"} <= set(router["sessions"][0])
