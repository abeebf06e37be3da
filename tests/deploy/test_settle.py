"""Open deployments without a worker: the device tells how they end."""

import pytest

from fakes.deploying import NEW, OLD, TIMES, WITHOUT_TIMER, Bench, reviewed, router_called
from hanse.deploy.stages import OPEN, Event, Stage
from hanse.devices.driver import Driver, Target, Verdict

BEYOND_PLANNED = sorted(OPEN - {Stage.PLANNED})


def connected(bench: Bench) -> Driver:
    with bench.router.open(Target(name="border1", host="border1")) as driver:
        return driver


def put_on_trial(bench: Bench) -> None:
    driver = connected(bench)
    driver.stage("hanse-1", NEW)
    driver.commit("hanse-1", undo_after=TIMES.undo_after)


def test_what_was_only_planned_is_discarded_without_asking(bench: Bench) -> None:
    outcome = bench.settle(Stage.PLANNED)

    assert outcome.stage is Stage.DISCARDED
    assert bench.router.calls == []


@pytest.mark.parametrize("stage", BEYOND_PLANNED)
def test_a_silent_device_leaves_it_in_doubt(bench: Bench, stage: Stage) -> None:
    bench.router.reachable = False

    outcome = bench.settle(stage)

    assert outcome.stage is Stage.IN_DOUBT
    assert outcome.sentence == "in doubt: border1 does not answer"


@pytest.mark.parametrize("stage", BEYOND_PLANNED)
def test_what_is_on_trial_is_undone(bench: Bench, stage: Stage) -> None:
    put_on_trial(bench)

    outcome = bench.settle(stage)

    assert outcome.stage is Stage.REVERTED
    assert bench.router.running_text == OLD


@pytest.mark.parametrize("stage", BEYOND_PLANNED)
def test_what_the_device_kept_is_kept(bench: Bench, stage: Stage) -> None:
    put_on_trial(bench)
    connected(bench).confirm("hanse-1")

    outcome = bench.settle(stage)

    assert outcome.stage is Stage.KEPT
    assert bench.router.running_text == NEW


@pytest.mark.parametrize("stage", BEYOND_PLANNED)
def test_what_the_device_undid_is_reverted(bench: Bench, stage: Stage) -> None:
    put_on_trial(bench)
    bench.router.advance(TIMES.undo_after)

    outcome = bench.settle(stage)

    assert outcome.stage is Stage.REVERTED


def test_a_candidate_that_lies_there_is_thrown_away(bench: Bench) -> None:
    connected(bench).stage("hanse-1", NEW)

    outcome = bench.settle(Stage.STAGED)

    assert outcome.stage is Stage.DISCARDED
    assert bench.router.staged() is None


def test_a_device_that_never_heard_of_it_was_not_touched(bench: Bench) -> None:
    outcome = bench.settle(Stage.COMMITTING)

    assert outcome.stage is Stage.DISCARDED


@pytest.mark.parametrize("method", ["verdict", "undo"])
def test_a_device_lost_while_it_is_asked_leaves_it_in_doubt(bench: Bench, method: str) -> None:
    put_on_trial(bench)
    bench.router.lose_at = method

    outcome = bench.settle(Stage.TRIAL)

    assert outcome.stage is Stage.IN_DOUBT


def test_a_device_that_had_undone_it_a_moment_before_is_asked_once_more(bench: Bench) -> None:
    put_on_trial(bench)
    bench.journal.told = lambda event: bench.router.advance(TIMES.undo_after) if event is Event.UNDO_BEGUN else None

    outcome = bench.settle(Stage.TRIAL)

    assert outcome.stage is Stage.REVERTED
    assert bench.journal.events == [Event.LOST, Event.UNDO_BEGUN, Event.LOST, Event.FOUND_REVERTED]


def test_a_connection_that_closes_badly_takes_nothing_back(bench: Bench) -> None:
    put_on_trial(bench)
    bench.close_badly = True

    outcome = bench.settle(Stage.TRIAL)

    assert outcome.stage is Stage.REVERTED


def test_settling_again_asks_again(bench: Bench) -> None:
    put_on_trial(bench)
    bench.router.lose_after = "undo"
    bench.settle(Stage.TRIAL)
    bench.router.lose_after = ""

    outcome = bench.settle(Stage.IN_DOUBT)

    assert outcome.stage is Stage.REVERTED


def test_another_worker_that_settles_first_is_left_to_it(bench: Bench) -> None:
    put_on_trial(bench)
    bench.journal.taken_at = Event.LOST

    outcome = bench.settle(Stage.TRIAL)

    assert "another worker" in outcome.sentence
    assert bench.router.verdicts["hanse-1"] is Verdict.TRIAL


@pytest.mark.parametrize(("running", "ends"), [(NEW, Stage.KEPT), (OLD, Stage.REVERTED), ("third;\n", Stage.IN_DOUBT)])
def test_a_device_without_verdicts_is_asked_for_its_diff(running: str, ends: Stage) -> None:
    router = router_called("border1")
    bench = Bench(router=router, plan=reviewed(router, abilities=WITHOUT_TIMER))
    router.running_text = running

    outcome = bench.settle(Stage.UNGUARDED)

    assert outcome.stage is ends
    assert router.staged() is None
