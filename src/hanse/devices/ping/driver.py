"""The driver `ping`: a device answers an echo request, or takes a TCP connection on the port that it is given.

Nothing else is asked of it and nothing is sent to it: it has no sessions, no interfaces, no configuration.
"""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from time import monotonic
from typing import Final, Never

from hanse.devices.driver import (
    Abilities,
    DriverKind,
    NotOffered,
    Reached,
    Staged,
    Target,
    Unreachable,
    Verdict,
)
from hanse.network.seen.bgp import SeenSession
from hanse.network.seen.device import (
    SeenDevice,
    SeenInterface,
    SeenLabel,
    SeenLldpNeighbour,
    SeenOspfNeighbour,
    SeenRoute,
)

ABILITIES: Final = Abilities(replace=False, undo_timer=False, verdicts=False, neighbours=False)


@dataclass(frozen=True, slots=True)
class Pinged:
    """A device that answered when the connection was opened; it is a `Driver`."""

    target: Target

    def reach(self) -> Reached:
        """Ask again."""
        return Reached(took=answered(self.target))

    def facts(self) -> SeenDevice:
        """Return its name: it tells nothing of itself."""
        return SeenDevice(hostname=self.target.name, vendor="", model="", os_version="")

    def interfaces(self) -> tuple[SeenInterface, ...]:
        """Return none."""
        return ()

    def bgp_sessions(self) -> tuple[SeenSession, ...]:
        """Return none."""
        return ()

    def ospf_neighbours(self) -> tuple[SeenOspfNeighbour, ...]:
        """Return none."""
        return ()

    def routes(self) -> tuple[SeenRoute, ...]:
        """Return none."""
        return ()

    def lldp_neighbours(self) -> tuple[SeenLldpNeighbour, ...]:
        """Return none."""
        return ()

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return none: nobody reports them."""
        return ()

    def running(self, like: str = "") -> str:
        """Return nothing: Hanse installed nothing."""
        return ""

    def verdict(self, deployment: str) -> Verdict:
        """Return that it never heard of it."""
        return Verdict.UNKNOWN

    def discard(self, deployment: str) -> None:
        """Throw nothing away."""

    def stage(self, deployment: str, text: str) -> Staged:
        """Refuse: it is not configured.

        :raises NotOffered: always
        """
        self._refuse()

    def commit(self, deployment: str, *, undo_after: timedelta | None) -> None:
        """Refuse.

        :raises NotOffered: always
        """
        self._refuse()

    def confirm(self, deployment: str) -> None:
        """Refuse.

        :raises NotOffered: always
        """
        self._refuse()

    def undo(self, deployment: str) -> None:
        """Refuse.

        :raises NotOffered: always
        """
        self._refuse()

    def _refuse(self) -> Never:
        raise NotOffered(f"{self.target.name} is only pinged: its platform's driver configures nothing")


def answered(target: Target) -> timedelta:
    """Return how long the device took to answer, once.

    :raises Unreachable: it did not
    """
    began = monotonic()
    if target.port is None:
        _echo(target)
    else:
        _connect(target, target.port)
    return timedelta(seconds=monotonic() - began)


def _echo(target: Target) -> None:
    """Send an echo request each second until one is answered: one alone may be lost on a radio."""
    seconds = max(1, ceil(target.timeout.total_seconds()))
    words = ["ping", "-n", "-q", "-c", "1", "-w", str(min(seconds, 5)), "--", target.host]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=seconds + 5, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreachable(f"{target.name}: ping cannot be run: {error}") from error
    if done.returncode != 0:
        raise Unreachable(f"{target.name} ({target.host}) does not answer to ping")


def _connect(target: Target, port: int) -> None:
    try:
        with socket.create_connection((target.host, port), timeout=target.timeout.total_seconds()):
            return
    except OSError as error:
        raise Unreachable(f"{target.name} ({target.host}) takes no connection on port {port}: {error}") from error


@contextmanager
def _open(target: Target) -> Iterator[Pinged]:
    answered(target)
    yield Pinged(target)


PING: Final = DriverKind(name="ping", abilities=ABILITIES, open=_open)
