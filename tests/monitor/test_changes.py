"""Two looks in, a change or nothing out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.deploying import CORE, PEER, START
from hanse.monitor.changes import (
    Change,
    Limits,
    change_between,
    interface_change_between,
    neighbour_change_between,
)
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.seen.device import OspfState, SeenInterface
from hanse.network.values.addresses import Family

UP, DOWN, OFF = BgpState.ESTABLISHED, BgpState.ACTIVE, BgpState.ADMIN_DOWN


def with_routes(accepted: int) -> SeenSession:
    return replace(PEER, counts=(RouteCounts(family=Family.IPV4, accepted=accepted),))


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (UP, DOWN, Change.WENT_DOWN),
        (DOWN, UP, Change.CAME_UP),
        (UP, OFF, Change.SWITCHED_OFF),
        (DOWN, OFF, Change.SWITCHED_OFF),
        (OFF, DOWN, Change.SWITCHED_ON),
        (OFF, UP, Change.CAME_UP),
        (UP, UP, None),
        (DOWN, BgpState.CONNECT, None),
        (OFF, OFF, None),
    ],
)
def test_a_session_changes_by_its_state(before: BgpState, now: BgpState, change: Change | None) -> None:
    assert change_between(replace(PEER, state=before), replace(PEER, state=now)) is change


@given(st.sampled_from(BgpState))
def test_the_same_look_twice_is_no_change(state: BgpState) -> None:
    seen = replace(PEER, state=state)

    assert change_between(seen, seen) is None


@pytest.mark.parametrize(("seconds", "change"), [(2, None), (600, Change.RESTARTED), (-2, None)])
def test_up_at_both_looks_with_a_new_beginning_was_down_in_between(seconds: int, change: Change | None) -> None:
    assert change_between(PEER, replace(PEER, since=START + timedelta(seconds=seconds))) is change


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (1000, 499, Change.LOST_MOST_ROUTES),
        (1000, 500, None),
        (1000, 2000, None),
        (9, 0, None),
        (10, 0, Change.LOST_MOST_ROUTES),
    ],
)
def test_losing_most_routes_is_a_change_where_there_were_some(before: int, now: int, change: Change | None) -> None:
    assert change_between(with_routes(before), with_routes(now)) is change


def test_the_limits_are_the_operators() -> None:
    limits = Limits(kept=0.9, few=1)

    assert change_between(with_routes(10), with_routes(8), limits) is Change.LOST_MOST_ROUTES


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (OspfState.FULL, OspfState.INIT, Change.WENT_DOWN),
        (OspfState.LOADING, OspfState.FULL, Change.CAME_UP),
        (OspfState.TWO_WAY, OspfState.FULL, None),
        (OspfState.INIT, OspfState.EXSTART, None),
    ],
)
def test_a_neighbour_changes_by_its_state(before: OspfState, now: OspfState, change: Change | None) -> None:
    assert neighbour_change_between(replace(CORE, state=before), replace(CORE, state=now)) is change


def test_an_adjacency_with_a_new_beginning_was_down_in_between() -> None:
    later = replace(CORE, since=START + timedelta(minutes=10))

    assert neighbour_change_between(CORE, later) is Change.RESTARTED


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ((True, True), (True, False), Change.WENT_DOWN),
        ((True, False), (True, True), Change.CAME_UP),
        ((True, True), (False, False), Change.SWITCHED_OFF),
        ((False, False), (True, False), Change.SWITCHED_ON),
        ((True, True), (True, True), None),
    ],
)
def test_an_interface_changes_by_what_it_was_told_and_what_it_carries(
    before: tuple[bool, bool], now: tuple[bool, bool], change: Change | None
) -> None:
    mine = SeenInterface(name="eth1", is_enabled=before[0], is_up=before[1])
    yours = SeenInterface(name="eth1", is_enabled=now[0], is_up=now[1])

    assert interface_change_between(mine, yours) is change
