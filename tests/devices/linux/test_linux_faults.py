"""Whatever is killed, and wherever: the router ends entirely old or entirely new, reachable, in time.

Each step that the carried program announces is a place to strike (see `carried/fault.py`).
"""

import time
from datetime import timedelta
from threading import Thread
from typing import Final

import pytest

from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import new_text
from devices.linux.outcome import (
    GRACE,
    UNDO_AFTER,
    files_are,
    install_old,
    state_is,
    try_it,
    verdict_in_time,
    wait_until,
)
from hanse.devices.driver import CandidateRefused, CommitFailed, Verdict
from hanse.devices.linux.driver import LINUX

pytestmark = pytest.mark.lab

PATHS: Final = (
    "/etc/bird/bird.conf",
    "/etc/hanse-motd/banner",
    "/etc/network/interfaces",
    "/etc/nftables.conf",
    "/etc/sysctl.d/60-hanse.conf",
)
COMPONENTS: Final = ("sysctl", "nft", "interfaces", "bird")
BEFORE_ANYTHING: Final = ("staging", "staged", "arming", "armed")
INSTALLING: Final = (
    "guarded",
    "working",
    *(f"swapping:{path}" for path in PATHS),
    "swapped",
    *(f"reloading:{component}" for component in COMPONENTS),
    "judged",
    "trial",
)
UNDOING: Final = (
    "guard-undoes",
    "undoing",
    *(f"restored:{path}" for path in PATHS),
    *(f"restoring:{component}" for component in COMPONENTS),
    "restored",
    "reverted",
)


def expect(node: LinuxNode, which: str) -> None:
    """Assert that all of the router is `which`, with nothing left behind."""
    assert files_are(node) == which
    assert state_is(node) == which
    wait_until(lambda: node.leftovers() == [], timedelta(seconds=2))


@pytest.mark.parametrize("step", [*BEFORE_ANYTHING, *INSTALLING])
def test_a_program_killed_before_the_confirmation_leaves_the_old(node: LinuxNode, step: str) -> None:
    install_old(node)
    node.write("/run/hanse-fault", step)

    try_it(node)

    assert verdict_in_time(node, "new") in (Verdict.REVERTED, Verdict.UNKNOWN, Verdict.STAGED)
    with LINUX.open(node.target) as driver:
        driver.discard("new")
    expect(node, "old")


@pytest.mark.parametrize("step", UNDOING)
def test_an_undo_killed_half_way_is_done_by_the_other_guard(node: LinuxNode, step: str) -> None:
    install_old(node)
    node.write("/run/hanse-fault", step)

    assert try_it(node) == ""

    assert verdict_in_time(node, "new") is Verdict.REVERTED
    expect(node, "old")
    assert node.read("/run/hanse-fault") is None


@pytest.mark.parametrize(("step", "which"), [("confirming", "old"), ("kept", "new")])
def test_a_confirmation_killed_half_way_is_the_old_or_the_new(node: LinuxNode, step: str, which: str) -> None:
    install_old(node)
    node.write("/run/hanse-fault", step)

    assert try_it(node, confirm=True) == "Unreachable"

    expected = {"old": Verdict.REVERTED, "new": Verdict.KEPT}[which]
    assert verdict_in_time(node, "new") is expected
    expect(node, which)


@pytest.mark.parametrize("step", ["undoing", "restored:/etc/network/interfaces", "restoring:bird"])
def test_an_undo_by_hand_killed_half_way_is_finished_by_the_guard(node: LinuxNode, step: str) -> None:
    install_old(node)
    node.write("/run/hanse-fault", step)

    assert try_it(node, undo=True) == "Unreachable"

    assert verdict_in_time(node, "new") is Verdict.REVERTED
    expect(node, "old")


POWER_CUTS: Final = (
    ("armed", "old"),
    ("swapping:/etc/nftables.conf", "old"),
    ("swapped", "old"),
    ("reloading:bird", "old"),
    ("trial", "old"),
    ("undoing", "old"),
    ("restored:/etc/hanse-motd/banner", "old"),
    ("restored", "old"),
    ("kept", "new"),
)


