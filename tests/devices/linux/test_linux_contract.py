"""The Linux driver keeps every promise, on a real router."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from devices.contract import PROMISES, Promise, Subject
from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import new_text, old_text
from hanse.devices.linux.driver import LINUX

pytestmark = pytest.mark.lab


@pytest.fixture
def subject(node: LinuxNode) -> Subject:
    def wait(limit: timedelta, until: Callable[[], bool]) -> None:
        ends = time.monotonic() + limit.total_seconds()
        while not until():
            assert time.monotonic() < ends
            time.sleep(0.2)

    target = node.target
    return Subject(
        open=lambda: LINUX.open(target),
        texts=(old_text(node), new_text(node)),
        secret="Strandkorb-7",
        refused=lambda: old_text(node).replace("router id", "rooter id"),
        wait=wait,
        unplug=node.cut_power,
    )


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_linux_driver_keeps_its_promise(promise: Promise, subject: Subject) -> None:
    promise(subject)
