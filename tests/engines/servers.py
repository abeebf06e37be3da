"""PostgreSQL and Redis as children of the test, in a folder of their own, reached by sockets in it."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PROGRAMS: Final = ":".join((os.environ.get("PATH", ""), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))))
PATIENCE: Final = 60.0  # seconds that a server has to answer


class CannotStart(Exception):
    """A server cannot be had here; the text says why."""


def program(name: str) -> str:
    found = shutil.which(name, path=PROGRAMS)
    if not found:
        raise CannotStart(f"there is no {name}: see script/debian-packages.txt")
    return found


def somebody() -> tuple[list[str], int | None]:
    """Return how to run as somebody who is not root, for PostgreSQL refuses to be, and their number."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        words = ["--reuid", f"{who.pw_uid}", "--regid", f"{who.pw_gid}", "--clear-groups", "--"]
        return [program("setpriv"), *words], who.pw_uid
    raise CannotStart("PostgreSQL does not run as root, and there is nobody else here")


@contextmanager
def folder(owner: int | None) -> Generator[Path]:
    """Make a folder with a path short enough for sockets."""
    made = Path(tempfile.mkdtemp(prefix="hanse-"))
    if owner is not None:
        os.chown(made, owner, -1)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


class PostgreSQL:
    """A server with one database."""

    def __init__(self, place: Path, as_somebody: list[str]) -> None:
        self._as = as_somebody
        self._place = place
        self._log = place / "log"
        made = [*self._as, program("initdb"), "-D", f"{place / 'rows'}", "-U", "hanse", "-A", "trust", "-E", "UTF8"]
        done = subprocess.run(
            [*made, "--no-sync", "--locale=C"], check=False, capture_output=True, text=True, cwd=place
        )
        if done.returncode:
            raise CannotStart(f"initdb failed: {done.stderr.strip()}")
        self._process = self._start()

    @property
    def address(self) -> str:
        return f"postgresql://hanse@/postgres?host={self._place}"

    def _start(self) -> subprocess.Popen[bytes]:
        options = ("-c", "listen_addresses=", "-c", f"unix_socket_directories={self._place}", "-c", "fsync=off")
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                [*self._as, program("postgres"), "-D", f"{self._place / 'rows'}", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._place,
            )
        until = time.monotonic() + PATIENCE
        ready = [program("pg_isready"), "-q", "-h", f"{self._place}"]
        while subprocess.run(ready, check=False).returncode:
            if process.poll() is not None or time.monotonic() > until:
                process.kill()
                raise CannotStart(f"PostgreSQL does not start: {self._log.read_text()}")
            time.sleep(0.1)
        return process

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop; SIGINT: every connection is cut off; SIGQUIT: as if it had crashed."""
        self._process.send_signal(how)
        self._process.wait(PATIENCE)

    def start(self) -> None:
        """Start it again."""
        self._process = self._start()


@contextmanager
def postgresql() -> Generator[PostgreSQL]:
    """Run a server.

    :raises CannotStart:
    """
    as_somebody, owner = somebody()
    with folder(owner) as place:
        server = PostgreSQL(place, as_somebody)
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)


@contextmanager
def redis() -> Generator[str]:
    """Run a Redis and yield its address.

    :raises CannotStart:
    """
    with folder(None) as place:
        socket = place / "redis"
        words = ("--port", "0", "--unixsocket", f"{socket}", "--save", "", "--dir", f"{place}", "--daemonize", "no")
        process = subprocess.Popen(
            [program("redis-server"), *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=place
        )
        try:
            until = time.monotonic() + PATIENCE
            while not socket.exists():
                if process.poll() is not None or time.monotonic() > until:
                    raise CannotStart("Redis does not start")
                time.sleep(0.05)
            yield f"redis+socket://{socket}"
        finally:
            process.terminate()
            process.wait(PATIENCE)
