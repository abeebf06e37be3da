"""What a deployment works with: connections, time, and how long each thing may take."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from hanse.devices.clock import Clock
from hanse.devices.driver import Driver
from hanse.network.errors import OutsideError, WantedError

T = TypeVar("T")

OpenDevice = Callable[[str], AbstractContextManager[Driver]]  # by node name


class TooShortToJudge(WantedError):
    """The device would undo a good configuration before it can be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long things may take.

    `settle` is what neighbours and sessions get to come up again, and must end before `undo_after`, when the device
    undoes by itself. The first look is taken `first_look` after the device said that all is installed: what breaks
    later is seen only if that is longer than the protocols' own dead and hold times. `grace` is what the device gets to
    finish its own undo, before Hanse gives up asking.
    """

    undo_after: timedelta = timedelta(minutes=5)
    settle: timedelta = timedelta(minutes=2)
    first_look: timedelta = timedelta(seconds=3)
    look_every: timedelta = timedelta(seconds=2)
    grace: timedelta = timedelta(seconds=20)

    def __post_init__(self) -> None:
        if self.settle >= self.undo_after:
            raise TooShortToJudge(
                f"the device would undo after {self.undo_after.total_seconds():g} s, before the"
                f" {self.settle.total_seconds():g} s that sessions get to settle: give it more time"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What `deploy_device`, `roll_out` and `settle` share.

    Without `commit_check` a device is configured even if its own diff is empty. With `by_hand` what was found good is
    kept only by somebody's word, and undone without it. `leave` is called at the end of each thread, for what the
    thread holds open upstairs.
    """

    open_device: OpenDevice
    clock: Clock
    times: Times = field(default_factory=Times)
    commit_check: bool = True
    by_hand: bool = False
    leave: Callable[[], None] = lambda: None

    def on_device(self, node: str, work: Callable[[Driver], T]) -> T:
        """Return what `work` returns over a new connection; what the device has said counts even if it ends badly.

        :raises OutsideError: there was no connection, or `work` lost it
        """
        answers: list[T] = []
        try:
            with self.open_device(node) as driver:
                answers.append(work(driver))
        except OutsideError:
            if not answers:
                raise
        return answers[0]
