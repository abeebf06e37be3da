"""Saying a word to the `hanse` that is ready, and hearing what it prints: see `hanse_lab.ready`."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from hanse_lab.commands import detach_and_hear
from hanse_lab.errors import CommandFailed
from hanse_lab.processes import MARK

LONGEST_CODE: Final = 16  # bytes
SETTINGS: Final = ("HANSE_", "NAPALM_", "PYTHON")  # variables of these are read once, when the process starts


def say(
    given: Sequence[str], *, folder: Path, env: Mapping[str, str], patience: timedelta
) -> subprocess.CompletedProcess[str]:
    """Run `hanse GIVEN` to its end, whatever its exit code; the process that is ready lives in the lab at `folder`.

    :raises CommandFailed: it cannot start, or does not end within `patience`
    """
    with TemporaryFile() as stdout, TemporaryFile() as stderr, _reached(folder, env) as door:
        door.settimeout(patience.total_seconds())
        socket.send_fds(door, [b"\n"], [stdout.fileno(), stderr.fileno()])
        door.sendall(json.dumps({"given": given, "env": dict(env), "folder": os.getcwd()}).encode() + b"\n")
        try:
            code = door.recv(LONGEST_CODE)
        except TimeoutError as error:
            message = f"`hanse {' '.join(given)}` did not end within {patience.total_seconds():g} s"
            raise CommandFailed(message) from error
        if not code:
            raise CommandFailed(f"`hanse {' '.join(given)}` was ended from outside")
        return subprocess.CompletedProcess(list(given), int(code), _written(stdout), _written(stderr))


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _reached(folder: Path, env: Mapping[str, str]) -> socket.socket:
    """Return a connection to the process with these settings; it is started where there is none.

    :raises CommandFailed:
    """
    settings = {name: value for name, value in env.items() if name.startswith(SETTINGS)}
    name = f"ready-{sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:12]}"
    try:
        return _connected(folder, name)
    except (FileNotFoundError, ConnectionRefusedError):
        _start(folder, name, env)
        return _connected(folder, name)


def _connected(folder: Path, name: str) -> socket.socket:
    above = os.open(folder, os.O_PATH)  # a socket's path is short: a folder's may be longer
    door = socket.socket(socket.AF_UNIX)
    try:
        door.connect(f"/proc/self/fd/{above}/{name}")
    except OSError:
        door.close()
        raise
    finally:
        os.close(above)
    return door


def _start(folder: Path, name: str, env: Mapping[str, str]) -> None:
    log = folder / f"{name}.log"
    with log.open("ab") as said:
        heard = detach_and_hear(
            (sys.executable, "-m", "hanse_lab.ready", str(folder / name)), said=said, env={**env, MARK: str(folder)}
        )
    if not heard:
        raise CommandFailed(f"`hanse` does not start: {log.read_text()[-2000:].strip()}")
