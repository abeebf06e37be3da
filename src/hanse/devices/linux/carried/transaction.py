"""One transaction on disk: its marker, its plan, its end."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any, Final

from . import disk
from .places import DEPLOYMENTS
from .states import FINISHED, OPEN, State, step
from .troubles import Refused

NAME: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$")
REMEMBERED: Final = 10  # finished transactions whose verdict can be asked for
MARK: Final = "state."


class Transaction:
    """The directory of one deployment.

    The state is the name of an empty file, so that changing it is one rename: atomic, and possible on a full disk.
    """

    def __init__(self, name: str) -> None:
        if not NAME.match(name):
            raise Refused(f"{name!r} is no name for a deployment: letters, digits and dashes")
        self.name = name
        self.directory = DEPLOYMENTS / name

    def file(self, name: str) -> Path:
        """Return the path of one of the transaction's own files."""
        return self.directory / name

    def state(self) -> State | None:
        """Return where the transaction stands, None if there is none of this name."""
        for _ in range(3):  # a directory that is read while the marker is renamed may show neither name
            try:
                names = os.listdir(self.directory)
            except FileNotFoundError:
                return None
            for name in names:
                if name.startswith(MARK):
                    return State(name[len(MARK) :])
        return None

    def begin(self, plan: dict[str, Any]) -> None:
        """Make the directory, with `plan` in it, in state STAGING."""
        self.directory.mkdir(mode=0o700)
        disk.write_new(self.file(MARK + State.STAGING.value), "")
        self.write("number", {"number": max(map(number_of, transactions())) + 1})
        self.write("plan", plan)
        disk.sync_directory(DEPLOYMENTS)

    def move(self, after: State) -> None:
        """Take a step: one rename, durable when this returns."""
        before = self.state()
        if before is None:
            raise FileNotFoundError(self.directory)
        step(before, after)
        os.rename(self.file(MARK + before.value), self.file(MARK + after.value))
        disk.sync_directory(self.directory)

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Keep `content` as one of the transaction's own files."""
        disk.write_whole(self.file(f"{name}.json"), json.dumps(content))

    def read(self, name: str) -> dict[str, Any]:
        """Return what `write` kept; empty if it never did."""
        try:
            content: dict[str, Any] = json.loads(disk.read_text(self.file(f"{name}.json")))
        except FileNotFoundError:
            return {}
        return content

    @property
    def is_settled(self) -> bool:
        """Say whether all that the transaction left on the router is cleared away."""
        return not self.file("plan.json").exists()

    def why(self) -> str:
        """Return what was said about its end."""
        return str(self.read("why").get("text", ""))

    def say_why(self, text: str) -> None:
        """Keep the reason of its end. On a full disk it is lost, and the end itself is not."""
        try:
            self.write("why", {"text": text})
        except OSError:
            disk.remove(self.file(".why.json.writing"))

    def forget(self) -> None:
        """Remove all traces, the marker last."""
        shutil.rmtree(self.directory)
        disk.sync_directory(DEPLOYMENTS)


def transactions() -> list[Transaction]:
    """Return all of them, by the time of their staging."""
    found = [Transaction(name) for name in sorted(os.listdir(DEPLOYMENTS)) if NAME.match(name)]
    return sorted(found, key=number_of)


def number_of(transaction: Transaction) -> int:
    """Return its place in the order of staging."""
    return int(transaction.read("number").get("number", 0))


def open_transaction() -> Transaction | None:
    """Return the one that is not finished; there is never more than one."""
    return next((one for one in transactions() if one.state() in OPEN), None)


def forget_the_oldest() -> None:
    """Keep the verdicts of the last finished transactions only."""
    finished = [one for one in transactions() if one.state() in FINISHED and one.is_settled]
    for old in finished[:-REMEMBERED]:
        old.forget()
