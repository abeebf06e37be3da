"""Everything that changed on a router between two looks; silence changes only whether it answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.deploying import CORE, OTHER_PEER, PEER, START
from hanse.monitor.changes import Change
from hanse.monitor.happenings import LastSeen, Subject, changes_between, last_seen
from hanse.monitor.look import Look, Unanswered
from hanse.network.seen.bgp import BgpState
from hanse.network.seen.device import OspfState, SeenDevice, SeenInterface

DEVICE = SeenDevice(hostname="core1", vendor="Hanse", model="fake", os_version="1", uptime=timedelta(hours=1))
ETH1 = SeenInterface(name="eth1", is_enabled=True, is_up=True)
LOOK = Look(
    node="core1",
    taken_at=START,
    took=timedelta(seconds=1),
    device=DEVICE,
    sessions=(PEER, OTHER_PEER),
    neighbours=(CORE,),
    interfaces=(ETH1,),
)
LATER = START + timedelta(minutes=5)
SILENCE = Unanswered(node="core1", taken_at=LATER, took=timedelta(seconds=1), reason="core1 does not answer")
BEFORE = last_seen(LastSeen(), LOOK)


def sentences(now: Look | Unanswered, before: LastSeen = BEFORE) -> list[str]:
    return [str(one) for one in changes_between(before, now)]


def test_the_first_look_is_no_change() -> None:
    assert sentences(LOOK, LastSeen()) == []


def test_the_same_look_again_is_no_change() -> None:
    assert sentences(replace(LOOK, taken_at=LATER)) == []


def test_silence_is_one_change_of_the_router_and_none_of_its_sessions() -> None:
    assert sentences(SILENCE) == ["core1 stopped answering: core1 does not answer"]


def test_silence_that_lasts_is_no_news() -> None:
    assert sentences(SILENCE, last_seen(BEFORE, SILENCE)) == []


def test_a_router_that_never_answered_has_not_stopped() -> None:
    assert sentences(SILENCE, LastSeen()) == []


def test_silence_leaves_the_state_as_it_was() -> None:
    after = last_seen(BEFORE, SILENCE)

    assert after == replace(BEFORE, answered=False)


def test_after_silence_the_last_answer_is_what_counts() -> None:
    silent = last_seen(BEFORE, SILENCE)
    now = replace(LOOK, sessions=(replace(PEER, state=BgpState.ACTIVE, last_error="Hold timer expired"), OTHER_PEER))

    assert sentences(now, silent) == [
        "core1 answers again",
        "core1: BGP session 192.0.2.11 went down: Hold timer expired",
    ]


def test_a_router_heard_for_the_first_time_after_silence_answers() -> None:
    assert sentences(LOOK, LastSeen(answered=False)) == ["core1 answers again"]


def test_a_shorter_uptime_is_a_new_start() -> None:
    now = replace(LOOK, taken_at=LATER, device=replace(DEVICE, uptime=timedelta(minutes=1)))

    (found,) = changes_between(BEFORE, now)

    assert (found.change, found.since) == (Change.REBOOTED, LATER - timedelta(minutes=1))


def test_a_router_that_does_not_tell_its_uptime_is_not_accused_of_a_new_start() -> None:
    silent = replace(LOOK, device=replace(DEVICE, uptime=None))

    assert sentences(silent) == []
    assert sentences(LOOK, replace(BEFORE, device=silent.device)) == []


def test_a_change_carries_time_cause_and_both_states() -> None:
    down = replace(PEER, state=BgpState.IDLE, since=LATER - timedelta(minutes=2), last_error="Peer de-configured")
    now = replace(LOOK, taken_at=LATER, sessions=(down, OTHER_PEER))

    (found,) = changes_between(BEFORE, now)

    assert (found.subject, found.name, found.change) == (Subject.SESSION, "192.0.2.11", Change.WENT_DOWN)
    assert (found.before, found.after, found.why) == ("established", "idle", "Peer de-configured")
    assert (found.at, found.since) == (LATER, LATER - timedelta(minutes=2))


def test_an_old_error_does_not_explain_that_a_session_came_up() -> None:
    before = replace(BEFORE, sessions=(replace(PEER, state=BgpState.IDLE), OTHER_PEER))
    now = replace(LOOK, sessions=(replace(PEER, last_error="Hold timer expired"), OTHER_PEER))

    assert sentences(now, before) == ["core1: BGP session 192.0.2.11 came up"]


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (replace(LOOK, sessions=(OTHER_PEER,)), "core1: BGP session 192.0.2.11 vanished"),
        (
            replace(LOOK, sessions=(*LOOK.sessions, replace(PEER, vrf="blue"))),
            "core1: BGP session 192.0.2.11 in VRF blue came up",
        ),
        (
            replace(LOOK, sessions=(*LOOK.sessions, replace(PEER, vrf="blue", state=BgpState.IDLE))),
            "core1: BGP session 192.0.2.11 in VRF blue appeared",
        ),
        (replace(LOOK, neighbours=()), "core1: OSPF neighbour 10.0.0.2 on eth1 (OSPFv2) went down"),
        (
            replace(LOOK, neighbours=(CORE, replace(CORE, version=3))),
            "core1: OSPF neighbour 10.0.0.2 on eth1 (OSPFv3) came up",
        ),
        (replace(LOOK, interfaces=(replace(ETH1, is_up=False),)), "core1: interface eth1 went down"),
        (replace(LOOK, interfaces=()), "core1: interface eth1 vanished"),
    ],
)
def test_each_change_is_one_sentence(now: Look, sentence: str) -> None:
    assert sentences(now) == [sentence]


def test_a_neighbour_that_comes_and_goes_below_adjacency_is_no_news() -> None:
    beginning = replace(CORE, version=3, state=OspfState.INIT)

    assert sentences(replace(LOOK, neighbours=(CORE, beginning))) == []
    assert sentences(LOOK, replace(BEFORE, neighbours=(CORE, beginning))) == []


def test_changes_come_from_the_cable_upwards() -> None:
    now = replace(LOOK, interfaces=(replace(ETH1, is_up=False),), neighbours=(), sessions=())

    subjects = [one.subject for one in changes_between(BEFORE, now)]

    assert subjects == [Subject.INTERFACE, Subject.NEIGHBOUR, Subject.SESSION, Subject.SESSION]
