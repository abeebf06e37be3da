"""One device's deployment when the device, the connection, the record or we ourselves fail; and without a timer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.deploying import (
    NEW,
    OLD,
    TIMES,
    WITHOUT_TIMER,
    Bench,
    cut_off,
    drop_peer,
    reviewed,
    router_called,
)
from hanse.deploy.means import Times, TooShortToJudge
from hanse.deploy.stages import Event, Stage
from hanse.devices.fake.driver import FakeDevice


def test_a_device_that_falls_silent_undoes_it_by_itself_and_hanse_says_so(bench: Bench) -> None:
    bench.router.harm = cut_off

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert outcome.sentence == "the device has undone it by itself: border1 does not answer"
    assert bench.journal.events[-2:] == [Event.LOST, Event.UNDONE_BY_DEVICE]
    assert bench.router.running_text == OLD


def test_a_device_that_falls_silent_while_it_is_judged_undoes_it_too(bench: Bench) -> None:
    bench.router.harm = lambda device: bench.clock.told.insert(0, lambda _: silence(device))

    def silence(device: FakeDevice) -> None:
        device.reachable = device.on_trial() is None

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert outcome.sentence == "the device has undone it by itself: border1 does not answer"
    assert bench.journal.events[-3:] == [Event.HARMFUL, Event.LOST, Event.UNDONE_BY_DEVICE]
    assert bench.clock.passed <= TIMES.undo_after + timedelta(seconds=10)


def test_a_device_that_never_comes_back_leaves_a_doubt(bench: Bench) -> None:
    def die(device: FakeDevice) -> None:
        device.reachable = False
        bench.clock.told.clear()

    bench.router.harm = die

    outcome = bench.deploy()

    assert (outcome.stage, outcome.is_harm) == (Stage.IN_DOUBT, True)
    assert bench.clock.passed <= TIMES.undo_after + TIMES.grace + timedelta(seconds=2)


@pytest.mark.parametrize(
    ("method", "ends"),
    [
        ("bgp_sessions", Stage.DISCARDED),
        ("ospf_neighbours", Stage.DISCARDED),
        ("stage", Stage.DISCARDED),
        ("commit", Stage.DISCARDED),
        ("confirm", Stage.REVERTED),
    ],
)
def test_a_connection_cut_before_the_device_did_it_leaves_the_complete_old_state(
    bench: Bench, method: str, ends: Stage
) -> None:
    bench.router.lose_at = method

    outcome = bench.deploy()

    assert outcome.stage is ends
    assert bench.router.running_text == OLD


@pytest.mark.parametrize(
    ("method", "ends"), [("stage", Stage.DISCARDED), ("commit", Stage.KEPT), ("confirm", Stage.KEPT)]
)
def test_after_a_cut_connection_the_device_is_asked_what_it_did(bench: Bench, method: str, ends: Stage) -> None:
    bench.router.lose_after = method

    outcome = bench.deploy()

    assert outcome.stage is ends
    assert Event.LOST in bench.journal.events
    assert bench.router.running_text == (NEW if ends is Stage.KEPT else OLD)
    assert bench.router.staged() is None


def test_a_cut_while_undoing_ends_reverted(bench: Bench) -> None:
    bench.router.harm = drop_peer
    bench.router.lose_after = "undo"

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert bench.journal.events[-2:] == [Event.LOST, Event.FOUND_REVERTED]


def test_what_was_condemned_is_undone_and_never_judged_again(bench: Bench) -> None:
    bench.router.harm = drop_peer
    bench.router.lose_at = "undo"

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert bench.journal.events.count(Event.HARMFUL) == 1
    assert Event.VERIFIED not in bench.journal.events
    assert bench.router.running_text == OLD


def test_a_device_that_undid_it_before_the_confirmation_is_believed(bench: Bench) -> None:
    def undo_early(device: FakeDevice) -> None:
        device.put_back("hanse-1")

    bench.router.harm = undo_early

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert bench.router.running_text == OLD


def test_a_deployment_that_another_worker_took_is_left_to_it(bench: Bench) -> None:
    bench.journal.taken_at = Event.COMMIT_BEGUN

    outcome = bench.deploy()

    assert outcome.is_harm
    assert "moved by another worker" in outcome.sentence
    assert "commit" not in bench.router.calls
    assert bench.journal.events == [Event.BEGUN, Event.STAGED]


def test_a_connection_that_closes_badly_takes_nothing_back(bench: Bench) -> None:
    bench.close_badly = True

    outcome = bench.deploy()

    assert outcome.stage is Stage.KEPT


def test_an_undo_whose_connection_closes_badly_is_done(bench: Bench) -> None:
    bench.router.harm = drop_peer
    bench.close_badly = True

    outcome = bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert bench.router.running_text == OLD


def test_a_refusal_stands_though_the_candidate_could_not_be_thrown_away(bench: Bench) -> None:
    bench.router.running_text = OLD + "somebody was here;\n"
    bench.router.lose_at = "discard"

    outcome = bench.deploy()

    assert outcome.stage is Stage.REFUSED
    assert bench.journal.notes == ["the candidate may still lie on the device: the connection to border1 was lost"]


def test_what_is_wrong_with_our_wishes_is_a_refusal(bench: Bench) -> None:
    bench.plan = replace(bench.plan, text="password @secret(nobody)@;\n")

    outcome = bench.deploy()

    assert outcome.stage is Stage.REFUSED
    assert "no secret is called nobody" in outcome.sentence


def test_our_own_mistake_is_put_down_as_a_loss_and_not_hidden(bench: Bench) -> None:
    def stumble(device: FakeDevice) -> None:
        raise ZeroDivisionError("ours")

    bench.router.harm = stumble

    with pytest.raises(ZeroDivisionError):
        bench.deploy()

    assert bench.journal.stage is Stage.IN_DOUBT
    assert bench.journal.details[-1] == "the work broke off: ZeroDivisionError: ours"


def test_what_cannot_be_put_down_is_not_done(bench: Bench) -> None:
    bench.journal.breaks_at = Event.COMMIT_BEGUN

    with pytest.raises(OSError, match="no space left"):
        bench.deploy()

    assert "commit" not in bench.router.calls


def test_a_trial_that_is_too_short_to_judge_is_refused() -> None:
    with pytest.raises(TooShortToJudge):
        Times(undo_after=timedelta(seconds=60), settle=timedelta(seconds=60))


@pytest.fixture
def plain_bench() -> Bench:
    """A router whose platform has no timer and keeps no verdicts."""
    router = router_called("border1")
    return Bench(router=router, plan=reviewed(router, abilities=WITHOUT_TIMER))


def test_without_a_timer_a_good_configuration_is_kept_after_it_was_judged(plain_bench: Bench) -> None:
    outcome = plain_bench.deploy()

    assert outcome.stage is Stage.KEPT
    assert plain_bench.journal.events[-2:] == [Event.INSTALLED_UNGUARDED, Event.VERIFIED]


def test_without_a_timer_harm_is_undone_by_hand(plain_bench: Bench) -> None:
    plain_bench.router.harm = lambda device: drop_peer(device) if device.running_text == NEW else None

    outcome = plain_bench.deploy()

    assert outcome.stage is Stage.REVERTED
    assert plain_bench.router.running_text == OLD


def test_without_a_timer_and_without_an_old_text_it_stays_in_doubt(plain_bench: Bench) -> None:
    plain_bench.plan = replace(plain_bench.plan, before_text="")
    plain_bench.router.harm = drop_peer
    plain_bench.clock.told.append(lambda _: plain_bench.router.verdicts.clear())

    outcome = plain_bench.deploy()

    assert outcome.stage is Stage.IN_DOUBT
    assert plain_bench.clock.passed <= TIMES.settle + TIMES.grace + timedelta(seconds=3)


def test_without_a_timer_and_without_contact_it_stays_in_doubt(plain_bench: Bench) -> None:
    plain_bench.router.harm = cut_off

    outcome = plain_bench.deploy()

    assert outcome.stage is Stage.IN_DOUBT


@pytest.mark.parametrize(("cut", "ends"), [("lose_at", Stage.REVERTED), ("lose_after", Stage.KEPT)])
def test_a_device_without_verdicts_tells_by_its_diff(plain_bench: Bench, cut: str, ends: Stage) -> None:
    setattr(plain_bench.router, cut, "commit")

    def forget(device: FakeDevice) -> None:
        device.verdicts.clear()

    plain_bench.clock.told.append(lambda _: forget(plain_bench.router))

    outcome = plain_bench.deploy()

    assert outcome.stage is ends