@pytest.mark.parametrize(("step", "which"), POWER_CUTS)
def test_a_power_cut_at_any_step_ends_old_or_new(node: LinuxNode, step: str, which: str) -> None:
    install_old(node)
    node.write("/run/hanse-fault", f"{step} pause")
    deploying = Thread(target=try_it, args=(node,), kwargs={"confirm": step == "kept"})
    deploying.start()
    wait_until(lambda: f" {step}\n" in (node.read("/run/hanse/new.progress") or ""), timedelta(seconds=30))

    node.cut_power()
    node.start()
    deploying.join(timeout=30)

    assert verdict_in_time(node, "new") is {"old": Verdict.REVERTED, "new": Verdict.KEPT}[which]
    expect(node, which)


def test_each_guard_may_be_killed_and_is_replaced(node: LinuxNode) -> None:
    install_old(node)
    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        driver.commit("new", undo_after=timedelta(seconds=6))

    for _ in range(3):
        node.run("kill -9 $(pgrep -o -f 'pyz [g]uard new')")
        time.sleep(1.2)
        assert len(node.run("pgrep -f 'pyz [g]uard new$' || true").split()) >= 2

    assert verdict_in_time(node, "new") is Verdict.REVERTED
    expect(node, "old")


def test_with_all_guards_killed_the_next_question_brings_one_back(node: LinuxNode) -> None:
    install_old(node)
    assert try_it(node) == ""
    # One may be bringing another back just now.
    node.run("while pids=$(pgrep -f 'pyz [g]uard new'); do kill -9 $pids; done")
    time.sleep(UNDO_AFTER.total_seconds())
    assert files_are(node) == "new"

    assert verdict_in_time(node, "new") is Verdict.REVERTED
    expect(node, "old")


@pytest.mark.parametrize("step", ["armed", "guarded", "swapped", "reloading:interfaces", "trial"])
def test_a_connection_cut_during_the_commit_changes_nothing_about_the_end(node: LinuxNode, step: str) -> None:
    install_old(node)
    node.write("/run/hanse-fault", f"{step} pause")
    ended: list[str] = []
    deploying = Thread(target=lambda: ended.append(try_it(node)))
    deploying.start()
    wait_until(lambda: f" {step}\n" in (node.read("/run/hanse/new.progress") or ""), timedelta(seconds=30))

    node.run("pkill -9 -f '[s]shd: root'")
    deploying.join(timeout=30)
    node.write("/run/hanse-fault.go", "")

    assert ended in (["Unreachable"], [""])
    assert verdict_in_time(node, "new") is Verdict.REVERTED
    expect(node, "old")


@pytest.mark.parametrize("harm", ["address", "firewall"])
def test_a_router_that_locks_us_out_lets_us_in_again(node: LinuxNode, harm: str) -> None:
    install_old(node)
    text = new_text(node)
    if harm == "address":
        text = text.replace(node.address, "198.51.100.2")
    else:
        text = text.replace("tcp dport 22 accept", "tcp dport 22 drop")
    began = time.monotonic()

    error = try_it(node, text, confirm=True)

    assert error in ("Unreachable", "CommitFailed", "NothingOpen")
    assert verdict_in_time(node, "new") is Verdict.REVERTED
    assert time.monotonic() - began < (UNDO_AFTER + GRACE).total_seconds()
    expect(node, "old")


def test_a_full_disk_refuses_the_candidate_and_leaves_nothing(node: LinuxNode) -> None:
    install_old(node)
    node.fill_disk()

    with LINUX.open(node.target) as driver, pytest.raises(CandidateRefused, match="No space left"):
        driver.stage("new", new_text(node))

    node.run("rm /var/fill*")
    with LINUX.open(node.target) as driver:
        assert driver.verdict("new") is Verdict.UNKNOWN
    expect(node, "old")


def test_a_disk_that_fills_up_after_staging_fails_the_commit_or_lets_it_be(node: LinuxNode) -> None:
    install_old(node)
    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        node.fill_disk()

        with pytest.raises(CommitFailed, match="No space left"):
            driver.commit("new", undo_after=UNDO_AFTER)

        assert driver.verdict("new") is Verdict.REVERTED
    expect(node, "old")


@pytest.mark.parametrize("end", ["undo", "confirm", "timer"])
def test_a_disk_that_fills_up_during_the_trial_hinders_no_end(node: LinuxNode, end: str) -> None:
    install_old(node)
    with LINUX.open(node.target) as driver:
        driver.stage("new", new_text(node))
        driver.commit("new", undo_after=UNDO_AFTER)
        node.fill_disk()
        if end != "timer":
            getattr(driver, end)("new")

    expected = Verdict.KEPT if end == "confirm" else Verdict.REVERTED
    assert verdict_in_time(node, "new") is expected
    expect(node, "new" if end == "confirm" else "old")
