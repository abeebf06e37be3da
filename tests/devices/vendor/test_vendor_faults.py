"""Local vendor routers that misbehave: each fault ends in a driver's error, in time, and leaves nothing locked."""

import time
from datetime import timedelta
from typing import Final

import pytest

from devices.vendor.vendor_routers import Local, sections
from hanse.devices.driver import LoginRefused, Unreachable, Verdict
from hanse_lab.vendor.faults import Fault, Kind

SHORT: Final = timedelta(seconds=2)
ENDS_WITHIN: Final = {"eos": 8.0, "ios": 40.0, "junos": 15.0}
SESSIONS: Final = {"eos": "show ip bgp", "ios": "show (ip )?bgp", "junos": "get-bgp"}
COMMIT: Final = {
    "eos": "commit timer",
    "ios": "copy flash:/merge_config.txt running-config",
    "junos": "commit-configuration",
}
LOST: Final = (Kind.HANG, Kind.HALF, Kind.DROP)
BORNE: Final = (Kind.HUGE, Kind.UNKNOWN, Kind.SLOW)
MORE: Final = {"junos": {"huge_tree": True}}  # lxml takes no text beyond 10 MB unless it is told to
SLOW_THERE: Final = (Kind.HANG, Kind.HALF, Kind.HUGE)


def not_over_ios(router: Local, kind: Kind) -> None:
    """Leave out what costs IOS's driver half a minute and shows no more than a dropped connection does."""
    if router.kind == "ios" and kind in SLOW_THERE:
        pytest.skip("netmiko waits ten seconds for an echo, and ten more when it hangs up")


def mend(router: Local) -> None:
    router.box.misbehaviour.fault = None
    router.box.misbehaviour.over.set()


def nothing_is_locked(router: Local) -> None:
    """Do what the next deployment does, over a connection of its own."""
    with router.open() as driver:
        assert driver.stage("next", sections(router.kind)[1]).diff
        driver.discard("next")


@pytest.mark.parametrize("kind", LOST)
def test_a_lost_answer_is_a_lost_router(router: Local, kind: Kind) -> None:
    not_over_ios(router, kind)
    began = time.monotonic()

    with router.open(timeout=SHORT) as driver:
        router.box.misbehaviour.fault = Fault(kind=kind, at=SESSIONS[router.kind])
        with pytest.raises(Unreachable, match=r"edge1 \(ask\)"):
            driver.bgp_sessions()

    assert time.monotonic() - began < ENDS_WITHIN[router.kind]
    mend(router)
    nothing_is_locked(router)


@pytest.mark.parametrize("kind", BORNE)
def test_a_late_a_huge_or_an_unheard_of_answer_is_read(router: Local, kind: Kind) -> None:
    not_over_ios(router, kind)
    with router.open(arguments=MORE.get(router.kind, {})) as driver:
        router.box.misbehaviour.fault = Fault(kind=kind, at=SESSIONS[router.kind], seconds=0.5)
        sessions = driver.bgp_sessions()

    assert sessions == ()
    assert router.box.misbehaviour.struck
    mend(router)
    nothing_is_locked(router)


@pytest.mark.parametrize("kind", [Kind.DROP, Kind.HALF])
def test_a_commit_whose_answer_is_lost_is_on_trial_and_can_be_undone(router: Local, kind: Kind) -> None:
    not_over_ios(router, kind)
    one, _ = sections(router.kind)
    before = router.store.running

    with router.open(timeout=SHORT) as driver:
        driver.stage("new", one)
        router.box.misbehaviour.fault = Fault(kind=kind, at=COMMIT[router.kind])
        with pytest.raises(Unreachable, match=r"edge1 \(commit\)"):
            driver.commit("new", undo_after=timedelta(minutes=5))
    mend(router)

    with router.open() as another:
        assert another.verdict("new") is Verdict.TRIAL
        another.undo("new")
        assert another.verdict("new") is not Verdict.TRIAL
    assert without_prompts(router.store.running) == without_prompts(before)
    nothing_is_locked(router)


def without_prompts(running: dict[str, object]) -> dict[str, object]:
    """Leave out the line by which NAPALM keeps IOS from asking back: a lost connection does not take it away."""
    return {line: below for line, below in running.items() if line != "file prompt quiet"}


def test_wrong_credentials_are_said(router: Local) -> None:
    with pytest.raises(LoginRefused, match=r"edge1 \(connect\)"), router.open(password="wrong"):
        pass


def test_a_router_without_power_is_unreachable(router: Local) -> None:
    router.running.unplug()

    with pytest.raises(Unreachable, match=r"edge1 \(connect\)"), router.open(timeout=SHORT):
        pass
