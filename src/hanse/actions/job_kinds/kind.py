"""What a kind of job is, and what a running job offers to the function that does its work."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from hanse.actions.rights import EVERYTHING, Person, Right
from hanse.actions.world import World
from hanse.devices.clock import Clock
from hanse.network.errors import HanseError
from hanse.store import jobs
from hanse.store.audit import Author
from hanse.store.models import Job

PAUSE: Final = 0.5  # seconds at least between two looks whether to stop, and between two counts put down


class StopAsked(HanseError):
    """Somebody asked the job to stop, and it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ended. `result` is kept with the job, as JSON; `stopped`: before its end, because it was asked to."""

    is_well: bool
    result: Mapping[str, Any]
    stopped: bool = False


class RunningJob:
    """A job while it runs. It may be used from one thread at a time."""

    def __init__(self, row: Job, clock: Clock) -> None:
        self._row = row
        self._clock = clock
        self._asked_by = ""
        self._looked = self._counted = float("-inf")

    @property
    def number(self) -> int:
        """Return the job's number."""
        return self._row.pk

    @property
    def device(self) -> str:
        """Return the router it is about; empty: no single one."""
        return self._row.device

    @property
    def limit(self) -> tuple[str, ...]:
        """Return the routers it is about: its device, or those of its argument `limit`; empty: all."""
        return (self.device,) if self.device else limit_of(self._row.arguments)

    @property
    def arguments(self) -> Mapping[str, Any]:
        """Return what was asked for."""
        arguments: Mapping[str, Any] = self._row.arguments
        return arguments

    @property
    def author(self) -> Author:
        """Return the name under which its changes are put down."""
        return Author(who=self._row.who, door="job")

    @property
    def person(self) -> Person:
        """Return who asked for it. Whether they may was asked when the job was put down, so now they may."""
        return Person(who=self._row.who, door="job", granted=(EVERYTHING,))

    def tell(self, line: str) -> None:
        """Add a line to the job's log, which pages show while it runs."""
        jobs.tell(self._row, line, at=self._clock.now())

    def progress(self, done: int, total: int) -> None:
        """Say how far it is. Ask as often as you like: not every call is put down, the last one is."""
        now = time.monotonic()
        if done >= total or now - self._counted >= PAUSE:
            self._counted = now
            jobs.count(self._row, done, total, at=self._clock.now())

    def stop_asked(self) -> bool:
        """Say whether somebody asked it to stop, or its time limit did. Ask as often as you like."""
        now = time.monotonic()
        if not self._asked_by and now - self._looked >= PAUSE:
            self._looked = now
            self._asked_by = jobs.stop_asked_by(self._row)
        return bool(self._asked_by)

    def stop_if_asked(self) -> None:
        """Return if nobody asked it to stop.

        :raises StopAsked:
        """
        if self.stop_asked():
            raise StopAsked(f"stopped, as {self._asked_by} asked")


def limit_of(arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the routers that a job without a device of its own is about; empty: all of them."""
    return tuple(arguments.get("limit", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of job. Only one that is safe to repeat is run again after its worker died, or by `retry`."""

    run: Callable[[RunningJob, World], Outcome]
    right: Right
    safe_to_repeat: bool
    time_limit: timedelta
    meaning: str  # what it does, in words
    why_not_again: str = ""  # where it is not safe to repeat: what to do instead
    routers: Callable[[Mapping[str, Any]], tuple[str, ...]] = limit_of  # that arguments name; at their sites the right
