"""Run the router's own tools: always with an end, always with what they said."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from typing import Final, NamedTuple

LONGEST: Final = 60.0  # seconds


class Ran(NamedTuple):
    """How a tool ended: its exit code and all it said, on both channels."""

    code: int
    said: str


def run(*words: str, text: str = "", user: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run a tool to its end, as `user` if one is named; a tool that hangs is killed, one that is missing exits 127."""
    try:
        ended = subprocess.run(
            words,
            input=text.encode("utf-8", "surrogateescape"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST,
            check=False,
            cwd="/",
            env=dict(os.environ if env is None else env),
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    except subprocess.TimeoutExpired as error:
        said = (error.output or b"").decode("utf-8", "replace")
        return Ran(124, f"{said}{words[0]} was killed after {LONGEST:.0f} seconds\n")
    except OSError as error:
        return Ran(127, f"{words[0]}: {error.strerror}\n")
    return Ran(ended.returncode, ended.stdout.decode("utf-8", "replace"))
