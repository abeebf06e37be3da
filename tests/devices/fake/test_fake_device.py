"""The handles that tests have on a fake device."""

from datetime import timedelta

import pytest

from hanse.devices.driver import CommitFailed, Target, Unreachable, Verdict
from hanse.devices.fake.driver import FAKE, FakeDevice

TARGET = Target(name="r1", host="192.0.2.1")
MINUTE = timedelta(minutes=1)


def test_a_connection_lost_before_the_commit_leaves_the_candidate() -> None:
    device = FakeDevice("r1", running="old\n")
    device.lose_at = "commit"

    with device.open(TARGET) as driver:
        driver.stage("new", "new\n")
        with pytest.raises(Unreachable):
            driver.commit("new", undo_after=MINUTE)

    assert device.verdicts["new"] is Verdict.STAGED
    assert device.running_text == "old\n"


def test_a_connection_lost_after_the_commit_leaves_a_trial_that_ends_by_itself() -> None:
    device = FakeDevice("r1", running="old\n")
    device.lose_after = "commit"
    with device.open(TARGET) as driver:
        driver.stage("new", "new\n")
        with pytest.raises(Unreachable):
            driver.commit("new", undo_after=MINUTE)
    assert device.running_text == "new\n"

    device.advance(MINUTE)

    assert device.verdicts["new"] is Verdict.REVERTED
    assert device.running_text == "old\n"


def test_harm_that_cuts_contact_is_healed_by_the_timer() -> None:
    device = FakeDevice("r1", running="old\n")

    def lock_out(harmed: FakeDevice) -> None:
        harmed.reachable = False

    device.harm = lock_out
    with device.open(TARGET) as driver:
        driver.stage("new", "new\n")
        with pytest.raises(Unreachable):
            driver.commit("new", undo_after=MINUTE)

    device.advance(MINUTE)

    assert device.reachable
    assert device.running_text == "old\n"


def test_a_dead_connection_stays_dead() -> None:
    device = FakeDevice("r1")
    device.lose_at = "reach"
    with device.open(TARGET) as driver:
        with pytest.raises(Unreachable):
            driver.reach()
        device.lose_at = ""

        with pytest.raises(Unreachable):
            driver.facts()


def test_a_failing_commit_has_put_the_old_back() -> None:
    device = FakeDevice("r1", running="old\n")
    device.fail_commit = "the daemon does not start"

    with device.open(TARGET) as driver:
        driver.stage("new", "new\n")
        with pytest.raises(CommitFailed, match="does not start"):
            driver.commit("new", undo_after=MINUTE)

    assert device.verdicts["new"] is Verdict.REVERTED
    assert device.running_text == "old\n"


def test_a_host_without_a_device_is_unreachable() -> None:
    with pytest.raises(Unreachable, match=r"192\.0\.2\.1"), FAKE.open(TARGET):
        pass


def test_calls_are_remembered_in_order() -> None:
    device = FakeDevice("r1")

    with device.open(TARGET) as driver:
        driver.reach()
        driver.facts()

    assert device.calls == ["reach", "facts"]
