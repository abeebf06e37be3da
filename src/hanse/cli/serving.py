"""The processes of `hanse run`: the pages in this one, the worker in a child that is started again if it dies."""

import fcntl
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

import waitress
from waitress.server import BaseWSGIServer

from hanse.cli.say import sentence
from hanse.network.errors import OutsideError, WantedError

WEB_THREADS: Final = 8
STARTS: Final = 5  # of a worker that dies, before it is left dead
STEADY: Final = 60.0  # seconds that a worker has to live for its earlier deaths to be forgotten
PAUSE: Final = 1.0  # seconds before it is started again
LOG: Final = logging.getLogger(__name__)


class RunsAlready(WantedError):
    """Hanse runs on this data folder already: stop it first, or set HANSE_DATA to another folder."""


class CannotListen(OutsideError):
    """The address or port of HANSE_LISTEN cannot be had."""

    retry = False


class WorkerKeepsDying(OutsideError):
    """The worker ended again and again right after its start; what it said is above."""


@contextmanager
def only_one(data: Path) -> Generator[None]:
    """Be the one that runs on this data folder; the lock ends with the process.

    :raises RunsAlready:
    """
    with (data / "running").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            who = file.read().strip() or "unknown"
            raise RunsAlready(f"Hanse runs on {data} already: process {who}") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


class WorkerChild:
    """A worker process that is started again if it dies, a bounded number of times."""

    def __init__(self, threads: int) -> None:
        words = ("worker", "--threads", f"{threads}", "--parent", f"{os.getpid()}")
        self._command = (sys.executable, "-m", "hanse.cli.main", *words)
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="watcher", daemon=True)
        self._process = self._start()
        self.is_given_up = False

    def _start(self) -> subprocess.Popen[bytes]:
        # A group of its own: Ctrl-C at the terminal comes to us alone, and we tell the worker.
        return subprocess.Popen(self._command, stdin=subprocess.DEVNULL, process_group=0)

    def watch(self) -> None:
        """Begin to start the worker again when it dies; if it keeps dying, end this process's serving."""
        self._watcher.start()

    def _watch(self) -> None:
        deaths = 0
        while not self._over.is_set():
            began = threading.Event()
            timer = threading.Timer(STEADY, began.set)
            timer.start()
            code = self._process.wait()
            timer.cancel()
            if self._over.is_set():
                return
            deaths = 1 if began.is_set() else deaths + 1
            if deaths >= STARTS:
                self.is_given_up = True
                os.kill(os.getpid(), signal.SIGTERM)
                return
            sentence(f"The worker ended ({_how(code)}); it is started again. What it ran is looked at.")
            self._over.wait(PAUSE)
            if not self._over.is_set():
                self._process = self._start()

    def stop(self) -> None:
        """Tell the worker to end and wait until the jobs it has begun are finished; Ctrl-C meanwhile kills it."""
        self._over.set()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            sentence("Waiting for the jobs that run; again Ctrl-C loses them.")
            self._process.wait()

    def kill(self) -> None:
        """End the worker at once, if it still lives."""
        self._over.set()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def server_at(address: tuple[str, int], application: Any, *, behind_proxies: bool = False) -> BaseWSGIServer:
    """Return a web server that listens already, and answers once it runs.

    Who asks, and whether by TLS, only a proxy of one's own may say: without one, waitress drops these headers.

    :raises CannotListen:
    """
    host, port = address
    try:
        return waitress.create_server(
            application,
            host=host,
            port=port,
            threads=WEB_THREADS,
            ident="hanse",
            channel_timeout=60,
            clear_untrusted_proxy_headers=not behind_proxies,
        )
    except (OSError, ValueError) as error:
        raise CannotListen(f"cannot listen at {host} port {port} (HANSE_LISTEN): {error}") from error


def serve(server: BaseWSGIServer, worker: WorkerChild | None) -> None:
    """Serve until SIGINT or SIGTERM; then the worker ends too, once the jobs it has begun are finished.

    :raises WorkerKeepsDying:
    """

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    try:
        if worker:
            worker.watch()
        server.run()
    except SystemExit:
        LOG.info("told to stop")
    finally:
        server.close()
        if worker:
            _end(worker)
    if worker and worker.is_given_up:
        raise WorkerKeepsDying(f"the worker ended {STARTS} times right after its start: see above why")


def _end(worker: WorkerChild) -> None:
    try:
        worker.stop()
    except SystemExit:
        sentence("Ended at once; what the worker ran is looked at when Hanse starts again.")
    finally:
        worker.kill()
