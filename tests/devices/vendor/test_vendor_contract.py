"""The promises of every driver, kept by NAPALM's own drivers over local routers of three vendors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest

from devices.contract import PROMISES, Promise, Subject
from devices.vendor.vendor_routers import REFUSED, SECRET, Local, sections
from hanse_lab.waiting import wait_until

BEYOND_NAPALM: Final = {
    "a_confirmed_commit_stays": "another connection cannot tell KEPT: NAPALM gives commits no names",
    "what_nobody_confirms_the_device_undoes": "another connection cannot tell REVERTED",
    "it_tells_of_itself": "NAPALM has no question for OSPF neighbours and forwarding tables",
}
BEYOND_IOS: Final = {
    "a_candidate_that_the_device_refuses_leaves_nothing": "IOS reads a merge file only when it is installed",
}
KEPT: Final = tuple(promise for promise in PROMISES if promise.__name__ not in BEYOND_NAPALM)


@pytest.fixture
def subject(router: Local) -> Subject:
    def wait(limit: timedelta, until: Callable[[], bool]) -> None:
        wait_until("what the suite waits for", until, within=limit)

    def unplug() -> None:
        router.running.unplug()

    return Subject(
        open=router.open,
        texts=sections(router.kind),
        secret=SECRET,
        refused=lambda: REFUSED[router.kind],
        wait=wait,
        unplug=unplug,
    )


@pytest.mark.parametrize("promise", KEPT, ids=lambda promise: promise.__name__)
def test_a_local_vendor_router_keeps_its_promise(promise: Promise, subject: Subject, router: Local) -> None:
    if router.kind == "ios" and promise.__name__ in BEYOND_IOS:
        pytest.skip(BEYOND_IOS[promise.__name__])

    promise(subject)


def test_every_promise_left_out_is_one_of_the_suite() -> None:
    assert set(BEYOND_NAPALM) | set(BEYOND_IOS) <= {promise.__name__ for promise in PROMISES}
