"""Wherever a session's status is changed, only the steps of its life are taken; what was taken can be taken back."""

from collections.abc import Iterator

import pytest

from actions.small_city import FILE, Town, network, town
from hanse.actions import change_sets, drafts
from hanse.actions.rights import EVERYTHING, Person
from hanse.actions.wanted import changes_to
from hanse.network.wanted.edits import Edit
from hanse.network.wanted.problem import Contradictory
from hanse.network.wanted.sessions import SessionStatus
from hanse.store import snapshot

pytestmark = pytest.mark.django_db(transaction=True)
ALICE = Person(who="alice", door="page", granted=(EVERYTHING,))
BOB = {"asn": 64501, "relationship": "peer", "connection": "pix", "addresses": ["192.0.2.11"]}
REFUSED = "does not become decommissioned in one step"


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        yield found


def bob(status: str) -> Edit:
    return Edit(kind="sessions", name="bob", body={**BOB, "status": status})


def save(place: Town, *edits: Edit) -> drafts.Taken | None:
    return drafts.save_now(edits=edits, person=ALICE, world=place.world)


def status() -> SessionStatus:
    return snapshot.load().sessions["bob"].status


def test_a_step_is_taken(place: Town) -> None:
    save(place, bob("maintenance"))

    assert status() is SessionStatus.MAINTENANCE


def test_a_change_at_once_takes_no_other_way(place: Town) -> None:
    with pytest.raises(Contradictory, match=REFUSED):
        save(place, bob("decommissioned"))

    assert status() is SessionStatus.ENABLED


def test_a_draft_takes_no_other_way(place: Town) -> None:
    number = drafts.begin(title="", person=ALICE, world=place.world)
    drafts.put(draft=number, edits=[bob("decommissioned")], person=ALICE, world=place.world)

    with pytest.raises(Contradictory, match=REFUSED):
        drafts.take(draft=number, person=ALICE, world=place.world)


def test_an_import_takes_no_other_way_and_says_so_before(place: Town) -> None:
    text = FILE.replace("relationship: peer,", "relationship: peer, status: decommissioned,")

    with pytest.raises(Contradictory, match=REFUSED):
        place.wants(text)

    with pytest.raises(Contradictory, match=REFUSED):
        changes_to(network(text))
    assert status() is SessionStatus.ENABLED


def test_a_change_set_can_be_taken_back_where_no_step_leads(place: Town) -> None:
    save(place, bob("decommissioning"))
    taken = save(place, bob("decommissioned"))
    assert taken is not None

    undo = change_sets.undo(number=taken.number, person=ALICE, world=place.world)
    drafts.take(draft=undo, person=ALICE, world=place.world)

    assert status() is SessionStatus.DECOMMISSIONING


def test_a_session_that_is_removed_and_written_again_begins_anew(place: Town) -> None:
    save(place, Edit(kind="sessions", name="bob", body=None))

    save(place, bob("decommissioned"))

    assert status() is SessionStatus.DECOMMISSIONED
