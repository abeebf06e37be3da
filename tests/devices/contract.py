"""What every driver promises, as `hanse.devices.driver` puts it. One suite, run against the fake and the real ones.

A driver's own test file makes a `Subject` and calls each of `PROMISES` with it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pytest

from hanse.devices.driver import (
    CandidateRefused,
    Driver,
    NothingOpen,
    Unreachable,
    Verdict,
)

LONG: Final = timedelta(seconds=60)
SHORT: Final = timedelta(seconds=3)
GRACE: Final = timedelta(seconds=10)  # in which an undo has done its work


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A device under test, with what the suite needs from the outside."""

    open: Callable[[], AbstractContextManager[Driver]]
    texts: tuple[str, str]  # two configurations that the device takes; the second holds `@secret(peer)@`
    secret: str  # the value of that secret
    refused: Callable[[], str]  # returns a configuration that the device refuses
    wait: Callable[[timedelta, Callable[[], bool]], None]  # let time pass until something is so
    unplug: Callable[[], None]


Promise = Callable[[Subject], None]


def _installed(subject: Subject, text: str, name: str = "before") -> None:
    with subject.open() as driver:
        driver.stage(name, text)
        driver.commit(name, undo_after=None)


def it_answers(subject: Subject) -> None:
    with subject.open() as driver:
        reached = driver.reach()

    assert reached.took >= timedelta(0)
    assert reached.version


def nothing_is_running_before_anything_was_installed(subject: Subject) -> None:
    with subject.open() as driver:
        running = driver.running()

    assert running == ""


def staging_shows_the_difference_and_changes_nothing(subject: Subject) -> None:
    one, other = subject.texts
    _installed(subject, one)

    with subject.open() as driver:
        staged = driver.stage("next", other)

        assert any(line.startswith("+") for line in staged.diff.splitlines())
        assert driver.running(one) == one
        assert driver.verdict("next") is Verdict.STAGED


def staging_what_runs_shows_no_difference(subject: Subject) -> None:
    _installed(subject, subject.texts[1])

    with subject.open() as driver:
        staged = driver.stage("again", subject.texts[1])

    assert staged.diff == ""


def staging_again_replaces_what_was_staged(subject: Subject) -> None:
    one, other = subject.texts

    with subject.open() as driver:
        driver.stage("first", one)
        driver.stage("second", other)

        assert driver.verdict("first") is Verdict.UNKNOWN
        assert driver.verdict("second") is Verdict.STAGED


def a_secret_never_comes_back(subject: Subject) -> None:
    text = subject.texts[1]

    with subject.open() as driver:
        diff = driver.stage("with-secret", text).diff
        driver.commit("with-secret", undo_after=None)
        running = driver.running(text)

    assert subject.secret not in diff + running
    assert "@secret(peer)@" in diff
    assert running == text


def a_candidate_that_the_device_refuses_leaves_nothing(subject: Subject) -> None:
    _installed(subject, subject.texts[0])
    text = subject.refused()

    with subject.open() as driver:
        with pytest.raises(CandidateRefused):
            driver.stage("wrong", text)

        assert driver.running(subject.texts[0]) == subject.texts[0]
        assert driver.verdict("wrong") is Verdict.UNKNOWN


def a_confirmed_commit_stays(subject: Subject) -> None:
    with subject.open() as driver:
        driver.stage("new", subject.texts[1])
        driver.commit("new", undo_after=LONG)
        assert driver.verdict("new") is Verdict.TRIAL
        driver.confirm("new")
        driver.confirm("new")

    with subject.open() as driver:
        assert driver.verdict("new") is Verdict.KEPT
        assert driver.running(subject.texts[1]) == subject.texts[1]


def a_commit_without_a_timer_is_kept_at_once(subject: Subject) -> None:
    with subject.open() as driver:
        driver.stage("new", subject.texts[0])
        driver.commit("new", undo_after=None)

        assert driver.verdict("new") is Verdict.KEPT
        assert driver.running(subject.texts[0]) == subject.texts[0]


def what_nobody_confirms_the_device_undoes(subject: Subject) -> None:
    one, other = subject.texts
    _installed(subject, one)
    with subject.open() as driver:
        driver.stage("new", other)
        driver.commit("new", undo_after=SHORT)

    def is_reverted() -> bool:
        with subject.open() as later:
            return later.verdict("new") is Verdict.REVERTED

    subject.wait(SHORT + GRACE, is_reverted)

    with subject.open() as driver:
        assert driver.verdict("new") is Verdict.REVERTED
        assert driver.running(one) == one
        with pytest.raises(NothingOpen):
            driver.confirm("new")


def undo_puts_the_old_back_at_once(subject: Subject) -> None:
    one, other = subject.texts
    _installed(subject, one)

    with subject.open() as driver:
        driver.stage("new", other)
        driver.commit("new", undo_after=LONG)
        driver.undo("new")

        assert driver.verdict("new") is Verdict.REVERTED
        assert driver.running(one) == one


def a_discarded_candidate_is_forgotten(subject: Subject) -> None:
    with subject.open() as driver:
        driver.stage("new", subject.texts[0])
        driver.discard("new")
        driver.discard("new")

        assert driver.verdict("new") is Verdict.UNKNOWN
        with pytest.raises(NothingOpen):
            driver.commit("new", undo_after=LONG)


def nothing_open_is_said(subject: Subject) -> None:
    with subject.open() as driver:
        assert driver.verdict("never") is Verdict.UNKNOWN
        with pytest.raises(NothingOpen):
            driver.confirm("never")
        with pytest.raises(NothingOpen):
            driver.undo("never")
        with pytest.raises(NothingOpen):
            driver.commit("never", undo_after=LONG)


def one_trial_at_a_time(subject: Subject) -> None:
    one, other = subject.texts

    with subject.open() as driver:
        driver.stage("new", one)
        driver.commit("new", undo_after=LONG)
        with pytest.raises(CandidateRefused, match="new"):
            driver.stage("hasty", other)
        driver.discard("new")

        assert driver.verdict("new") is Verdict.TRIAL
        driver.undo("new")


def it_tells_of_itself(subject: Subject) -> None:
    with subject.open() as driver:
        facts = driver.facts()
        names = [interface.name for interface in driver.interfaces()]

        assert facts.hostname
        assert names == sorted(names)
        assert driver.bgp_sessions() == driver.bgp_sessions()
        assert isinstance(driver.ospf_neighbours(), tuple)
        assert isinstance(driver.routes(), tuple)
        assert isinstance(driver.lldp_neighbours(), tuple)


def an_unplugged_device_is_unreachable(subject: Subject) -> None:
    with subject.open() as driver:
        driver.reach()
        subject.unplug()

        with pytest.raises(Unreachable):
            driver.bgp_sessions()
    with pytest.raises(Unreachable), subject.open():
        pass


PROMISES: Final[tuple[Promise, ...]] = (
    it_answers,
    nothing_is_running_before_anything_was_installed,
    staging_shows_the_difference_and_changes_nothing,
    staging_what_runs_shows_no_difference,
    staging_again_replaces_what_was_staged,
    a_secret_never_comes_back,
    a_candidate_that_the_device_refuses_leaves_nothing,
    a_confirmed_commit_stays,
    a_commit_without_a_timer_is_kept_at_once,
    what_nobody_confirms_the_device_undoes,
    undo_puts_the_old_back_at_once,
    a_discarded_candidate_is_forgotten,
    nothing_open_is_said,
    one_trial_at_a_time,
    it_tells_of_itself,
    an_unplugged_device_is_unreachable,
)
