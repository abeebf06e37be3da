"""Looking at routers: together, patiently, and without taking silence for an answer."""

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest

from fakes.clock import FakeClock
from fakes.deploying import CORE, OTHER_PEER, PEER, opener, router_called
from hanse.devices.driver import Driver, LoginRefused, NotOffered, Unreachable
from hanse.devices.fake.driver import FakeDevice
from hanse.monitor.look import Look, Unanswered, look_at, look_at_all
from hanse.network.seen.device import SeenLldpNeighbour, SeenOspfNeighbour

CLOCK = FakeClock()


def test_a_look_has_all_that_the_router_told() -> None:
    look = look_at("core1", opener(router_called("core1")), CLOCK)

    assert isinstance(look, Look)
    assert (look.sessions, look.neighbours, look.interfaces) == ((PEER, OTHER_PEER), (CORE,), ())
    assert look.device.hostname == "core1"


@pytest.mark.parametrize("method", ["facts", "bgp_sessions", "ospf_neighbours", "interfaces", "lldp_neighbours"])
def test_a_router_lost_on_the_way_is_unanswered_with_the_reason(method: str) -> None:
    router = router_called("core1")
    router.lose_at = method

    look = look_at("core1", opener(router), CLOCK)

    assert isinstance(look, Unanswered)
    assert look.reason == "the connection to core1 was lost"


class WithoutOspf:
    """A driver whose platform cannot report OSPF neighbours; all else is the fake's."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def ospf_neighbours(self) -> tuple[SeenOspfNeighbour, ...]:
        raise NotOffered("this platform does not report OSPF neighbours")


def test_a_platform_without_ospf_is_looked_at_all_the_same() -> None:
    @contextmanager
    def open_device(node: str) -> Generator[Driver]:
        with opener(router_called(node))(node) as driver:
            yield cast("Driver", WithoutOspf(driver))

    look = look_at("core1", open_device, CLOCK)

    assert isinstance(look, Look)
    assert (look.sessions, look.neighbours) == ((PEER, OTHER_PEER), ())


class LldpRefused(WithoutOspf):
    """A driver whose device refuses to say what LLDP sees."""

    def lldp_neighbours(self) -> tuple[SeenLldpNeighbour, ...]:
        raise LoginRefused("% LLDP is not enabled")


def test_a_router_that_refuses_to_tell_of_lldp_tells_all_else() -> None:
    @contextmanager
    def open_device(node: str) -> Generator[Driver]:
        with opener(router_called(node))(node) as driver:
            yield cast("Driver", LldpRefused(driver))

    look = look_at("core1", open_device, CLOCK)

    assert isinstance(look, Look)
    assert (look.sessions, look.lldp) == ((PEER, OTHER_PEER), ())


def test_an_answer_counts_though_the_connection_ends_badly() -> None:
    @contextmanager
    def end_badly(node: str) -> Generator[Driver]:
        with opener(router_called(node))(node) as driver:
            yield driver
        raise Unreachable(f"{node} did not say goodbye")

    look = look_at("core1", end_badly, CLOCK)

    assert isinstance(look, Look)
    assert look.sessions == (PEER, OTHER_PEER)


def test_looks_come_in_the_order_asked_for_and_once_each() -> None:
    routers = [router_called(name) for name in ("core3", "core1", "core2")]
    routers[1].reachable = False
    told: list[str] = []

    looks = look_at_all(
        ["core3", "core1", "core2", "core3"],
        open_device=opener(*routers),
        clock=CLOCK,
        each=lambda look: told.append(look.node),
    )

    assert [type(look) for look in looks] == [Look, Unanswered, Look]
    assert sorted(told) == ["core1", "core2", "core3"]


def test_nobody_to_look_at_is_fine() -> None:
    assert look_at_all([], open_device=opener(), clock=CLOCK) == ()


def test_routers_are_looked_at_at_the_same_time_and_heard_in_one_thread() -> None:
    names = [f"r{number}" for number in range(10)]
    all_there = threading.Barrier(10)
    heard_in: set[threading.Thread] = set()

    @contextmanager
    def meet(node: str) -> Generator[Driver]:
        all_there.wait(timeout=10)
        with opener(router_called(node))(node) as driver:
            yield driver

    looks = look_at_all(
        names,
        open_device=meet,
        clock=CLOCK,
        concurrency=10,
        each=lambda _: heard_in.add(threading.current_thread()),
    )

    assert all(isinstance(look, Look) for look in looks)
    assert heard_in == {threading.main_thread()}


def test_no_more_are_looked_at_at_once_than_allowed() -> None:
    now, most, lock = [0], [0], threading.Lock()

    @contextmanager
    def count(node: str) -> Generator[Driver]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        with opener(FakeDevice(node, latency=timedelta(milliseconds=2)))(node) as driver:
            yield driver
        with lock:
            now[0] -= 1

    look_at_all([f"r{number}" for number in range(20)], open_device=count, clock=CLOCK, concurrency=3)

    assert most[0] <= 3


def test_our_own_mistake_costs_one_look_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    @contextmanager
    def stumble(node: str) -> Generator[Driver]:
        if node == "core1":
            raise ValueError("an output that nobody foresaw")
        with opener(router_called(node))(node) as driver:
            yield driver

    with caplog.at_level(logging.ERROR):
        mine, yours = look_at_all(["core1", "core2"], open_device=stumble, clock=CLOCK)

    assert isinstance(mine, Unanswered)
    assert "an output that nobody foresaw" in mine.reason
    assert isinstance(yours, Look)
    assert "mistake in Hanse" in caplog.text
