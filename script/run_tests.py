"""What `./hanse test` runs: all tests; with words, one pytest run with them.

Run by the environment's Python; standard library only.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PROGRAMS: Final = Path(sys.executable).parent
ON_POSTGRESQL: Final = "--on-postgresql"
ROWS: Final = ("tests/store", "tests/actions")  # what two databases may answer differently
LABS: Final = "4"  # at a time, two in guests: they mostly wait
ROUTERS: Final = ("tests/lab", "tests/devices/linux")  # where their tests are: to read all others takes long
DEMO: Final = "tests/demo"
IS_ROOT: Final = os.geteuid() == 0
NOTHING_COLLECTED: Final = 5  # pytest's exit code


def say(sentence: str) -> None:
    """Tell what happens, on stderr, as the door does."""
    print(f"hanse: {sentence}", file=sys.stderr, flush=True)


def run(*command: str, told: IO[bytes] | None = None, **surroundings: str) -> int:
    """Run a program of the environment, in the project's folder, on this terminal, or where its words are kept."""
    words = [str(PROGRAMS / command[0]), *command[1:]]
    around = os.environ | surroundings
    return subprocess.run(words, check=False, cwd=ROOT, env=around, stdout=told, stderr=told).returncode


def everything() -> bool:
    """Run all tests, one part after the other, and return whether all is well.

    Side by side they take about as long, and those of pages and workers run out of time; but the demonstration mostly
    waits.
    """
    began = time.monotonic()
    ended = (without_routers(), on_routers(), *rows_beside_the_demonstration())
    say(f"all of it took {(time.monotonic() - began) / 60:.0f} minutes.")
    return set(ended) <= {0, NOTHING_COLLECTED}


def rows_beside_the_demonstration() -> tuple[int, int]:
    """Run both, and show what the first told when both are through."""
    with TemporaryFile() as told, ThreadPoolExecutor() as beside:
        rows = beside.submit(on_rows_again, told)
        ended = demonstration()
        ended_rows = rows.result()
        told.seek(0)
        sys.stdout.buffer.write(told.read())
        sys.stdout.flush()
    return ended_rows, ended


def without_routers() -> int:
    """Run the tests that need no router; those of the house itself are a part of `./hanse lint`."""
    say("running the tests that need no router ...")
    some_only_wait = ("-n", "3", "--dist", "worksteal")
    return run("pytest", "-q", *some_only_wait, "-m", "not lab", "--ignore=tests/house")


def on_rows_again(told: IO[bytes]) -> int:
    """Run the tests of rows on the other database."""
    say("running the tests of rows once more, on PostgreSQL ...")
    return on_postgresql(["-q", "-n", "2", *ROWS], told)


def on_routers() -> int:
    """Run the scenarios of the lab, several labs at a time."""
    say("running the tests on real routers ..." if IS_ROOT else "naming the tests on real routers: they need root ...")
    return run("pytest", "-q", "-n", LABS, "--dist", "loadscope", "-m", "lab and not demo", *ROUTERS)


def demonstration() -> int:
    """Run the demonstration, which wants the city for itself."""
    say("running the demonstration, with a browser at its desk ..." if IS_ROOT else "naming the demonstration ...")
    return run("pytest", "-q", "-n", "0", "-m", "demo", DEMO)


def on_postgresql(words: list[str], told: IO[bytes] | None = None) -> int:
    """Run pytest with a PostgreSQL of its own in the place of SQLite; where there is none, say so and leave it out."""
    pytest = str(PROGRAMS / "pytest")
    return run("python", "-m", "engines.on_postgresql", pytest, *words, told=told, PYTHONPATH=str(ROOT / "tests"))


def main(words: list[str]) -> int:
    """Return the exit code."""
    if words[:1] == [ON_POSTGRESQL]:
        return on_postgresql(words[1:] or ["-q", *ROWS])
    if words:
        return run("pytest", *words)
    return 0 if everything() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
