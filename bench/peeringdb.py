"""How long it takes to read a PeeringDB of real size, and how much memory.

    PYTHONPATH=src:bench python bench/peeringdb.py     SQLite; PostgreSQL: HANSE_DATABASE

A server on this machine has 34,000 networks, 1,300 exchanges, 60,000 ports and the rest in proportion. First sync: at
most 60 s and 500 MB; the second, when nothing has changed: at most 5 s.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Final

from table import show

FIRST: Final = 60.0  # seconds
SECOND: Final = 5.0
MEMORY: Final = 500.0  # MB
HERE: Final = Path(__file__).parent


def measured() -> None:
    """Sync twice in this process, and say what it took."""
    import_module("hanse.cli.opened").open_store()
    actions, rights = import_module("hanse.actions.peeringdb"), import_module("hanse.actions.rights")
    world, person = import_module("hanse.conf.outside").outside(), rights.operator("bench")
    for _ in range(2):
        began = time.monotonic()
        synced = actions.sync(person, world=world)
        took = time.monotonic() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # MB
        wrong = [str(one) for one in synced if not one.is_well]
        print(
            took, memory, sum(one.rows for one in synced), sum(one.read for one in synced), *wrong, sep="\t", flush=True
        )


def main() -> int:
    """Start the server, sync in a process of its own, and compare with what is wanted."""
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen([sys.executable, HERE / "peeringdb_data.py"], stdout=subprocess.PIPE, text=True) as server,
    ):
        try:
            url = (server.stdout.readline() if server.stdout else "").strip()
            around = os.environ | {"HANSE_DATA": folder, "HANSE_PEERINGDB_URL": url}
            words = [sys.executable, __file__, "--measured"]
            lines = subprocess.run(words, env=around, check=True, capture_output=True, text=True).stdout.splitlines()
        finally:
            server.terminate()
    rows = [line.split("\t") for line in lines if "\t" in line]
    names = (f"first (at most {FIRST:g} s)", f"second (at most {SECOND:g} s)")
    show(
        f"PeeringDB (at most {MEMORY:g} MB)",
        ("sync", "seconds", "MB at most", "rows", "read", "wrong"),
        [
            (name, f"{float(took):.1f}", f"{float(memory):.0f}", *rest[:2], "; ".join(rest[2:]))
            for name, (took, memory, *rest) in zip(names, rows, strict=True)
        ],
    )
    (first, memory, *_), (second, *_) = rows
    is_reached = float(first) <= FIRST and float(second) <= SECOND and float(memory) <= MEMORY
    return 0 if is_reached and not any(row[4:] for row in rows) else 1


if __name__ == "__main__":
    if "--measured" in sys.argv:
        measured()
    else:
        sys.exit(main())
