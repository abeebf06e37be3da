"""A `hanse` that is ready: one process that has read everything in, of which each word is a copy.

Starting Python, Django and every module takes longer than most words do by themselves, and a lab says hundreds of
them. Each word is still a process of its own that has nothing of an earlier one in it. The caller is `asking`.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

from django.db import connections

from hanse.cli.main import command, main, words
from hanse.cli.opened import open_store

NOBODY_ELSE: Final = 0o177  # who may write to the socket may do whatever this process may


def serve(place: Path) -> NoReturn:
    """Read everything in, and make a copy of this process for each word that is asked for at `place`."""
    open_store()
    for word in words():
        command(word)
    connections.close_all()
    gc.freeze()  # copies share it
    with _listening(place) as listening:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for copies
        print("ready", flush=True)
        while True:
            door, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _answer(door)
            door.close()


def _listening(place: Path) -> socket.socket:
    place.unlink(missing_ok=True)
    usual = os.umask(NOBODY_ELSE)
    above = os.open(place.parent, os.O_PATH)  # a socket's path is short: a folder's may be longer
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(f"/proc/self/fd/{above}/{place.name}")
    listening.listen()
    os.close(above)
    os.umask(usual)
    return listening


def _answer(door: socket.socket) -> NoReturn:
    """Run a word in a copy, and tell its exit code; a caller who goes away ends it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, descriptors, _, _ = socket.recv_fds(door, 1, 2)
    with door.makefile() as lines:
        asked = json.loads(lines.readline())
    pid = os.fork()
    if pid == 0:
        door.close()
        _become(asked, *descriptors)
        _end_at_once(main(asked["given"]))
    ends = os.pidfd_open(pid)
    over, _, _ = select.select([door.fileno(), ends], [], [])
    if ends not in over:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if ends in over:
        door.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _end_at_once(code: int) -> NoReturn:
    """End without taking Python down object by object: to touch them all is to copy all that is shared."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _become(asked: dict[str, Any], stdout: int, stderr: int) -> None:
    """Make this copy what a new process would have been."""
    os.dup2(stdout, sys.stdout.fileno())
    os.dup2(stderr, sys.stderr.fileno())
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
