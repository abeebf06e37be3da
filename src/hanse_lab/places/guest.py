"""A guest as a machine of the lab: each request goes to the agent inside, over a link that leads nowhere else."""

import json
import os
import secrets
import select
import socket
import subprocess
import sys
import termios
import tty
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse_lab.commands import PATIENCE
from hanse_lab.errors import CommandFailed, LabError
from hanse_lab.places.agent import LENGTH, PIECE, PORT
from hanse_lab.places.machine import Surroundings

ADDRESS: Final = "fe80::2"  # of the agent, on the guest's own link (RFC 4291)
ANSWERS: Final = timedelta(seconds=30)  # beyond what the program itself may take


class GuestGone(LabError):
    """The guest does not answer: it has ended, or hangs."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest that runs; `folder` holds its token, `link` is this machine's end of the way to it."""

    folder: Path
    link: str

    @property
    def token(self) -> Path:
        """Return the file of the token that the agent wants to see."""
        return self.folder / "token"

    def outcome(
        self, words: Sequence[str], *, stdin: str = "", patience: timedelta = PATIENCE, env: Surroundings | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, whatever its exit code."""
        told = self.ask(
            "outcome",
            {"words": list(words), "stdin": stdin, "seconds": patience.total_seconds(), "env": dict(env or {})},
            within=patience + ANSWERS,
        )
        return subprocess.CompletedProcess(list(words), told["code"], told["out"], told["err"])

    def launch(self, words: Sequence[str], *, log: Path, env: Surroundings) -> None:
        """Start a program that lives on without us."""
        self.ask("hear", {"words": list(words), "log": str(log), "env": dict(env), "wait": False})

    def hear(self, words: Sequence[str], *, log: Path, env: Surroundings) -> str:
        """Start a program that lives on without us and return the first line it prints."""
        told = self.ask("hear", {"words": list(words), "log": str(log), "env": dict(env), "wait": True})
        return str(told["line"])

    def read(self, path: Path) -> str:
        """Return the text of a file."""
        text = self.ask("read", {"path": str(path)})["text"]
        if text is None:
            raise FileNotFoundError(f"the guest has no {path}")
        return str(text)

    def write(self, path: Path, text: str, mode: int = 0o644) -> None:
        """Write a new file in the place of an old one."""
        self.ask("write", {"path": str(path), "text": text, "mode": mode})

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        self.ask("remove", {"path": str(path)})

    def found(self, folder: Path, pattern: str) -> tuple[Path, ...]:
        """Return what matches, the youngest first."""
        return tuple(map(Path, self.ask("found", {"folder": str(folder), "pattern": pattern})["paths"]))

    def end(self, pid: int, lab: Path) -> None:
        """Kill a process, and wait until it is gone: all that run in the guest are the lab's."""
        self.ask("end", {"pid": pid})

    def at_terminal(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the command of this machine that runs `words` there."""
        return (sys.executable, "-m", "hanse_lab.places.guest", str(self.folder), self.link, *words)

    def ask(self, what: str, given: Mapping[str, Any], *, within: timedelta = ANSWERS) -> Any:
        """Have the agent do `what`.

        :raises CommandFailed: it cannot be done
        :raises GuestGone: nobody answers
        """
        try:
            with self.call(what, given, within=within) as agent, agent.makefile("rb") as heard:
                told = json.loads(heard.read())
        except (OSError, ValueError) as error:
            raise GuestGone(f"the guest of {self.folder.parent.name} does not answer ({error})") from error
        if "fails" in told:
            raise CommandFailed(told["fails"])
        return told

    def call(self, what: str, given: Mapping[str, Any], *, within: timedelta) -> socket.socket:
        """Return a connection to the agent on which the request is already sent."""
        text = json.dumps({"token": self.token.read_text(), "do": what, "with": given}).encode()
        agent = self.connected(within)
        try:
            agent.sendall(len(text).to_bytes(LENGTH, "big") + text)
        except OSError:
            agent.close()
            raise
        return agent

    def connected(self, within: timedelta) -> socket.socket:
        """Return a connection to the agent."""
        agent = socket.socket(socket.AF_INET6)
        try:
            agent.settimeout(within.total_seconds())
            agent.connect((ADDRESS, PORT, 0, socket.if_nametoindex(self.link)))
        except OSError:
            agent.close()
            raise
        return agent


def show(agent: socket.socket) -> None:
    """Join our input and output and the program's until the program ends."""
    inputs = [agent.fileno(), sys.stdin.fileno()]
    while True:
        ready, _, _ = select.select(inputs, [], [])
        if agent.fileno() in ready:
            said = agent.recv(PIECE)
            if not said:
                return
            os.write(sys.stdout.fileno(), said)
        if sys.stdin.fileno() in ready:
            if typed := os.read(sys.stdin.fileno(), PIECE):
                agent.sendall(typed)
            else:
                inputs.remove(sys.stdin.fileno())
                agent.shutdown(socket.SHUT_WR)


@contextmanager
def raw() -> Iterator[None]:
    """Hand every key on as it is typed, where our input is a terminal."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setraw(sys.stdin)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def main(folder: str, link: str, *words: str) -> int:
    """Run `words` in the guest, joined to our own input and output, and return their exit code."""
    guest = Guest(Path(folder), link)
    session = secrets.token_hex()
    wanted = {"words": words, "env": dict(os.environ), "session": session, "tty": sys.stdin.isatty()}
    with guest.call("join", wanted, within=ANSWERS) as agent, raw():
        agent.settimeout(None)
        show(agent)
    return int(guest.ask("ended", {"session": session})["code"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
