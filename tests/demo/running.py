"""The demonstration as a stranger starts it, and a browser that looks at its desk."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from hanse_lab.folder import Folder
from hanse_lab.waiting import wait_until

NAME: Final = "shown"  # of the lab
STARTS_WITHIN: Final = timedelta(minutes=3)
ENDS_WITHIN: Final = 60.0  # seconds
PASSWORD: Final = re.compile(r"password\W+(\S+)\s*$", re.MULTILINE)
ADDRESS: Final = re.compile(r"The desk is at (\S+)")
SOURCES: Final = Path(__file__).resolve().parents[2] / "src"


@dataclass(slots=True)
class Demonstration:
    """A demonstration that runs, and what it has said so far."""

    running: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Return everything that it printed."""
        return "".join(self.lines)

    @property
    def url(self) -> str:
        """Return where the desk is; empty until it is there."""
        found = ADDRESS.search(self.said)
        return found[1] if found else ""

    @property
    def password(self) -> str:
        """Return the administrator's first password, as a reader of the terminal sees it."""
        found = PASSWORD.search(self.said)
        return found[1] if found else ""

    @property
    def folder(self) -> Folder:
        """Return the folder of its lab."""
        return Folder.of(NAME)

    def hear(self) -> None:
        """Keep what it says, until it ends."""
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self.lines.append(line)

    def is_ready(self) -> bool:
        """Say whether the desk is there.

        :raises AssertionError: the demonstration ended
        """
        assert self.running.poll() is None, self.said
        return bool(self.url)


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Start `hanse-lab demo` with nothing there before, and end it as Ctrl-C does."""
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "hanse_lab.main", "--name", NAME, "demo"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
        start_new_session=True,
    )
    shown = Demonstration(running)
    listener = threading.Thread(target=shown.hear, daemon=True)
    listener.start()
    try:
        wait_until("the desk is there", shown.is_ready, within=STARTS_WITHIN)
        yield shown
    finally:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(ENDS_WITHIN)
        finally:
            if running.poll() is None:
                running.kill()
            listener.join(5)
            assert running.stdout is not None
            running.stdout.close()
