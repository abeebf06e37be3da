"""Runs a command on a PostgreSQL of its own: `./hanse test --on-postgresql [ARGS]` is pytest in it."""

import os
import subprocess
import sys

from engines.servers import CannotStart, postgresql


def main(command: list[str]) -> int:
    """Return the command's exit code; 0 where there can be no PostgreSQL, and say why."""
    try:
        with postgresql() as server:
            return subprocess.run(command, check=False, env=os.environ | {"HANSE_DATABASE": server.address}).returncode
    except CannotStart as lack:
        print(f"left out: {lack}", file=sys.stderr)
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
