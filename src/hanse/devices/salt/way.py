"""A router's minion as the way to it. Secrets become values on the router, out of its own pillar, and nowhere else.

Salt's master keeps what it was asked in its cache of jobs, and shows it to all minions: so texts travel with secrets by
name. The functions `hanse.run`, `hanse.ask` and `hanse.bring` are those of `salt/_modules/hanse.py`.
"""

import base64
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from hanse.devices.driver import CandidateRefused, Program, Target
from hanse.devices.salt.master import SaltMaster
from hanse.devices.way import Ran
from hanse.network.values.secrets import secret_token

ARGUMENT: Final = "minion"  # of the driver: the minion's id, where it is not the router's name
LACKS: Final = "lacks"  # what `hanse.ask` answers if the program must be brought first


@dataclass(frozen=True, slots=True, kw_only=True)
class OverSalt:
    """One router's minion, asked through the master. It is a `devices.way.Way`."""

    target: Target
    master: SaltMaster
    minion: str

    def run(self, command: str) -> Ran:
        return Ran(**self._call("hanse.run", {"command": command}, self.target.timeout))

    def ask(self, program: Program, command: str, asked: Mapping[str, Any], *, silence: float | None) -> Ran:
        limit = self.target.timeout if silence is None else timedelta(seconds=silence)
        words = {"program": program.path, "command": command, "asked": _by_name(asked)}
        answer = self._call("hanse.ask", words, limit)
        if LACKS in answer:
            self._bring(program)
            answer = self._call("hanse.ask", words, limit)
        return Ran(**answer)

    def _bring(self, program: Program) -> None:
        content = base64.b64encode(program.content).decode()
        said = self._call("hanse.bring", {"program": program.path, "content": content}, self.target.timeout)
        if said:
            raise CandidateRefused(f"{self.target.name} has no room for Hanse's program: {said}")

    def _call(self, function: str, words: Mapping[str, Any], silence: timedelta) -> Any:
        return self.master.call(self.minion, function, words, silence=silence)


def _by_name(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request without the texts that would hold values: the minion makes them of those by name."""
    files = [{word: value for word, value in file.items() if word != "text"} for file in asked.get("files", ())]
    return {**asked, "files": files} if files else dict(asked)


@contextmanager
def open_over_salt(target: Target, master: SaltMaster, domain: str) -> Generator[OverSalt]:
    """Give the way to a router. Nothing is kept open, and nothing asked before the driver asks.

    `domain` stands behind the router's name in its minion's id, if the driver's arguments do not give that.
    """
    minion = str(target.arguments.get(ARGUMENT) or ".".join(filter(None, (target.name, domain))))
    by_name = replace(target, secrets={name: secret_token(name) for name in target.secrets})
    yield OverSalt(target=by_name, master=master, minion=minion)
