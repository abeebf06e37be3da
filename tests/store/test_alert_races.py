"""Alerts when several workers see, clear or tell the same at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest

from hanse.monitor.alert_kinds import AlarmKind
from hanse.monitor.alerts import Alarm
from hanse.store import alerts
from hanse.store.journal import close_own_connection
from hanse.store.models import Alert

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4
AT = datetime(2026, 1, 1, tzinfo=UTC)
ALARM = Alarm(kind=AlarmKind.DRIFT, node="alpha", sentence="alpha drifted.", at=AT)
T = TypeVar("T")


def at_once(work: Callable[[], T]) -> list[T]:
    """Do the same in some threads that begin together."""
    together = Barrier(WORKERS)

    def one(_: int) -> T:
        try:
            together.wait()
            return work()
        finally:
            close_own_connection()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


def test_what_all_see_is_one_alert() -> None:
    at_once(lambda: alerts.raise_alarms([ALARM], after=timedelta(0)))

    assert Alert.objects.count() == 1


def test_one_of_all_clears_it() -> None:
    alerts.raise_alarms([ALARM], after=timedelta(0))
    rows = [Alert.objects.get() for _ in range(WORKERS)]

    assert sorted(at_once(lambda: alerts.clear(rows.pop(), why="well", at=AT))) == [False, False, False, True]


def test_one_of_all_tells_it() -> None:
    alerts.raise_alarms([ALARM], after=timedelta(0))
    row = Alert.objects.get()

    assert sorted(at_once(lambda: alerts.mark_told(row, at=AT))) == [False, False, False, True]
