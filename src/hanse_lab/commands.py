"""Running programs of this machine: their output, or a sentence why not."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import IO, Final

from hanse_lab.errors import CommandFailed

PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Of what runs in the lab, whatever our own are.
SURROUNDINGS: Final = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "TERM": os.environ.get("TERM", "dumb")}
PATIENCE: Final = timedelta(seconds=60)
LAST_LINES: Final = 12  # of a failed program's output, shown


def run(
    *words: str,
    stdin: str = "",
    patience: timedelta = PATIENCE,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run a program and return what it printed on stdout.

    :raises CommandFailed:
    """
    return printed(words, outcome(words, stdin=stdin, patience=patience, env=env))


def printed(words: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    """Return what a program printed on stdout.

    :raises CommandFailed: it ended with an error
    """
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-LAST_LINES:])
        raise CommandFailed(f"`{' '.join(words)}` ended with {done.returncode}: {said}")
    return done.stdout


def outcome(
    words: Sequence[str],
    *,
    stdin: str = "",
    patience: timedelta = PATIENCE,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever its exit code.

    :raises CommandFailed: it is not there, or does not end within `patience`
    """
    try:
        return subprocess.run(
            list(words),
            input=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=patience.total_seconds(),
            env=dict(env) if env is not None else None,
            check=False,
        )
    except FileNotFoundError as error:
        raise CommandFailed(f"{words[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise CommandFailed(f"`{' '.join(words)}` did not end within {patience.total_seconds():g} s") from error


def detach(words: Sequence[str], *, said: IO[bytes], env: Mapping[str, str], stdout: IO[bytes] | None = None) -> None:
    """Start a program that lives on without us, in a session of its own; what it says goes to `said`."""
    subprocess.run(
        ["setsid", "--fork", *words],
        stdin=subprocess.DEVNULL,
        stdout=stdout or said,
        stderr=said,
        env=dict(env),
        check=True,
    )


def detach_and_hear(words: Sequence[str], *, said: IO[bytes], env: Mapping[str, str]) -> str:
    """Start a program that lives on without us and return the first line it prints; empty if it ends without one."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as told:
        with os.fdopen(writing, "wb") as its_stdout:
            detach(words, said=said, env=env, stdout=its_stdout)
        return told.readline().strip()
