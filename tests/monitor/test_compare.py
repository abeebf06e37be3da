"""Wanted against seen: down, absent and unknown are three different things."""

from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest

from fakes.deploying import CORE, PEER
from hanse.derive.expected import WantedNeighbour, WantedSession
from hanse.derive.label_spec import LabelSwap
from hanse.monitor.compare import Condition, Tally, labels_lacking, neighbour_conditions, session_conditions, tally
from hanse.network.seen.bgp import BgpState
from hanse.network.seen.device import OspfState, SeenLabel
from hanse.network.values.asn import Asn

SESSION = WantedSession(
    remote_address=PEER.remote_address,
    remote_asn=PEER.remote_asn,
    name="pix_64501",
    external=True,
    enabled=True,
    why="sessions.pix-64501",
)
OFF = replace(SESSION, enabled=False)
NEIGHBOUR = WantedNeighbour(version=2, interface="eth1", router_id="10.0.0.2", why="links.ring-1")


CHANGED = LabelSwap(label=100002, via=ip_address("10.0.8.1"), interface="core0", out=100002, why="label_paths.across")
TAKEN_OFF = replace(CHANGED, label=100003, interface="south0", out=None)


@pytest.mark.parametrize(
    ("wanted", "state", "condition"),
    [
        (SESSION, BgpState.ESTABLISHED, Condition.UP),
        (SESSION, BgpState.ACTIVE, Condition.DOWN),
        (SESSION, BgpState.IDLE, Condition.DOWN),
        (SESSION, BgpState.ADMIN_DOWN, Condition.DOWN),
        (OFF, BgpState.ADMIN_DOWN, Condition.DISABLED),
        (OFF, BgpState.ESTABLISHED, Condition.UNWANTED),
        (OFF, BgpState.ACTIVE, Condition.UNWANTED),
    ],
)
def test_a_session_stands_by_wish_and_state(wanted: WantedSession, state: BgpState, condition: Condition) -> None:
    (found,) = session_conditions((wanted,), (replace(PEER, state=state),))

    assert found.condition is condition


def test_a_session_that_is_down_says_why_and_since_when() -> None:
    (found,) = session_conditions((SESSION,), (replace(PEER, state=BgpState.IDLE, last_error="Hold timer expired"),))

    assert (found.why, found.since) == ("Hold timer expired", PEER.since)


def test_a_router_that_answered_without_it_has_it_absent() -> None:
    (found,) = session_conditions((SESSION,), ())

    assert found.condition is Condition.ABSENT


def test_a_session_that_is_off_and_not_there_is_disabled() -> None:
    (found,) = session_conditions((OFF,), ())

    assert found.condition is Condition.DISABLED


def test_a_router_that_did_not_answer_makes_all_unknown() -> None:
    sessions = session_conditions((SESSION, OFF), None)
    neighbours = neighbour_conditions((NEIGHBOUR,), None)

    assert {found.condition for found in sessions} == {Condition.UNKNOWN}
    assert {found.condition for found in neighbours} == {Condition.UNKNOWN}


def test_another_as_at_the_address_is_not_the_wanted_session() -> None:
    absent, unwanted = session_conditions((SESSION,), (replace(PEER, remote_asn=Asn(64509)),))

    assert (absent.condition, absent.why) == (Condition.ABSENT, "the router has AS64509 at this address")
    assert unwanted.condition is Condition.UNWANTED


def test_another_vrf_is_another_session() -> None:
    conditions = session_conditions((SESSION,), (replace(PEER, vrf="blue"),))

    assert [found.condition for found in conditions] == [Condition.ABSENT, Condition.UNWANTED]


def test_what_nobody_wants_comes_last() -> None:
    stranger = replace(PEER, remote_address=ip_address("192.0.2.99"))

    up, unwanted = session_conditions((SESSION,), (stranger, PEER))

    assert (up.condition, unwanted.condition, unwanted.wanted) == (Condition.UP, Condition.UNWANTED, None)


@pytest.mark.parametrize(
    ("state", "condition"),
    [
        (OspfState.FULL, Condition.UP),
        (OspfState.TWO_WAY, Condition.UP),
        (OspfState.EXSTART, Condition.DOWN),
        (OspfState.INIT, Condition.DOWN),
    ],
)
def test_a_neighbour_stands_by_its_state(state: OspfState, condition: Condition) -> None:
    (found,) = neighbour_conditions((NEIGHBOUR,), (replace(CORE, state=state),))

    assert (found.condition, found.since) == (condition, CORE.since)


def test_a_neighbour_that_is_not_there_has_no_beginning() -> None:
    (found,) = neighbour_conditions((NEIGHBOUR,), ())

    assert (found.condition, found.since) == (Condition.ABSENT, None)


def test_a_neighbour_with_another_identity_is_not_the_wanted_one() -> None:
    conditions = neighbour_conditions((NEIGHBOUR,), (replace(CORE, router_id="10.0.0.9"),))

    assert [found.condition for found in conditions] == [Condition.ABSENT, Condition.UNWANTED]


def test_a_tally_counts_what_is_wanted_up() -> None:
    conditions = session_conditions((SESSION, replace(OFF, remote_address=ip_address("192.0.2.12"))), (PEER,))

    assert tally(conditions) == Tally(wanted=1, up=1)
    assert str(tally(conditions)) == "1/1"


def test_a_tally_of_a_silent_router_does_not_guess() -> None:
    assert str(tally(session_conditions((SESSION,), None))) == "?/1"
    assert str(tally(neighbour_conditions((), None))) == "0/0"


@pytest.mark.parametrize(
    ("changed", "lacking"),
    [({}, []), ({"label": 100000}, [TAKEN_OFF]), ({"interface": "east0"}, [TAKEN_OFF]), ({"out": (7,)}, [TAKEN_OFF])],
)
def test_a_label_that_the_router_does_something_else_with_is_lacking(
    changed: dict[str, Any], lacking: list[LabelSwap]
) -> None:
    seen = [
        SeenLabel(label=100002, out=(100002,), via=None, interface="core0", protocol="static"),
        replace(SeenLabel(label=100003, out=(), via=None, interface="south0", protocol="bird"), **changed),
        SeenLabel(label=17, out=(), via=None, interface="core0", protocol="ldp"),
    ]

    assert list(labels_lacking((CHANGED, TAKEN_OFF), seen)) == lacking
