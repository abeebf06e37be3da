"""One run of a program that may take only so long and say only so much; over a limit it is killed with its children."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Final

from hanse.registries.irr.registry import Bgpq4Missing, IrrTooMuch, IrrTooSlow

CHUNK: Final = 1 << 16  # bytes
COMPLAINTS: Final = 1 << 16  # bytes of stderr that are kept; bgpq4 writes a line for each odd member of a set
SURROUNDINGS: Final = ("PATH", "HOME", "LANG", "TZ", "RES_OPTIONS")  # what a program is told of its environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a program wrote, and how it ended."""

    code: int
    text: bytes
    complaints: bytes


def said_by(command: Sequence[str], *, time_limit: timedelta, size_limit: int) -> Said:
    """Return what `command` says within the limits; `size_limit` is in bytes.

    :raises Bgpq4Missing:
    :raises IrrTooSlow:
    :raises IrrTooMuch:
    """
    deadline = time.monotonic() + time_limit.total_seconds()
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in SURROUNDINGS if name in os.environ},
            start_new_session=True,  # so that its children are killed with it
        )
    except OSError as error:
        raise Bgpq4Missing(
            f"{command[0]} cannot be started ({error.strerror}): install the package bgpq4, or name it in HANSE_BGPQ4"
        ) from error
    try:
        text, complaints = _read(process, deadline, size_limit)
        code = process.wait(timeout=max(0.1, deadline - time.monotonic()))
    except (IrrTooSlow, subprocess.TimeoutExpired) as slow:
        raise IrrTooSlow(f"the IRR did not answer within {time_limit.total_seconds():g} s") from slow
    except IrrTooMuch as much:
        raise IrrTooMuch(f"the IRR answered with more than {size_limit} bytes") from much
    finally:
        _end(process)
    return Said(code=code, text=text, complaints=complaints)


def _read(process: subprocess.Popen[bytes], deadline: float, size_limit: int) -> tuple[bytes, bytes]:
    """Return what comes from stdout and stderr until both are closed."""
    stdout, stderr = _pipe(process.stdout), _pipe(process.stderr)
    heard: dict[int, bytearray] = {stdout.fileno(): bytearray(), stderr.fileno(): bytearray()}
    with selectors.DefaultSelector() as selector:
        for pipe in (stdout, stderr):
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(deadline - time.monotonic())
            if not ready or time.monotonic() > deadline:
                raise IrrTooSlow
            for key, _ in ready:
                chunk = os.read(key.fd, CHUNK)
                if not chunk:
                    selector.unregister(key.fileobj)
                heard[key.fd] += chunk
            if len(heard[stdout.fileno()]) > size_limit:
                raise IrrTooMuch
            del heard[stderr.fileno()][COMPLAINTS:]
    return bytes(heard[stdout.fileno()]), bytes(heard[stderr.fileno()])


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "both were asked for"
    return pipe


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what still runs, and let go of the pipes."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
    process.wait()
