"""A process of its own for the check of the engines: a worker, or whoever asks for jobs and reads how they ended.

    python hand.py worker RECORD THREADS
    python hand.py answer

The second takes words from stdin, a JSON list a line, and answers each with a line of JSON: `ask LOOKS INSTALLATIONS
DEVICES`, `ask-one KIND DEVICE`, `report`, `town ROUTERS`, `poll`.

Jobs of the test write into RECORD when they begin and when they end: one line each, appended in one write.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Final, cast

from hanse.cli.opened import open_store

open_store()

from django.conf import settings  # noqa: E402  # the store has to be open before models are imported
from django.db import connections  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402

from hanse.actions import keeping, running_jobs  # noqa: E402
from hanse.actions.job_kinds.kind import JobKind, Outcome, RunningJob  # noqa: E402
from hanse.actions.job_kinds.table import KINDS  # noqa: E402
from hanse.actions.jobs import ask, job_list  # noqa: E402
from hanse.actions.rights import Right, operator  # noqa: E402
from hanse.actions.wanted import import_network  # noqa: E402
from hanse.actions.world import World  # noqa: E402
from hanse.conf import crew  # noqa: E402
from hanse.conf.engines import WORK  # noqa: E402
from hanse.conf.outside import outside  # noqa: E402
from hanse.devices.fake.driver import DEVICES, FakeDevice  # noqa: E402
from hanse.network.wanted.files import load  # noqa: E402
from hanse.store.audit import Author  # noqa: E402

ALICE: Final = operator("alice")
TAKES: Final = {"look": 0.05, "install": 0.3, "hang": 3600}  # seconds
ROW: Final = ("pk", "kind", "device", "state", "retry_of", "worker", "result", "done", "schedule")
FIRST: Final = IPv4Address("198.18.0.1")
TOWN: Final = """
network: {name: town, asn: 64500, space: [203.0.113.0/24], documentation_is_public: true}
sites: {hall: }
platforms: {fake: {driver: fake, dialect: bird2}}
pools:
  loopbacks4: {use: loopback, prefix: 10.20.0.0/20}
  loopbacks6: {use: loopback, prefix: "fd20:20::/64"}
nodes:
"""


def trial(record: Path, name: str, *, safe: bool) -> JobKind:
    """Return a kind of job that takes its time and says so."""

    def run(job: RunningJob, world: World) -> Outcome:
        note(record, "begin", job)
        time.sleep(TAKES[name])
        note(record, "end", job)
        return Outcome(is_well=True, result={})

    return JobKind(
        run=run,
        right=Right.DEPLOY,
        safe_to_repeat=safe,
        time_limit=timedelta(seconds=1 if name == "hang" else 300),
        meaning="takes its time",
        why_not_again="" if safe else "it is a test",
    )


def note(record: Path, what: str, job: RunningJob) -> None:
    line = json.dumps([what, job.number, job.device, os.getpid(), time.monotonic()])
    with record.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def add_kinds(record: Path) -> None:
    cast("dict[str, JobKind]", KINDS).update(
        look=trial(record, "look", safe=True),
        install=trial(record, "install", safe=False),
        hang=trial(record, "hang", safe=True),
    )


def worker(record: str, threads: str) -> None:
    """Work, keeping house more often than usual."""
    add_kinds(Path(record))
    setattr(keeping, "FORGOTTEN", timedelta(seconds=3))  # noqa: B010  # it is Final for all but this test
    setattr(crew, "ROUND", 0.5)  # noqa: B010
    setattr(running_jobs, "PULSE", 0.5)  # noqa: B010
    setattr(running_jobs, "GRACE", timedelta(seconds=1))  # noqa: B010
    for number in range(1000):
        DEVICES[f"{FIRST + number}"] = FakeDevice(f"r{number}", latency=timedelta(seconds=0.5))
    Path(f"{record}.{os.getpid()}").touch()
    import_string(WORK[settings.VALUES["HANSE_ENGINE"]])(int(threads))


def ask_for(looks: str, installations: str, devices: str) -> None:
    """Ask for jobs on devices in turn, the two kinds mixed."""
    add_kinds(Path(os.devnull))
    world = outside()
    kinds = ["look"] * int(looks) + ["install"] * int(installations)
    for number, kind in enumerate(kinds[::2] + kinds[1::2]):
        ask(kind=kind, device=f"r{number % int(devices)}", person=ALICE, world=world)


def ask_one(kind: str, device: str) -> int:
    """Ask for one job and return its number."""
    add_kinds(Path(os.devnull))
    return ask(kind=kind, device=device, person=ALICE, world=outside())


def report() -> list[dict[str, Any]]:
    """Return every job."""
    return list(job_list(ALICE).values(*ROW))


def town(routers: str) -> None:
    """Make a town of so many routers what is wanted."""
    nodes = (
        f"  r{number}: {{number: {number + 1}, site: hall, platform: fake,"
        f" management: {{address: {FIRST + number}/16}}}}"
        for number in range(int(routers))
    )
    network = load({"town.yml": TOWN + "\n".join(nodes) + "\n"}).network
    import_network(network=network, author=Author(who="alice", door="cli"), clock=outside().clock)


def poll() -> int:
    """Ask for a poll of all routers and return the job's number."""
    return ask(kind="poll", person=ALICE, world=outside())


def answer() -> None:
    """Do what the lines of stdin say. No connection is kept: the database may be another process by the next line."""
    for line in sys.stdin:
        word, *words = json.loads(line)
        print(json.dumps(ANSWERS[word](*words)), flush=True)
        connections.close_all()


ANSWERS: Final[dict[str, Callable[..., Any]]] = {
    "ask": ask_for,
    "ask-one": ask_one,
    "report": report,
    "town": town,
    "poll": poll,
}

if __name__ == "__main__":
    worker(*sys.argv[2:]) if sys.argv[1] == "worker" else answer()
