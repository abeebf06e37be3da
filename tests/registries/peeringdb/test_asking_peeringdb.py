"""Asking PeeringDB: politely, within bounds, and nobody else."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from fakes.peeringdb_server import PeeringdbServer, Said, peeringdb_server
from hanse.network.known.peeringdb import Page, PeeringdbKind
from hanse.registries.peering import Pause
from hanse.registries.peeringdb.client import (
    AnswerTooLarge,
    KeyInTheClear,
    LedElsewhere,
    Peeringdb,
    PeeringdbRefuses,
    PeeringdbSilent,
    ToldToWait,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def server() -> Generator[PeeringdbServer]:
    with peeringdb_server() as known:
        yield known


def page(server: PeeringdbServer, *, pause: Pause = lambda wait: None, **words: Any) -> Page:
    registry = Peeringdb(**{"url": server.url, "now": lambda: NOW, **words})
    return registry.page(PeeringdbKind.NETWORK, since=None, skip=0, limit=100, pause=pause)


def waits(server: PeeringdbServer, **words: Any) -> list[float]:
    """Return how long was waited, in seconds, until the answer was there."""
    waited: list[float] = []
    page(server, pause=lambda wait: waited.append(wait.total_seconds()), **words)
    return waited


def test_it_asks_for_a_page(server: PeeringdbServer) -> None:
    registry = Peeringdb(url=server.url)

    found = registry.page(PeeringdbKind.NETWORK, since=NOW, skip=1, limit=2, pause=lambda wait: None)

    assert found.count == 0
    assert server.questions("net") == [{"depth": "0", "limit": "2", "skip": "1", "since": "1767225600"}]


def test_a_stranger_has_no_key_to_show(server: PeeringdbServer) -> None:
    page(server)

    assert server.asked[0].key == ""


@pytest.mark.parametrize("said", ["30", format_datetime(NOW + timedelta(seconds=31), usegmt=True)])
def test_it_waits_as_long_as_the_header_says(server: PeeringdbServer, said: str) -> None:
    server.bad_days.append(Said(status=429, headers={"Retry-After": said}))

    assert waits(server) == [31]


def test_it_waits_as_long_as_the_words_say(server: PeeringdbServer) -> None:
    note = b'{"meta": {"error": "Request was throttled. Expected available in 25 seconds."}, "data": []}'
    server.bad_days.append(Said(status=429, body=note))

    assert waits(server) == [26]


def test_it_waits_a_minute_where_nobody_says_how_long(server: PeeringdbServer) -> None:
    server.bad_days.append(Said(status=429, headers={"Retry-After": "after tea"}))

    assert waits(server) == [60]


def test_maintenance_with_a_time_is_waited_for(server: PeeringdbServer) -> None:
    server.bad_days.append(Said(status=503, headers={"Retry-After": "5"}))

    assert waits(server) == [6]


def test_it_does_not_wait_longer_than_it_may(server: PeeringdbServer) -> None:
    server.bad_days.extend([Said(status=429, headers={"Retry-After": "500"})] * 2)
    waited: list[timedelta] = []

    with pytest.raises(ToldToWait, match="left alone for 501 seconds"):
        page(server, pause=waited.append)

    assert len(waited) == 1


def test_a_server_that_is_unwell_for_a_moment_is_asked_again(server: PeeringdbServer) -> None:
    server.bad_days.extend([Said(status=502), Said(cut=5)])

    assert waits(server) == [5, 20]


def test_a_server_that_stays_unwell_is_given_up(server: PeeringdbServer) -> None:
    server.bad_days.extend([Said(status=500)] * 3)

    with pytest.raises(PeeringdbSilent, match="it answers 500"):
        page(server)

    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "sentence"), [(401, "HANSE_PEERINGDB_KEY"), (403, "or wants one"), (404, "/api/net")]
)
def test_what_no_patience_mends_is_not_asked_twice(server: PeeringdbServer, status: int, sentence: str) -> None:
    server.bad_days.append(Said(status=status))

    with pytest.raises(PeeringdbRefuses, match=sentence):
        page(server)

    assert len(server.asked) == 1


def test_a_redirect_on_the_same_host_is_followed(server: PeeringdbServer) -> None:
    server.bad_days.append(Said(status=302, headers={"Location": "/new/net"}))

    assert page(server).count == 4


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.2:1/api/net", "https://127.0.0.1/api/net", "http://[::1]/net"])
def test_a_redirect_to_somebody_else_is_not_followed(server: PeeringdbServer, elsewhere: str) -> None:
    server.bad_days.append(Said(status=302, headers={"Location": elsewhere}))

    with pytest.raises(LedElsewhere, match=r"127\.0\.0\.1 leads to"):
        page(server, key="a1b2")


def test_redirects_in_a_ring_come_to_an_end(server: PeeringdbServer) -> None:
    server.bad_days.extend([Said(status=302, headers={"Location": "/api/net"})] * 9)

    with pytest.raises(LedElsewhere, match="from one place to the next"):
        page(server)


def test_an_answer_larger_than_makes_sense_is_dropped(server: PeeringdbServer) -> None:
    server.bad_days.append(Said(body=b" " * 5000))

    with pytest.raises(AnswerTooLarge, match="more than 4000 bytes"):
        page(server, largest_body=4000)


def test_an_answer_that_trickles_is_dropped(server: PeeringdbServer) -> None:
    moments = iter(NOW + timedelta(minutes=minutes) for minutes in range(0, 10_000, 11))

    with pytest.raises(PeeringdbSilent, match="takes too long"):
        page(server, now=lambda: next(moments))


def test_a_silent_server_is_said_in_a_sentence() -> None:
    registry = Peeringdb(url="http://127.0.0.1:9/api")

    with pytest.raises(PeeringdbSilent, match=r"127\.0\.0\.1 does not answer: "):
        registry.page(PeeringdbKind.NETWORK, since=None, skip=0, limit=1, pause=lambda wait: None)


def test_a_key_is_never_told_in_the_clear() -> None:
    registry = Peeringdb(url="http://registry.example.net/api", key="a1b2")

    with pytest.raises(KeyInTheClear, match="write https"):
        registry.page(PeeringdbKind.NETWORK, since=None, skip=0, limit=1, pause=lambda wait: None)


def test_the_key_is_not_shown_by_accident() -> None:
    assert "a1b2" not in repr(Peeringdb(url="https://registry.example.net", key="a1b2"))
