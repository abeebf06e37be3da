"""The fake device: an honest, hand-written stand-in that passes the same contract suite as the real drivers.

A test makes a `FakeDevice`, puts it into `DEVICES` under the host name of its target, and opens it by `FAKE.open` or by
`device.open(target)`. Its time stands still until `advance` moves it; nothing here reads a clock or opens a socket.
"""

import difflib
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hanse.devices.driver import (
    Abilities,
    CandidateRefused,
    CommitFailed,
    Driver,
    DriverKind,
    NothingOpen,
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
from hanse.network.values.secrets import conceal, reveal

VERSION: Final = "fake 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What undo puts back."""

    running_text: str
    sessions: tuple[SeenSession, ...]
    ospf: tuple[SeenOspfNeighbour, ...]
    interfaces: tuple[SeenInterface, ...]
    reachable: bool
    lets_in: bool


class FakeDevice:
    """One device. Its attributes are the test's handles; `open` is the driver's door.

    `lets_in` is for new connections; those that are open stay. With `remembers` a connection that installed without a
    timer can undo that, as NAPALM's can. `latency` is how long each opening of a connection takes, in real time. `harm`
    is called with the device after each commit and may drop sessions or contact; undo puts back what was there before
    the commit. `lose_at` names a method at which the connection dies before the device has done anything, `lose_after`
    one at which it dies when the device has done all of it; `fail_commit` is the device's own complaint during the
    installation.
    """

    def __init__(
        self,
        name: str,
        running: str = "",
        sessions: Iterable[SeenSession] = (),
        ospf: Iterable[SeenOspfNeighbour] = (),
        interfaces: Iterable[SeenInterface] = (),
        latency: timedelta = timedelta(0),
    ) -> None:
        self.name = name
        self.running_text = running
        self.sessions = tuple(sessions)
        self.ospf = tuple(ospf)
        self.interfaces = tuple(interfaces)
        self.routes: tuple[SeenRoute, ...] = ()
        self.lldp: tuple[SeenLldpNeighbour, ...] = ()
        self.labels: tuple[SeenLabel, ...] = ()
        self.latency = latency
        self.reachable = True
        self.lets_in = True
        self.remembers = False
        self.refuse = ""
        self.fail_commit = ""
        self.lose_at = ""
        self.lose_after = ""
        self.harm: Callable[[FakeDevice], None] | None = None
        self.calls: list[str] = []  # method names, in order, over all connections
        self.verdicts: dict[str, Verdict] = {}
        self.now = timedelta(0)  # since the device was made
        self._candidate = ""
        self._before: _Before | None = None
        self._kept_before: _Before | None = None  # of the last deployment that was installed without a timer
        self._undo_at: timedelta | None = None

    @contextmanager
    def open(self, target: Target) -> Generator[Driver]:
        """Connect, as `target` says; only its secrets matter here.

        :raises Unreachable:
        """
        if self.latency:
            time.sleep(self.latency.total_seconds())
        if not (self.reachable and self.lets_in):
            raise Unreachable(f"{self.name} does not answer")
        yield _Connection(device=self, secrets=target.secrets)

    def advance(self, by: timedelta) -> None:
        """Let time pass; an undo timer that runs out on the way does its work."""
        self.now += by
        if self._undo_at is not None and self.now >= self._undo_at:
            self.put_back(self.on_trial() or "")

    def on_trial(self) -> str | None:
        """Return the deployment that waits for its confirmation."""
        return self._first(Verdict.TRIAL)

    def staged(self) -> str | None:
        """Return the deployment whose candidate lies here."""
        return self._first(Verdict.STAGED)

    def put_candidate(self, deployment: str, text: str) -> None:
        """Stage `text`; an older candidate goes."""
        self.drop_candidate()
        self._candidate = text
        self.verdicts[deployment] = Verdict.STAGED

    def drop_candidate(self) -> None:
        """Forget the candidate, if there is one."""
        staged = self.staged()
        if staged is not None:
            del self.verdicts[staged]
        self._candidate = ""

    def install(self, deployment: str, undo_after: timedelta | None) -> None:
        """Make the candidate the running text, on trial or, without a time, for good."""
        self._before = _Before(
            running_text=self.running_text,
            sessions=self.sessions,
            ospf=self.ospf,
            interfaces=self.interfaces,
            reachable=self.reachable,
            lets_in=self.lets_in,
        )
        self.running_text = self._candidate
        self._candidate = ""
        self._undo_at = None if undo_after is None else self.now + undo_after
        self.verdicts[deployment] = Verdict.TRIAL
        if self.harm is not None:
            self.harm(self)
        if undo_after is None:
            self._kept_before = self._before
            self.keep(deployment)

    def keep(self, deployment: str) -> None:
        """End the trial: the new text stays."""
        self.verdicts[deployment] = Verdict.KEPT
        self._before = self._undo_at = None

    def put_back(self, deployment: str) -> None:
        """End the trial: the old text, sessions and contact are back."""
        before = self._before or self._kept_before
        if before is not None:
            self.running_text = before.running_text
            self.sessions = before.sessions
            self.ospf = before.ospf
            self.interfaces = before.interfaces
            self.reachable = before.reachable
            self.lets_in = before.lets_in
        self.verdicts[deployment] = Verdict.REVERTED
        self._before = self._undo_at = None

    def _first(self, verdict: Verdict) -> str | None:
        return next((name for name, now in self.verdicts.items() if now is verdict), None)


@dataclass(slots=True, kw_only=True)
class _Connection:
    """One open connection to a `FakeDevice`; it stays dead once it has died."""

    device: FakeDevice
    secrets: Mapping[str, str]
    dead: bool = False
    installed: str = ""  # the deployment that this connection installed without a timer

    @contextmanager
    def _call(self, method: str) -> Generator[FakeDevice]:
        device = self.device
        device.calls.append(method)
        if self.dead or not device.reachable or device.lose_at == method:
            self._die()
        yield device
        if device.lose_after == method or not device.reachable:
            self._die()

    def _die(self) -> None:
        self.dead = True
        raise Unreachable(f"the connection to {self.device.name} was lost")

    def reach(self) -> Reached:
        with self._call("reach") as device:
            return Reached(took=device.latency, version=VERSION)

    def stage(self, deployment: str, text: str) -> Staged:
        with self._call("stage") as device:
            if device.refuse:
                raise CandidateRefused(device.refuse)
            if device.on_trial() is not None:
                raise CandidateRefused(f"{device.on_trial()} is on trial: confirm or undo it first")
            revealed = reveal(text, self.secrets)
            device.put_candidate(deployment, revealed)
            lines = difflib.unified_diff(
                device.running_text.splitlines(), revealed.splitlines(), "running", "candidate", lineterm=""
            )
            return Staged(diff=conceal("".join(f"{line}\n" for line in lines), self.secrets))

    def commit(self, deployment: str, *, undo_after: timedelta | None) -> None:
        with self._call("commit") as device:
            if device.verdicts.get(deployment) is not Verdict.STAGED:
                raise NothingOpen(f"{deployment} is not staged")
            device.install(deployment, undo_after)
            self.installed = "" if undo_after else deployment
            if device.fail_commit:
                device.put_back(deployment)
                raise CommitFailed(device.fail_commit)

    def confirm(self, deployment: str) -> None:
        with self._call("confirm") as device:
            match device.verdicts.get(deployment):
                case Verdict.TRIAL:
                    device.keep(deployment)
                case Verdict.KEPT:
                    pass
                case _:
                    raise NothingOpen(f"{deployment} is not on trial")

    def discard(self, deployment: str) -> None:
        with self._call("discard") as device:
            if device.staged() == deployment:
                device.drop_candidate()

    def undo(self, deployment: str) -> None:
        with self._call("undo") as device:
            mine = device.remembers and self.installed == deployment
            if not mine and device.on_trial() != deployment:
                raise NothingOpen(f"{deployment} is not on trial")
            device.put_back(deployment)

    def verdict(self, deployment: str) -> Verdict:
        with self._call("verdict") as device:
            return device.verdicts.get(deployment, Verdict.UNKNOWN)

    def running(self, like: str = "") -> str:
        with self._call("running") as device:
            return conceal(device.running_text, self.secrets)

    def facts(self) -> SeenDevice:
        with self._call("facts") as device:
            return SeenDevice(hostname=device.name, vendor="Hanse", model="fake", os_version=VERSION, uptime=device.now)

    def interfaces(self) -> tuple[SeenInterface, ...]:
        with self._call("interfaces") as device:
            return device.interfaces

    def bgp_sessions(self) -> tuple[SeenSession, ...]:
        with self._call("bgp_sessions") as device:
            return device.sessions

    def ospf_neighbours(self) -> tuple[SeenOspfNeighbour, ...]:
        with self._call("ospf_neighbours") as device:
            return device.ospf

    def routes(self) -> tuple[SeenRoute, ...]:
        with self._call("routes") as device:
            return device.routes

    def lldp_neighbours(self) -> tuple[SeenLldpNeighbour, ...]:
        with self._call("lldp_neighbours") as device:
            return device.lldp

    def labels(self) -> tuple[SeenLabel, ...]:
        with self._call("labels") as device:
            return device.labels


DEVICES: Final[dict[str, FakeDevice]] = {}  # by `Target.host`; a test puts its devices in and takes them out


@contextmanager
def open_fake(target: Target) -> Generator[Driver]:
    """Connect to the device that `DEVICES` holds under the target's host.

    :raises Unreachable: there is none, or it does not answer
    """
    device = DEVICES.get(target.host)
    if device is None:
        raise Unreachable(f"there is no fake device at {target.host!r}")
    with device.open(target) as driver:
        yield driver


FAKE: Final = DriverKind(
    name="fake",
    abilities=Abilities(replace=True, undo_timer=True, verdicts=True),
    open=open_fake,
)
