"""The product's desk beside a lab: `hanse run`, as its users start it, with its data in the lab's folder."""

import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from hanse_lab.errors import CannotRunHere
from hanse_lab.processes import MARK
from hanse_lab.product import COMMAND, Hanse
from hanse_lab.waiting import wait_until

PORTS: Final = range(8000, 8020)  # the first that is free
STARTS_WITHIN: Final = timedelta(seconds=40)
ENDS_WITHIN: Final = 15.0  # seconds after SIGTERM


@contextmanager
def desk(hanse: Hanse) -> Iterator[str]:
    """Run the pages and the worker, and give their address; what they say goes to this terminal.

    :raises CannotRunHere: no port is free
    :raises NotInTime: the pages do not answer
    """
    listen = f"127.0.0.1:{free_port()}"
    url = f"http://{listen}/"
    running = subprocess.Popen(
        [*COMMAND, "run"],
        stdin=subprocess.DEVNULL,
        env=hanse.environment() | {"HANSE_LISTEN": listen, MARK: str(hanse.folder.path)},
        start_new_session=True,  # Ctrl-C is for the demonstration; it ends the desk in its own time
    )
    try:
        wait_until("the pages answer", lambda: answers(f"{url}healthz"), within=STARTS_WITHIN)
        yield url
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def answers(url: str) -> bool:
    """Say whether the pages answer, and well."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """Return the first free port of `PORTS`.

    :raises CannotRunHere:
    """
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CannotRunHere(f"no port from {PORTS.start} to {PORTS.stop - 1} is free for the pages")
