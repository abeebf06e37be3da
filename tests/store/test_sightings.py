"""One poll's cost, and what it leaves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanse.monitor.look import Look, Unanswered
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.seen.device import SeenDevice
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from hanse.store import sightings
from hanse.store.models import ChangeRecord, Poll, Sighting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATA_WORDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
HELD = int(connection.features.has_select_for_update)  # one statement more where a router's row has to be held


def sessions(count: int, state: BgpState = BgpState.ESTABLISHED) -> tuple[SeenSession, ...]:
    return tuple(
        SeenSession(
            remote_address=ip_address("192.0.2.0") + number,
            remote_asn=Asn(64500 + number % 10),
            state=state,
            since=NOW,
            counts=(RouteCounts(family=next(iter(Family)), received=number, accepted=number),),
            last_error="Hold timer expired" if state is BgpState.ACTIVE else "",
        )
        for number in range(count)
    )


def look(seen: tuple[SeenSession, ...], minute: int = 0) -> Look:
    return Look(
        node="alpha",
        taken_at=NOW + timedelta(minutes=minute),
        took=timedelta(seconds=1),
        device=SeenDevice(hostname="alpha", vendor="x", model="y", os_version="1"),
        sessions=seen,
    )


def silence(minute: int) -> Unanswered:
    at = NOW + timedelta(minutes=minute)
    return Unanswered(node="alpha", taken_at=at, took=timedelta(seconds=30), reason="no route")


def cost(now: Look | Unanswered) -> int:
    with CaptureQueriesContext(connection) as captured:
        sightings.put_down(now)
    return sum(query["sql"].lstrip().startswith(DATA_WORDS) for query in captured.captured_queries)


@pytest.mark.parametrize("count", [1, 220, 2000])
def test_a_poll_of_a_router_that_nobody_wants_costs_at_most_four_statements(count: int) -> None:
    costs = [
        cost(look(sessions(count))),
        cost(look(sessions(count), minute=1)),
        cost(look(sessions(count, BgpState.ACTIVE), minute=2)),
        cost(look(sessions(count - 1), minute=3)),
        cost(silence(minute=4)),
    ]

    assert max(costs) <= 4 + HELD


def test_what_is_put_down_is_read_back() -> None:
    now = look(sessions(3))
    sightings.put_down(now)

    memory = sightings.memories()["alpha"]

    assert memory.seen.sessions == now.sessions
    assert memory.seen.device == now.device
    assert (memory.polled_at, memory.answered_at) == (NOW, NOW)


def test_a_first_look_is_no_change() -> None:
    assert sightings.put_down(look(sessions(3))) == ()
    assert ChangeRecord.objects.count() == 0


def test_a_change_is_told_once() -> None:
    sightings.put_down(look(sessions(1)))

    told = [len(sightings.put_down(look(sessions(1, BgpState.ACTIVE), minute=minute))) for minute in (1, 2)]

    assert told == [1, 0]
    (change,) = sightings.last_changes(9)
    assert (change.before, change.after, change.why) == ("established", "active", "Hold timer expired")


def test_an_unanswered_look_leaves_the_sessions_as_they_were() -> None:
    sightings.put_down(look(sessions(2)))

    (happening,) = sightings.put_down(silence(minute=1))

    memory = sightings.memories()["alpha"]
    assert str(happening) == "alpha stopped answering: no route"
    assert memory.seen.answered is False
    assert memory.error == "no route"
    assert memory.seen.sessions == sessions(2)
    assert memory.answered_at == NOW


def test_an_older_look_changes_nothing() -> None:
    sightings.put_down(look(sessions(1), minute=5))

    assert sightings.put_down(look(sessions(1, BgpState.ACTIVE), minute=4)) == ()
    assert sightings.memories()["alpha"].seen.sessions == sessions(1)


def test_a_session_that_vanished_keeps_its_row() -> None:
    sightings.put_down(look(sessions(2)))
    sightings.put_down(look(sessions(1), minute=1))

    assert Sighting.objects.filter(subject="BGP session").count() == 2
    assert len(sightings.memories()["alpha"].seen.sessions) == 1
    sightings.put_down(look(sessions(2), minute=2))
    assert len(sightings.memories()["alpha"].seen.sessions) == 2


def test_rows_that_are_as_before_are_not_written_again() -> None:
    sightings.put_down(look(sessions(2)))
    (one, other) = sessions(2)
    sightings.put_down(look((one, replace(other, counts=())), minute=1))

    times = Sighting.objects.filter(subject="BGP session").order_by("pk").values_list("changed_at", flat=True)

    assert list(times) == [NOW, NOW + timedelta(minutes=1)]


def test_every_attempt_is_on_record() -> None:
    sightings.record_polls([look(sessions(1)), silence(minute=1)])

    assert list(Poll.objects.order_by("at").values_list("ok", "error")) == [(True, ""), (False, "no route")]
