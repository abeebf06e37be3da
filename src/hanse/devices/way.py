"""The way to a Linux router, whatever lies between: its own SSH, or Salt's master. Its driver speaks over any way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hanse.devices.driver import Program, Target
from hanse.network.errors import OutsideError


class CommandFailed(OutsideError):
    """A command that a router of this kind must know ended with an error there."""

    retry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended on the router."""

    status: int
    out: str
    err: str


class Way(Protocol):
    """An open way to one router. Both questions raise `Unreachable` when it is lost."""

    @property
    def target(self) -> Target: ...

    def run(self, command: str) -> Ran:
        """Run a shell command as root and return how it ended."""

    def ask(self, program: Program, command: str, asked: Mapping[str, Any], *, silence: float | None) -> Ran:
        """Run the program, which is brought there first if it is not, and return how it ended; it answers in JSON.

        `silence`: seconds that it may say nothing; None: the target's own limit. Where the way has the secrets at its
        other end, `target.secrets` gives each name's own token, and they become values only there.

        :raises CandidateRefused: the router has no room for the program
        """
