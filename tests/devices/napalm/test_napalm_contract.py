"""The promises of every driver, kept over a NAPALM driver; those that no NAPALM driver can keep are named here."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from napalm_teststub import ROUTERS, Router

from devices.contract import PROMISES, Promise, Subject
from hanse.devices.driver import Target
from hanse.devices.napalm.driver import napalm_kind

BEYOND_NAPALM: Final = {
    "nothing_is_running_before_anything_was_installed": "running() is the device's whole configuration, never empty",
    "a_confirmed_commit_stays": "another connection cannot tell KEPT: NAPALM gives commits no names",
    "what_nobody_confirms_the_device_undoes": "another connection cannot tell REVERTED",
    "it_tells_of_itself": "NAPALM has no question for OSPF neighbours and forwarding tables",
}
KEPT: Final = tuple(promise for promise in PROMISES if promise.__name__ not in BEYOND_NAPALM)


@pytest.fixture
def subject(router: Router, target: Target) -> Iterator[Subject]:
    target = replace(target, secrets={"peer": "Strandkorb-7"})
    router.answers |= {
        "get_facts": {"hostname": "edge1", "vendor": "Stub", "model": "memory", "os_version": "1.2"},
        "get_bgp_neighbors_detail": {},
    }

    def wait(limit: timedelta, until: Callable[[], bool]) -> None:
        router.timer_runs_out()
        assert until()

    def unplug() -> None:
        router.reachable = False

    yield Subject(
        open=lambda: napalm_kind("teststub").open(target),
        texts=("router 1\n", "router 2\npassword @secret(peer)@\n"),
        secret="Strandkorb-7",
        refused=lambda: "syntax error\n",
        wait=wait,
        unplug=unplug,
    )
    ROUTERS.clear()


@pytest.mark.parametrize("promise", KEPT, ids=lambda promise: promise.__name__)
def test_a_napalm_driver_keeps_its_promise(promise: Promise, subject: Subject) -> None:
    promise(subject)


def test_every_promise_left_out_is_one_of_the_suite() -> None:
    assert set(BEYOND_NAPALM) <= {promise.__name__ for promise in PROMISES}
