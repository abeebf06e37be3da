"""The connection cut, and Hanse killed, at every single call: the router ends entirely old or new, and on record."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, cast

import pytest

from fakes.deploying import NEW, OLD, OTHER_PEER, PEER, TIMES, WITHOUT_TIMER, Bench, reviewed, router_called
from hanse.deploy.journal import Outcome, Word
from hanse.deploy.means import Means
from hanse.deploy.runner import deploy_device
from hanse.deploy.settle import settle
from hanse.deploy.stages import FINAL, Event, Stage
from hanse.devices.driver import Abilities, Driver, Unreachable
from hanse.devices.fake.driver import FAKE, FakeDevice
from hanse.network.seen.bgp import BgpState

LONGEST: Final = 16  # calls of the longest deployment that ends without waiting
RUNS: Final = {Stage.KEPT: NEW, Stage.REVERTED: OLD, Stage.REFUSED: OLD, Stage.DISCARDED: OLD}


class Killed(BaseException):
    """What SIGKILL is to a process: nothing of it runs any more."""


def cut() -> None:
    raise Unreachable("the cable was cut")


@dataclass
class Fault:
    """Strikes once: at the call numbered `at`, before the device has done it, or after."""

    at: int
    before: bool
    strike: Callable[[], None]
    calls: int = 0

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*given: object, **named: object) -> object:
            self.calls += 1
            if self.calls == self.at and self.before:
                self.strike()
            answer = call(*given, **named)
            if self.calls == self.at:
                self.strike()
            return answer

        return struck


class Struck:
    """A driver whose every call may be the one at which the fault strikes."""

    def __init__(self, driver: Driver, fault: Fault) -> None:
        self._driver, self._fault = driver, fault

    def __getattr__(self, name: str) -> Any:
        return self._fault.around(getattr(self._driver, name))


def drop_peer(device: FakeDevice) -> None:
    if device.running_text == NEW:
        device.sessions = (replace(PEER, state=BgpState.ACTIVE), OTHER_PEER)


def bench_with(abilities: Abilities, harm: Callable[[FakeDevice], None] | None) -> Bench:
    router = router_called("border1")
    plan = reviewed(router, abilities=abilities)
    router.harm = harm
    return Bench(router=router, plan=plan)


def deploy_with(bench: Bench, fault: Fault) -> Outcome:
    @contextmanager
    def open_device(node: str) -> Generator[Driver]:
        with bench.open(node) as driver:
            yield cast("Driver", Struck(driver, fault))

    means = Means(open_device=open_device, clock=bench.clock, times=TIMES, by_hand=bench.by_hand)
    return deploy_device(bench.plan, journal=bench.journal, means=means)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, LONGEST + 1))
@pytest.mark.parametrize("harm", [None, drop_peer], ids=["good", "harmful"])
@pytest.mark.parametrize("abilities", [FAKE.abilities, WITHOUT_TIMER], ids=["timer", "no-timer"])
def test_after_a_cut_at_any_call_the_record_says_what_the_router_runs(
    abilities: Abilities, harm: Callable[[FakeDevice], None] | None, at: int, before: bool
) -> None:
    bench = bench_with(abilities, harm)

    outcome = deploy_with(bench, Fault(at, before, cut))

    assert bench.router.running_text == RUNS[outcome.stage]
    assert bench.router.staged() is None
    assert bench.router.on_trial() is None
    assert (outcome.stage is Stage.KEPT) <= (harm is None)
    assert bench.clock.passed <= TIMES.undo_after + timedelta(seconds=10)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, LONGEST + 1))
@pytest.mark.parametrize("word", [Word.CONFIRM, Word.UNDO, None], ids=["confirm", "undo", "no-word"])
@pytest.mark.parametrize("abilities", [FAKE.abilities, WITHOUT_TIMER], ids=["timer", "no-timer"])
def test_by_hand_a_cut_at_any_call_leaves_what_somebody_said_or_the_old_text(
    abilities: Abilities, word: Word | None, at: int, before: bool
) -> None:
    bench = bench_with(abilities, None)
    bench.by_hand = True
    bench.journal.says = lambda: (word, "alice") if word and bench.clock.passed > timedelta(seconds=10) else None

    outcome = deploy_with(bench, Fault(at, before, cut))

    assert bench.router.running_text == RUNS[outcome.stage]
    assert bench.router.on_trial() is None
    assert (outcome.stage is Stage.KEPT) <= (word is Word.CONFIRM)
    assert bench.clock.passed <= TIMES.undo_after + timedelta(seconds=10)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, LONGEST + 1))
@pytest.mark.parametrize("harm", [None, drop_peer], ids=["good", "harmful"])
@pytest.mark.parametrize("abilities", [FAKE.abilities, WITHOUT_TIMER], ids=["timer", "no-timer"])
def test_after_a_kill_at_any_call_asking_the_router_settles_it(
    abilities: Abilities, harm: Callable[[FakeDevice], None] | None, at: int, before: bool
) -> None:
    """Without a timer nobody undoes what a killed Hanse had no time to judge; the record says that it is in force."""
    bench = bench_with(abilities, harm)

    def die() -> None:
        bench.journal.dies_with = Killed
        raise Killed

    try:
        stage = deploy_with(bench, Fault(at, before, die)).stage
    except Killed:
        bench.journal.dies_with = None
        stage = settle(bench.plan, stage=bench.journal.stage, journal=bench.journal, means=bench.means).stage

    assert stage in FINAL
    assert bench.journal.stage is stage
    assert bench.router.running_text == RUNS[stage]
    assert bench.router.on_trial() is None
    assert (stage is Stage.KEPT) <= (harm is None or not abilities.undo_timer)


@pytest.mark.parametrize("event", [Event.BEGUN, Event.STAGED, Event.COMMIT_BEGUN, Event.INSTALLED, Event.VERIFIED])
def test_after_a_kill_right_behind_any_entry_asking_the_router_settles_it(event: Event) -> None:
    bench = bench_with(FAKE.abilities, None)

    def die_at(put_down: Event) -> None:
        if put_down is event:
            bench.journal.dies_with = Killed
            raise Killed

    bench.journal.told = die_at
    with pytest.raises(Killed):
        bench.deploy()
    bench.journal.dies_with = None

    outcome = bench.settle(bench.journal.stage)

    assert outcome.stage in FINAL
    assert bench.router.running_text == RUNS[outcome.stage]
