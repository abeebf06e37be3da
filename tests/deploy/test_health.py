"""What was up, what is up, and what that means."""

import json
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address

from hypothesis import given
from hypothesis import strategies as st

from fakes.deploying import ALL_WANTED, CORE, OTHER_PEER, PEER
from hanse.deploy.health import Health, StillWanted, harm_between, health_from, restarted_between, still_wanted
from hanse.derive.expected import WantedNeighbour, WantedSession
from hanse.network.seen.bgp import BgpState
from hanse.network.seen.device import OspfState
from hanse.network.values.asn import Asn

BEFORE = health_from((PEER, OTHER_PEER), (CORE,))
KEYS = st.frozensets(st.tuples(st.just("global"), st.integers(1, 5).map(lambda last: ip_address(f"192.0.2.{last}"))))


def health_with(keys: frozenset[tuple[str, object]]) -> Health:
    return Health(sessions=dict.fromkeys(keys))  # type: ignore[arg-type]  # the strategy's keys are session keys


def test_only_what_is_up_is_in_it() -> None:
    down = replace(PEER, state=BgpState.ACTIVE)
    beginning = replace(CORE, state=OspfState.EXSTART)

    assert health_from((down,), (beginning,)) == Health()


def test_two_routers_at_2_way_are_up() -> None:
    assert health_from((), (replace(CORE, state=OspfState.TWO_WAY),)).neighbours


def test_all_up_again_is_no_harm() -> None:
    assert harm_between(BEFORE, BEFORE, ALL_WANTED) == ()


def test_silence_is_harm() -> None:
    assert harm_between(BEFORE, None, StillWanted()) == ("the router does not answer a new connection",)


def test_everything_missing_is_named_neighbours_first() -> None:
    assert harm_between(BEFORE, Health(), ALL_WANTED) == (
        "the OSPFv2 neighbour 10.0.0.2 on eth1 was up before and is not now",
        "the BGP session with 192.0.2.11 was up before and is not now",
        "the BGP session with 192.0.2.12 was up before and is not now",
    )


@given(KEYS, KEYS, KEYS)
def test_harm_is_what_was_up_and_is_wanted_and_is_missing(
    before: frozenset[tuple[str, object]], after: frozenset[tuple[str, object]], wanted: frozenset[tuple[str, object]]
) -> None:
    insisted = StillWanted(sessions=wanted)  # type: ignore[arg-type]  # the strategy's keys are session keys

    harm = harm_between(health_with(before), health_with(after), insisted)

    assert len(harm) == len((before & wanted) - after)


def test_what_is_switched_off_is_not_insisted_on() -> None:
    session = WantedSession(
        remote_address=PEER.remote_address, remote_asn=Asn(64501), name="p", external=True, enabled=False, why="s"
    )
    neighbour = WantedNeighbour(version=2, interface="eth1", router_id="10.0.0.2", why="links.ring-1")

    wanted = still_wanted((session,), (neighbour,))

    assert wanted == StillWanted(neighbours=frozenset({(2, "eth1", "10.0.0.2")}))


def test_what_began_anew_is_told_apart_from_what_stayed() -> None:
    later = replace(PEER, since=PEER.since + timedelta(minutes=1)) if PEER.since else PEER
    moved = replace(OTHER_PEER, since=OTHER_PEER.since + timedelta(seconds=1)) if OTHER_PEER.since else OTHER_PEER

    assert restarted_between(BEFORE, health_from((later, moved), (CORE,))) == ("BGP session with 192.0.2.11",)


def test_a_device_that_does_not_tell_since_when_accuses_nobody() -> None:
    silent = replace(PEER, since=None)

    assert restarted_between(BEFORE, health_from((silent,), ())) == ()


def test_the_record_of_it_is_plain_words() -> None:
    tree = json.loads(json.dumps(BEFORE.tree()))

    assert tree["neighbours"] == [
        {"neighbour": "OSPFv2 neighbour 10.0.0.2 on eth1", "since": "2026-01-01T00:00:00+00:00"}
    ]
    assert [one["session"] for one in tree["sessions"]] == [
        "BGP session with 192.0.2.11",
        "BGP session with 192.0.2.12",
    ]
