"""What Hanse asks of a device, whatever it is made of.

A driver is not a class to inherit from: any object of this shape is one. Drivers come by entry point, group
`hanse.drivers`; each entry is a `DriverKind`. One suite, `tests/devices/contract.py`, runs against all of them.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

from hanse.network.errors import OutsideError
from hanse.network.seen.bgp import SeenSession
from hanse.network.seen.device import (
    SeenDevice,
    SeenInterface,
    SeenLabel,
    SeenLldpNeighbour,
    SeenOspfNeighbour,
    SeenRoute,
)
from hanse.network.wanted.nodes import Extent


class Unreachable(OutsideError):
    """No connection to the device: it, the way to it, or its access is down."""


class HostKeyUnknown(OutsideError):
    """The device's host key was never learned: `hanse ping NODE --learn` does it, once and on purpose."""

    retry = False


class HostKeyChanged(OutsideError):
    """The device shows another host key than the one learned: another machine, or somebody in between."""

    retry = False


class LoginRefused(OutsideError):
    """The device is there and does not accept the credentials."""

    retry = False


class CandidateRefused(OutsideError):
    """The device's own checks refuse the configuration; nothing was changed. The text says which file and line."""

    retry = False


class CommitFailed(OutsideError):
    """The device began to install the configuration and has put the old one back."""

    retry = False


class NothingOpen(OutsideError):
    """Confirm, discard or undo was asked for and no configuration is on trial."""

    retry = False


class NotOffered(OutsideError):
    """The device's platform cannot do this at all; its abilities say so before."""

    retry = False


class Verdict(StrEnum):
    """What became of one deployment, as the device itself tells."""

    UNKNOWN = "unknown"  # the device never heard of it, or has forgotten it: nothing was changed by it
    STAGED = "staged"  # candidate is there, running configuration is untouched
    TRIAL = "trial"  # installed; the device undoes it by itself unless confirmed
    KEPT = "kept"  # confirmed
    REVERTED = "reverted"  # the old configuration is back in its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a kind of device can do: known per driver and said before, not discovered during."""

    replace: bool  # installs a whole configuration: what is not in the text leaves the device
    undo_timer: bool  # undoes a commit by itself unless it is confirmed
    verdicts: bool  # can say later what became of a deployment
    neighbours: bool = True  # reports OSPF neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How to reach one device, with everything merged: global, platform's and device's settings."""

    name: str
    host: str
    port: int | None = None  # None: the driver's own
    username: str = ""
    password: str = field(default="", repr=False)
    key_file: str = ""  # path of a private SSH key; empty: password only
    host_key: str = ""  # the pinned key, as "ssh-ed25519 AAAA..."; empty: not learned yet
    timeout: timedelta = timedelta(seconds=30)
    extent: Extent = Extent.OWNED  # how much of the configuration `stage` brings; a Linux router's is always a bundle
    arguments: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)  # by name, for `@secret(NAME)@`
    changed_secrets: frozenset[str] = frozenset()  # given another value since Hanse last installed the device


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Proof that the device answers."""

    took: timedelta
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What the device makes of a candidate: its own diff, secrets by name only. Empty: nothing would change."""

    diff: str
    is_whole: bool = True  # what is not in the text leaves the device; else only what the diff takes away does


class Driver(Protocol):
    """One device while a connection to it is open. Every method raises `Unreachable` when the device is lost.

    `deployment` is a name of the caller's choice (letters, digits, dashes) that a later connection, by another
    process, can ask about again.
    """

    def reach(self) -> Reached:
        """Return how fast the device answers on this connection."""

    def stage(self, deployment: str, text: str) -> Staged:
        """Put `text`, a whole configuration, beside the running one and return the device's diff.

        The running configuration stays untouched. Staging again replaces what was staged.

        :raises CandidateRefused: the device's own checks say no
        """

    def commit(self, deployment: str, *, undo_after: timedelta | None) -> None:
        """Install what `stage` put down. After `undo_after` without `confirm` the device undoes it by itself.

        None: no timer, kept at once. Returns when the device says that its own checks are satisfied.

        :raises CommitFailed: they were not, and the old configuration is back
        :raises Unreachable: the connection was lost; what the device does now, `verdict` tells later
        :raises NotOffered: a timer was asked for and the platform has none
        """

    def confirm(self, deployment: str) -> None:
        """Keep what is on trial and stop its timer. Confirming what is kept already does nothing.

        :raises NothingOpen: it is not on trial (any more)
        """

    def discard(self, deployment: str) -> None:
        """Throw a staged candidate away; nothing to throw away is fine."""

    def undo(self, deployment: str) -> None:
        """Put the configuration from before `deployment` back at once and return when it is in force.

        :raises NothingOpen: it is not on trial
        """

    def verdict(self, deployment: str) -> Verdict:
        """Return what became of `deployment`; a platform that cannot tell says UNKNOWN."""

    def running(self, like: str = "") -> str:
        """Return what runs, in the form `stage` takes and with secrets by name; empty if Hanse installed nothing.

        Where Hanse owns a part of the configuration only, it is that part, and `like` is a wanted text to lay it out
        by: the neighbours of `like` are in it whoever configured them, and what says the same as `like` is `like`.
        """

    def facts(self) -> SeenDevice:
        """Return what the device says of itself."""

    def interfaces(self) -> tuple[SeenInterface, ...]:
        """Return all interfaces, by name."""

    def bgp_sessions(self) -> tuple[SeenSession, ...]:
        """Return all BGP sessions of all VRFs, by VRF and address."""

    def ospf_neighbours(self) -> tuple[SeenOspfNeighbour, ...]:
        """Return all OSPF neighbours of both versions, by version, interface and router ID."""

    def routes(self) -> tuple[SeenRoute, ...]:
        """Return the forwarding tables of both families, by prefix."""

    def lldp_neighbours(self) -> tuple[SeenLldpNeighbour, ...]:
        """Return what LLDP sees, by interface; empty where it does not run."""

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return what is done with packets that come in with a label (MPLS), by number; empty where none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program that is carried to a device, as one file that is named by its content."""

    content: bytes
    path: str  # where it lies there


OpenDriver = Callable[[Target], AbstractContextManager[Driver]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverKind:
    """One entry of the group `hanse.drivers`.

    `learn_host_key` returns the key that the device shows now, unchecked; None where the driver has no host keys.
    `carried` returns the program that works on the device itself, for those who bring it there by other means (Salt);
    None where there is no such program.
    """

    name: str
    abilities: Abilities
    open: OpenDriver
    learn_host_key: Callable[[Target], str] | None = None
    carried: Callable[[], Program] | None = None
