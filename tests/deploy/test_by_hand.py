"""What somebody says about a deployment while it is open, and what happens when nobody says anything."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from fakes.deploying import NEW, OLD, TIMES, WITHOUT_TIMER, Bench, drop_peer, reviewed
from hanse.deploy.journal import Word
from hanse.deploy.stages import Event, Stage


def after(bench: Bench, seconds: float, word: Word) -> Callable[[], tuple[Word, str] | None]:
    """Return what Alice says from so many seconds on."""
    return lambda: (word, "alice") if bench.clock.passed >= timedelta(seconds=seconds) else None


@pytest.fixture
def waiting(bench: Bench) -> Bench:
    """A router whose configuration is kept only by somebody's word."""
    bench.by_hand = True
    return bench


def test_what_is_found_good_is_kept_when_somebody_says_so(waiting: Bench) -> None:
    waiting.journal.says = after(waiting, 30, Word.CONFIRM)

    outcome = waiting.deploy()

    assert outcome.stage is Stage.KEPT
    assert waiting.clock.passed >= timedelta(seconds=30)
    assert waiting.journal.notes == ["found good: it waits for somebody's word, and is undone without it"]


def test_a_word_said_before_it_is_found_good_counts(waiting: Bench) -> None:
    waiting.journal.says = after(waiting, 0, Word.CONFIRM)

    assert waiting.deploy().stage is Stage.KEPT
    assert waiting.journal.notes == []


def test_without_a_word_it_is_undone_before_the_routers_own_timer(waiting: Bench) -> None:
    outcome = waiting.deploy()

    assert outcome.stage is Stage.REVERTED
    assert outcome.sentence == "undone: nobody said in time that it is to be kept"
    assert waiting.router.running_text == OLD
    assert waiting.clock.passed < TIMES.undo_after
    assert waiting.journal.events[-2:] == [Event.UNDO_BEGUN, Event.UNDONE]


def test_a_word_does_not_keep_what_broke_meanwhile(waiting: Bench) -> None:
    def confirm() -> tuple[Word, str] | None:
        if waiting.clock.passed < timedelta(seconds=20):
            return None
        drop_peer(waiting.router)
        return Word.CONFIRM, "alice"

    waiting.journal.says = confirm

    outcome = waiting.deploy()

    assert outcome.stage is Stage.REVERTED
    assert "192.0.2.11 was up before and is not now" in outcome.sentence


@pytest.mark.parametrize("by_hand", [True, False])
def test_it_is_undone_at_once_when_somebody_says_so(bench: Bench, by_hand: bool) -> None:
    bench.by_hand = by_hand
    bench.router.harm = drop_peer  # so that it is judged for a while
    bench.journal.says = after(bench, 3, Word.UNDO)

    outcome = bench.deploy()

    assert outcome.sentence == "undone: alice took it back"
    assert bench.router.running_text == OLD
    assert bench.clock.passed < timedelta(seconds=6)


def test_what_is_taken_back_before_it_is_installed_is_never_installed(bench: Bench) -> None:
    bench.journal.says = after(bench, 0, Word.UNDO)

    outcome = bench.deploy()

    assert outcome.stage is Stage.DISCARDED
    assert "commit" not in bench.router.calls
    assert bench.router.staged() is None


def test_a_word_in_the_moment_of_judging_is_heard(bench: Bench) -> None:
    def once_looked_at() -> tuple[Word, str] | None:
        return (Word.UNDO, "alice") if bench.router.calls.count("bgp_sessions") > 1 else None

    bench.journal.says = once_looked_at

    assert bench.deploy().stage is Stage.REVERTED


def test_a_platform_without_a_timer_waits_as_long_and_is_undone_by_hanse(waiting: Bench) -> None:
    waiting.plan = reviewed(waiting.router, abilities=WITHOUT_TIMER)

    outcome = waiting.deploy()

    assert outcome.stage is Stage.REVERTED
    assert waiting.router.running_text == OLD


def test_a_platform_without_a_timer_is_kept_by_a_word(waiting: Bench) -> None:
    waiting.plan = reviewed(waiting.router, abilities=WITHOUT_TIMER)
    waiting.journal.says = after(waiting, 30, Word.CONFIRM)

    assert waiting.deploy().stage is Stage.KEPT
    assert waiting.router.running_text == NEW


def test_a_router_that_is_lost_while_it_waits_undoes_by_itself(waiting: Bench) -> None:
    def unplug(pause: timedelta) -> None:
        if waiting.clock.passed > timedelta(seconds=20):
            waiting.router.reachable = False

    waiting.clock.told.append(unplug)
    waiting.clock.told.append(lambda pause: _plug_in(waiting))

    outcome = waiting.deploy()

    assert outcome.stage is Stage.REVERTED
    assert waiting.router.running_text == OLD


def test_when_it_is_undone_by_itself_is_on_record_before_it_is_installed(bench: Bench) -> None:
    seen: list[object] = []
    bench.journal.told = lambda event: seen.append(bench.journal.undo_at) if event is Event.INSTALLED else None

    bench.deploy()

    assert seen == [bench.clock.began + TIMES.undo_after]


def _plug_in(bench: Bench) -> None:
    if bench.clock.passed > timedelta(seconds=61):
        bench.router.reachable = True
