"""What FRR says besides the recordings: tables, nothing to tell, and words that are no answer."""

import json
from datetime import timedelta
from typing import Any

import pytest

from hanse.devices.linux.facts import known
from hanse.devices.linux.facts.bird_time import read_now
from hanse.devices.linux.facts.fact import NotUnderstood
from hanse.devices.linux.facts.frr import asked_of_frr, documents, parts
from hanse.devices.linux.facts.frr_neighbours import read_frr_neighbours
from hanse.devices.linux.facts.frr_sessions import read_frr_sessions
from hanse.network.seen.bgp import BgpState, SeenSession

NOW = read_now("2026-02-03T12:00:00+0100")
PEER = {"remoteAs": 64501, "localAs": 64500, "bgpState": "Idle"}


def session(**told: Any) -> SeenSession:
    """Return how the only session is seen of which FRR tells this."""
    (seen,) = read_frr_sessions(json.dumps({"default": {"vrfId": 0, "192.0.2.1": {**PEER, **told}}}), NOW)
    return seen


def test_a_session_of_a_vrf_is_known_by_the_vrfs_own_name() -> None:
    tables = {name: {"vrfName": name, "192.0.2.1": PEER} for name in ("default", "vrf-red", "blue")}

    seen = read_frr_sessions(json.dumps(tables), NOW)

    assert [one.vrf for one in seen] == ["global", "red", "blue"]


def test_a_session_that_somebody_shut_is_told_from_one_that_waits() -> None:
    assert session(adminShutDown=True).state is BgpState.ADMIN_DOWN
    assert session().state is BgpState.IDLE
    assert session(bgpState="Clearing").state is BgpState.IDLE


def test_why_a_session_went_down_is_told_until_it_was_never_down_again() -> None:
    reason = {"lastResetDueTo": "BGP Notification received", "lastNotificationReason": "Hold Timer Expired"}

    assert session(**reason).last_error == "Hold Timer Expired"
    assert session(**reason, bgpState="Established", connectionsDropped=1).last_error == "Hold Timer Expired"
    assert session(**reason, bgpState="Established", connectionsDropped=0).last_error == ""


def test_a_session_that_is_down_is_so_since_its_last_reset() -> None:
    assert session(lastResetTimerMsecs=90_000).since == NOW - timedelta(seconds=90)
    assert session().since is None


def test_a_neighbour_without_an_address_is_passed_over() -> None:
    assert list(read_frr_sessions(json.dumps({"default": {"eth0": PEER}}), NOW)) == []


@pytest.mark.parametrize(
    ("duration", "passed"),
    [
        ("00:00:16", timedelta(seconds=16)),
        ("12:00:01", timedelta(hours=12, seconds=1)),
        ("3d02:00:00", timedelta(days=3, hours=2)),
        ("soon", None),
    ],
)
def test_durations_of_version_3_are_read(duration: str, passed: timedelta | None) -> None:
    told = {"10.0.0.1%ring0": {"interface": "ring0", "neighborState": "Full", "neighborStateDuration": duration}}

    (seen,) = read_frr_neighbours(json.dumps(told), NOW)

    assert seen.since == (None if passed is None else NOW - passed)


def test_nothing_to_tell_is_no_error() -> None:
    assert list(documents("% BGP instance not found\n")) == []
    assert list(documents("{}\n{}\n")) == [{}, {}]
    assert list(documents("")) == []


def test_words_that_are_no_answer_are_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        list(documents("Segmentation fault\n"))


def test_frr_is_asked_only_where_it_runs_and_behind_what_bird_says() -> None:
    command = asked_of_frr("bgpd", "show version")

    assert command.startswith("if [ -S /run/frr/bgpd.vty ];")
    assert parts("said by bird\n") == ("said by bird\n", "", "")
    assert parts("said by bird\n#= frr\n2026\n{}\n") == ("said by bird\n", "2026", "{}\n")
    assert known.BGP_SESSIONS.command.index("birdc") < known.BGP_SESSIONS.command.index("vtysh")
