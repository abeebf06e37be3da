"""The fake keeps every promise of a driver, so it cannot lie."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from devices.contract import PROMISES, Promise, Subject
from hanse.devices.driver import Target
from hanse.devices.fake.driver import DEVICES, FAKE, FakeDevice


@pytest.fixture
def subject() -> Iterator[Subject]:
    device = FakeDevice("r1")
    DEVICES["192.0.2.1"] = device
    target = Target(name="r1", host="192.0.2.1", secrets={"peer": "Strandkorb-7"})

    def refused() -> str:
        device.refuse = "line 1: no"
        return "no\n"

    def wait(limit: timedelta, until: Callable[[], bool]) -> None:
        device.advance(limit)
        assert until()

    def unplug() -> None:
        device.reachable = False

    yield Subject(
        open=lambda: FAKE.open(target),
        texts=("router 1\n", "router 2\npassword @secret(peer)@\n"),
        secret="Strandkorb-7",
        refused=refused,
        wait=wait,
        unplug=unplug,
    )
    del DEVICES["192.0.2.1"]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_fake_keeps_its_promise(promise: Promise, subject: Subject) -> None:
    promise(subject)
