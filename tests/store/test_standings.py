"""Lists of how everything stands: whatever was edited and polled, they are what is made anew from scratch."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.small_city import ALICE, network, seen_interfaces, seen_neighbours, seen_sessions
from fakes.clock import FakeClock
from hanse.actions.wanted import import_network
from hanse.derive.devices import device_specs
from hanse.monitor.look import Look, Unanswered
from hanse.network.seen.bgp import BgpState, RouteCounts
from hanse.network.seen.device import SeenDevice
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from hanse.network.wanted.network import Network
from hanse.store import samples, sightings, standings
from hanse.store.models import (
    AddressStanding,
    LinkStanding,
    Revision,
    RouterStanding,
    SessionSample,
    SessionStanding,
)
from samples.city import city, city_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATA_WORDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
HELD = int(connection.features.has_select_for_update)  # one statement more where a router's row has to be held
MODELS: tuple[type[Any], ...] = (RouterStanding, SessionStanding, LinkStanding, AddressStanding)
NOT_REBUILT = {"id", "token", "changed_at"}


def wants(wanted: Network) -> None:
    import_network(network=wanted, author=ALICE, clock=FakeClock())


def healthy(wanted: Network, node: str, minute: int = 0) -> Look:
    spec = device_specs(wanted)[node]
    return Look(
        node=node,
        taken_at=NOW + timedelta(minutes=minute),
        took=timedelta(seconds=1),
        device=SeenDevice(hostname=node, vendor="x", model="y", os_version="1", uptime=timedelta(days=1)),
        sessions=seen_sessions(spec),
        neighbours=seen_neighbours(spec),
        interfaces=seen_interfaces(spec),
    )


def silence(node: str, minute: int) -> Unanswered:
    at = NOW + timedelta(minutes=minute)
    return Unanswered(node=node, taken_at=at, took=timedelta(seconds=30), reason="no route")


def rows() -> list[list[dict[str, Any]]]:
    """Return all rows of standings, but for what is not made anew."""
    found: list[list[dict[str, Any]]] = []
    for model in MODELS:
        there = model.objects.values()
        values = [{key: value for key, value in row.items() if key not in NOT_REBUILT} for row in there]
        found.append(sorted(values, key=repr))
    return found


def cost(look: Look | Unanswered) -> int:
    with CaptureQueriesContext(connection) as captured:
        sightings.put_down(look)
    return sum(query["sql"].lstrip().startswith(DATA_WORDS) for query in captured.captured_queries)


RENAMED: Any = {64501: {"name": "Renamed"}}  # keys of this kind are numbers
EDITS: dict[str, Network] = {
    "as it is": city(),
    "a dearer class": city_with(link_classes={"radio": {"cost": 500}}),
    "another medium": city_with(link_classes={"radio": {"medium": "copper", "frequency": None}}),
    "a region": city_with(sites={"uni": {"region": "south"}}),
    "a network renamed": city_with(autonomous_systems=RENAMED),
    "a session switched off": city_with(sessions={next(iter(city().sessions)): {"status": "disabled"}}),
    "a session gone": city_with(sessions={next(iter(city().sessions)): None}),
    "a link gone": city_with(links={next(iter(city().links)): None}),
    "a router offline": city_with(nodes={next(iter(city().nodes)): {"status": "offline"}}),
    "a router staged": city_with(nodes={next(iter(city().nodes)): {"status": "staged"}}),
    "a link planned": city_with(links={next(iter(city().links)): {"status": "planned"}}),
    "a link offline": city_with(links={next(iter(city().links)): {"status": "offline"}}),
    "another description": city_with(links={next(iter(city().links)): {"description": "over the river"}}),
    "another space": city_with(network={"space": ["203.0.113.0/24"]}),
}
NODES = sorted(city().nodes)
STEPS = st.one_of(
    st.tuples(st.just("want"), st.sampled_from(sorted(EDITS))),
    st.tuples(st.sampled_from(["healthy", "silent", "broken", "foreign"]), st.sampled_from(NODES)),
)


def take(step: tuple[str, str], wanted: Network, minute: int) -> Network:
    match step:
        case "want", name:
            wants(EDITS[name])
            return EDITS[name]
        case "silent", node:
            sightings.put_down(silence(node, minute))
        case "healthy", node:
            sightings.put_down(healthy(wanted, node, minute))
        case "broken", node:
            look = healthy(wanted, node, minute)
            sessions = tuple(replace(one, state=BgpState.ACTIVE, last_error="Hold timer") for one in look.sessions[1:])
            interfaces = tuple(replace(one, is_up=False) for one in look.interfaces[::2])
            sightings.put_down(replace(look, sessions=sessions, neighbours=(), interfaces=interfaces))
        case "foreign", node:
            look = healthy(wanted, node, minute)
            others = tuple(replace(one, remote_asn=Asn(64511)) for one in look.sessions[:1])
            unknown = tuple(replace(one, vrf="blue") for one in look.sessions[-1:])
            sightings.put_down(replace(look, sessions=(*others, *look.sessions[1:], *unknown)))
    return wanted


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=8))
def test_after_any_edits_and_polls_the_rows_are_those_made_anew(steps: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        wanted = city()
        wants(wanted)
        for minute, step in enumerate(steps):
            wanted = take(step, wanted, minute)
        followed = rows()

        standings.rebuild(at=NOW)

        assert followed == rows()
        transaction.set_rollback(True)


def test_before_any_look_nothing_is_known() -> None:
    wants(network())

    row = RouterStanding.objects.get(node="alpha")

    assert (row.answered, row.sessions_wanted, row.neighbours_wanted) == (None, 3, 2)
    assert {one.condition for one in SessionStanding.objects.all()} == {"unknown"}
    assert LinkStanding.objects.get().condition == "unknown"


def test_a_look_at_both_ends_brings_a_link_up() -> None:
    wants(network())

    for node in ("alpha", "beta"):
        sightings.put_down(healthy(network(), node))

    link = LinkStanding.objects.get()
    assert (link.condition, link.why, link.changed_at) == ("up", "", NOW)
    assert {one.condition for one in SessionStanding.objects.all()} == {"up"}


def test_a_router_that_falls_silent_leaves_its_sessions_unknown() -> None:
    wants(network())
    for node in ("alpha", "beta"):
        sightings.put_down(healthy(network(), node))

    sightings.put_down(silence("alpha", minute=5))

    conditions = SessionStanding.objects.values_list("node", "condition").distinct()
    assert set(conditions) == {("alpha", "unknown"), ("beta", "up")}
    row = RouterStanding.objects.get(node="alpha")
    assert (row.answered, row.error, row.answered_at) == (False, "no route", NOW)
    assert LinkStanding.objects.get().why == "alpha does not answer"


def test_a_look_costs_three_statements_and_one_more_for_what_differs() -> None:
    wants(network())
    counts = (RouteCounts(family=Family.IPV4, received=900, accepted=850),)
    first = healthy(network(), "alpha")
    sightings.put_down(first)
    counted = replace(healthy(network(), "alpha", 2), sessions=tuple(replace(s, counts=counts) for s in first.sessions))

    same, other = cost(healthy(network(), "alpha", minute=1)), cost(counted)

    assert (same - HELD, other - HELD) == (3, 4)


def test_samples_are_taken_once_an_hour_and_when_a_state_changes() -> None:
    wants(network())
    first = healthy(network(), "alpha")
    counts = []

    for minute, state in (
        (0, BgpState.ESTABLISHED),
        (5, BgpState.ESTABLISHED),
        (10, BgpState.IDLE),
        (61, BgpState.IDLE),
    ):
        one, *others = first.sessions
        at = NOW + timedelta(minutes=minute)
        sightings.put_down(replace(first, taken_at=at, sessions=(replace(one, state=state), *others)))
        counts.append(SessionSample.objects.count())

    assert counts == [3, 3, 4, 7]


def test_a_session_that_vanished_is_absent_in_its_samples() -> None:
    wants(network())
    first = healthy(network(), "alpha")
    sightings.put_down(first)

    sightings.put_down(replace(first, taken_at=NOW + timedelta(minutes=1), sessions=first.sessions[1:]))

    assert SessionSample.objects.latest("pk").state == samples.ABSENT


def test_an_edit_writes_only_what_it_reaches() -> None:
    wants(EDITS["as it is"])
    tokens = dict(RouterStanding.objects.values_list("node", "token"))

    wants(EDITS["a session switched off"])

    now = dict(RouterStanding.objects.values_list("node", "token"))
    assert sum(now[node] != token for node, token in tokens.items()) == 1


def test_standings_that_are_behind_catch_up() -> None:
    wants(network())
    RouterStanding.objects.all().delete()
    SessionStanding.objects.all().delete()
    Revision.objects.update(shape=0)

    standings.catch_up(at=NOW)

    assert RouterStanding.objects.count() == 2
    assert not standings.is_behind()


def test_drift_is_kept_where_a_look_for_it_failed() -> None:
    wants(network())
    standings.note_drift("alpha", "+ a line\n", "", NOW)

    standings.note_drift("alpha", None, "no route", NOW + timedelta(hours=1))

    row = RouterStanding.objects.get(node="alpha")
    assert (row.drift, row.drift_error, row.drift_at) == ("+ a line\n", "no route", NOW + timedelta(hours=1))
