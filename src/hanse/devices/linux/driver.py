"""The Linux driver: a bundle of files in one transaction, and the router's state as facts; by SSH, or any other way."""

import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar

from hanse.devices.driver import (
    Abilities,
    CandidateRefused,
    CommitFailed,
    Driver,
    DriverKind,
    Reached,
    Staged,
    Target,
    Verdict,
)
from hanse.devices.linux.carrier import OverSsh, ask, program
from hanse.devices.linux.facts import known
from hanse.devices.linux.facts.fact import Fact
from hanse.devices.linux.ssh import connected, learn_host_key
from hanse.devices.way import CommandFailed, Way
from hanse.network.seen.bgp import SeenSession
from hanse.network.seen.device import (
    SeenDevice,
    SeenInterface,
    SeenLabel,
    SeenLldpNeighbour,
    SeenOspfNeighbour,
    SeenRoute,
)
from hanse.network.values.bundle import File, NotABundle, parse_bundle, print_bundle
from hanse.network.values.secrets import conceal, reveal

ABILITIES: Final = Abilities(replace=True, undo_timer=True, verdicts=True)
UNDONE_WITHIN: Final = 40.0  # seconds of silence: a routing daemon that is started again loads its whole configuration
SIGN_OF_LIFE: Final = 10.0  # seconds of silence while a commit runs, which says something every second

T = TypeVar("T")
OpenWay = Callable[[Target], AbstractContextManager[Way]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinuxRouter:
    """One router while a connection to it is open; see `hanse.devices.driver.Driver` for what each method promises."""

    way: Way

    @property
    def target(self) -> Target:
        """Return how the router is reached."""
        return self.way.target

    def reach(self) -> Reached:
        began = time.monotonic()
        version = self._read(known.KERNEL)
        return Reached(took=timedelta(seconds=time.monotonic() - began), version=version)

    def stage(self, deployment: str, text: str) -> Staged:
        files = [
            {
                "path": file.path,
                "named": file.text,
                "text": reveal(file.text, self.target.secrets),
                "mode": file.mode,
                "owner": file.owner,
            }
            for file in _files(text)
        ]
        with self._secrets_by_name():
            answer = ask(self.way, "stage", name=deployment, files=files)
        return Staged(diff=conceal(answer["diff"], self.target.secrets))

    def commit(self, deployment: str, *, undo_after: timedelta | None) -> None:
        seconds = None if undo_after is None else undo_after.total_seconds()
        with self._secrets_by_name():
            ask(self.way, "commit", name=deployment, undo_after=seconds)
            silence = min(SIGN_OF_LIFE, self.target.timeout.total_seconds())
            answer = ask(self.way, "follow", silence=silence, name=deployment)
            if answer["verdict"] not in (Verdict.TRIAL, Verdict.KEPT):
                raise CommitFailed(answer["why"])

    def confirm(self, deployment: str) -> None:
        ask(self.way, "confirm", name=deployment)

    def discard(self, deployment: str) -> None:
        ask(self.way, "discard", name=deployment)

    def undo(self, deployment: str) -> None:
        silence = max(UNDONE_WITHIN, self.target.timeout.total_seconds())
        ask(self.way, "undo", silence=silence, name=deployment)

    def verdict(self, deployment: str) -> Verdict:
        return Verdict(ask(self.way, "verdict", name=deployment)["verdict"])

    def why(self, deployment: str) -> str:
        """Return what the router says about the end of `deployment`; empty if it has nothing to say."""
        return conceal(str(ask(self.way, "verdict", name=deployment)["why"]), self.target.secrets)

    def running(self, like: str = "") -> str:
        found = ask(self.way, "running")["files"]
        text = print_bundle(_file_on_disk(**file) for file in found)
        return conceal(text, self.target.secrets)

    def facts(self) -> SeenDevice:
        return self._read(known.DEVICE)

    def interfaces(self) -> tuple[SeenInterface, ...]:
        return self._read(known.INTERFACES)

    def bgp_sessions(self) -> tuple[SeenSession, ...]:
        return self._read(known.BGP_SESSIONS)

    def ospf_neighbours(self) -> tuple[SeenOspfNeighbour, ...]:
        return self._read(known.OSPF_NEIGHBOURS)

    def routes(self) -> tuple[SeenRoute, ...]:
        return self._read(known.ROUTES)

    def lldp_neighbours(self) -> tuple[SeenLldpNeighbour, ...]:
        return self._read(known.LLDP_NEIGHBOURS)

    def labels(self) -> tuple[SeenLabel, ...]:
        return self._read(known.LABELS)

    def _read(self, fact: Fact[T]) -> T:
        ran = self.way.run(fact.command)
        if ran.status:
            raise CommandFailed(f"{self.target.name}: {fact.command}: {ran.err.strip() or ran.status}")
        return fact.read(ran.out)

    @contextmanager
    def _secrets_by_name(self) -> Generator[None]:
        """Take the values of secrets out of what the router's tools say."""
        try:
            yield
        except (CandidateRefused, CommitFailed, CommandFailed) as error:
            raise type(error)(conceal(str(error), self.target.secrets)) from None


def _files(text: str) -> tuple[File, ...]:
    try:
        return parse_bundle(text)
    except NotABundle as error:
        raise CandidateRefused(str(error)) from error


def _file_on_disk(path: str, text: str, mode: int, owner: str) -> File:
    """Return a file as it is; one edited by hand may lack its last newline or hold a line that parts bundles."""
    shown = text if not text or text.endswith("\n") else f"{text}\n"
    return File(path=path, text=shown.replace("\n#= ", "\n# = "), mode=mode, owner=owner)


@contextmanager
def open_linux(target: Target) -> Generator[Driver]:
    """Connect to a router.

    :raises HostKeyUnknown:
    :raises HostKeyChanged:
    :raises LoginRefused:
    :raises Unreachable:
    """
    with connected(target) as shell:
        yield LinuxRouter(way=OverSsh(shell=shell))


def linux_kind(name: str, open_way: OpenWay) -> DriverKind:
    """Return the driver of Linux routers that are spoken to over another way than their own SSH."""

    @contextmanager
    def opened(target: Target) -> Generator[Driver]:
        with open_way(target) as way:
            yield LinuxRouter(way=way)

    return DriverKind(name=name, abilities=ABILITIES, open=opened, carried=program)


LINUX: Final = DriverKind(
    name="linux",
    abilities=ABILITIES,
    open=open_linux,
    learn_host_key=learn_host_key,
    carried=program,
)
