"""A platform without an undo timer: Hanse looks over new connections, and undoes over the one that installed."""

from dataclasses import replace

import pytest

from fakes.deploying import NEW, OLD, WITHOUT_TIMER, Bench, drop_peer, reviewed, router_called
from hanse.deploy.stages import Event, Stage
from hanse.devices.fake.driver import FakeDevice


@pytest.fixture
def held() -> Bench:
    """A router without a timer, whose connections remember what they installed."""
    router = router_called("border1")
    router.remembers = True
    return Bench(router=router, plan=reviewed(router, abilities=WITHOUT_TIMER))


def let_nobody_in(device: FakeDevice) -> None:
    """Answer the connection that is open, and no other."""
    device.lets_in = False


def test_harm_is_undone_over_the_connection_that_installed(held: Bench) -> None:
    held.router.harm = drop_peer
    held.plan = replace(held.plan, before_text="")  # nothing else could put the old configuration back

    outcome = held.deploy()

    assert outcome.stage is Stage.REVERTED
    assert held.router.running_text == OLD
    assert held.router.calls.count("stage") == 1


def test_a_router_that_lets_nobody_in_is_undone_over_the_old_connection(held: Bench) -> None:
    held.router.harm = let_nobody_in

    outcome = held.deploy()

    assert outcome.stage is Stage.REVERTED
    assert "does not answer" in outcome.sentence
    assert held.router.running_text == OLD
    assert held.journal.events[-2:] == [Event.HARMFUL, Event.UNDONE]


def test_a_good_configuration_is_judged_over_a_new_connection(held: Bench) -> None:
    outcome = held.deploy()

    assert outcome.stage is Stage.KEPT
    assert held.router.running_text == NEW
    assert "reach" in held.router.calls


def test_an_old_connection_that_died_leaves_the_old_text_to_a_new_one(held: Bench) -> None:
    held.router.harm = drop_peer
    held.router.remembers = False  # as a connection that the router has closed

    outcome = held.deploy()

    assert outcome.stage is Stage.REVERTED
    assert held.router.running_text == OLD
    assert held.journal.notes == ["the connection that installed it cannot undo it: hanse-1 is not on trial"]


def test_a_router_with_a_timer_holds_no_connection(bench: Bench) -> None:
    bench.router.harm = let_nobody_in

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert "undo" not in bench.router.calls  # its timer ran out
