"""How many jobs a worker runs, and what the pages feel of it.

    .venv/bin/python bench/jobs.py                     SQLite
    HANSE_DATABASE=postgresql://... .venv/bin/python bench/jobs.py

First 1,000 jobs that do nothing: at least 150 a second. Then the pages are asked for without and with 2,000 such jobs
running beside them: p95 at most 30 ms more.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from table import show

WANTED: Final = 150  # jobs a second
MORE: Final = 0.030  # seconds of p95, at most
PORT: Final = 8199
AT: Final = f"http://127.0.0.1:{PORT}"
ASKED: Final = 200  # times each page
PAUSE: Final = 0.01  # seconds between two requests: people do not hammer


def opened() -> None:
    """Open the store, with a kind of job that does nothing."""
    import_module("hanse.cli.opened").open_store()
    kinds = import_module("hanse.actions.job_kinds.kind")
    table: dict[str, Any] = import_module("hanse.actions.job_kinds.table").KINDS
    table["nothing"] = kinds.JobKind(
        run=lambda job, world: kinds.Outcome(is_well=True, result={}),
        right=import_module("hanse.actions.rights").Right.DEPLOY,
        safe_to_repeat=True,
        time_limit=timedelta(minutes=1),
        meaning="nothing",
    )


def work(threads: int) -> None:
    """Be the worker."""
    opened()
    import_module("hanse.conf.engine_embedded").work(threads)


def ask(count: int) -> float:
    """Ask for so many jobs on 50 devices and return how many a second were taken."""
    asking, rights = import_module("hanse.actions.jobs"), import_module("hanse.actions.rights")
    world, person = import_module("hanse.conf.outside").outside(), rights.operator("bench")
    began = time.monotonic()
    for number in range(count):
        asking.ask(kind="nothing", device=f"r{number % 50}", person=person, world=world)
    return count / (time.monotonic() - began)


def rows() -> Any:
    return import_module("hanse.store.models").Job.objects.filter(kind="nothing")


@contextmanager
def process(*words: str) -> Generator[None]:
    """Run a process beside this one."""
    running = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.terminate()
        running.wait()


@contextmanager
def worker(threads: int) -> Generator[None]:
    """Run a worker beside this process."""
    with process(__file__, "--work", f"{threads}"):
        yield


def wait_until_done() -> None:
    while rows().filter(state__in=("queued", "running")).exists():
        time.sleep(0.1)


def throughput(count: int, threads: int) -> tuple[float, float]:
    """Return how many jobs were asked for, and how many were done, a second."""
    asked = ask(count)
    with worker(threads):
        wait_until_done()
    moments = rows().filter(state="done")
    first = moments.order_by("started_at").values_list("started_at", flat=True)[0]
    last = moments.order_by("-ended_at").values_list("ended_at", flat=True)[0]
    return asked, moments.count() / (last - first).total_seconds()


def cookie() -> str:
    """Return the cookie of somebody who is logged in."""
    client = import_module("django.test").Client()
    user = import_module("hanse.store.models").User.objects.create_superuser("bench")
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def p95(path: str, logged_in: str, still: Any = lambda: True) -> tuple[float, int]:
    """Return the p95 of a page's seconds while `still` holds, and how often it was asked for."""
    took: list[float] = []
    while len(took) < ASKED and still():
        began = time.monotonic()
        try:
            urlopen(Request(f"{AT}{path}", headers={"Cookie": logged_in}), timeout=30).read()
        except HTTPError as refused:
            if refused.code != 503:  # /healthz without a worker
                raise
        took.append(time.monotonic() - began)
        time.sleep(PAUSE)
    return sorted(took)[int(len(took) * 0.95) - 1], len(took)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--page", default="/routers/")
    args = parser.parse_args()
    if args.work:
        work(args.work)
        return 0
    folder = Path(tempfile.mkdtemp(prefix="hanse-bench-"))
    os.environ |= {"HANSE_DATA": f"{folder}", "HANSE_LISTEN": f"127.0.0.1:{PORT}"}
    try:
        opened()
        return measure(args.threads, args.page)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(threads: int, page: str) -> int:
    asked, done = throughput(1000, threads)
    show(
        "1,000 jobs that do nothing, on 50 devices",
        ("asked for a second", f"done a second, {threads} threads", "wanted"),
        [(f"{asked:.0f}", f"{done:.0f}", WANTED)],
    )
    logged_in, good, found = cookie(), done >= WANTED, []
    with process("-m", "hanse.cli.main", "run", "--no-worker"):
        time.sleep(5)
        for path in ("/healthz", page):
            p95(path, logged_in)  # warm
            quiet, _ = p95(path, logged_in)
            ask(2000)
            with worker(threads):
                while not rows().filter(state="running").exists():
                    time.sleep(0.05)
                busy, times = p95(path, logged_in, still=lambda: rows().filter(state="queued").exists())
                wait_until_done()
            good = good and busy - quiet <= MORE
            found.append((path, f"{quiet * 1000:.1f}", f"{busy * 1000:.1f}", times, f"{MORE * 1000:.0f}"))
    show(
        "a page's p95 in ms, without and with 2,000 jobs running",
        ("page", "without", "with", "times asked while they ran", "at most more"),
        found,
    )
    print("within the limits: " + ("yes" if good else "NO"))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
