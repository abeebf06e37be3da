"""One check over every engine, with worker processes that are killed in the middle of their jobs.

What it proves: nothing that was asked for is forgotten, nothing is done twice, and no two jobs run on one device at
once; what is safe to repeat is done in the end, what is not is marked lost and never begun again.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from engines.servers import CannotStart, PostgreSQL, postgresql, redis
from samples.blank_store import put_blank_store

ROOT: Final = Path(__file__).resolve().parents[2]
HAND: Final = Path(__file__).with_name("hand.py")
LOOKS, INSTALLATIONS, DEVICES = 160, 24, 12
LET_GO: Final = 75  # exit code
OPEN: Final = frozenset({"queued", "running", "overdue"})
Row = dict[str, Any]


@dataclass(kw_only=True)
class Place:
    """An installation with its settings, and the worker processes that were started in it."""

    folder: Path
    settings: dict[str, str]
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def record(self) -> Path:
        return self.folder / "record"

    def begin(self, *words: object, **channels: Any) -> subprocess.Popen[str]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HANSE_")},
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
            "HANSE_DATA": f"{self.folder}",
            **self.settings,
        }
        command = [sys.executable, f"{HAND}", *map(str, words)]
        return subprocess.Popen(command, env=environment, text=True, **channels)

    @cached_property
    def asker(self) -> subprocess.Popen[str]:
        return self.begin("answer", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, *words: object) -> Any:
        assert self.asker.stdin, "it listens"
        assert self.asker.stdout, "it answers"
        print(json.dumps([str(word) for word in words]), file=self.asker.stdin, flush=True)
        return json.loads(self.asker.stdout.readline())

    def report(self) -> list[Row]:
        return [row for row in self.say("report") if not row["schedule"]]

    def start_worker(self, threads: int) -> subprocess.Popen[str]:
        with (self.folder / "worker.log").open("a") as log:
            self.workers.append(self.begin("worker", self.record, threads, stdout=log, stderr=log))
        return self.workers[-1]

    def end(self) -> None:
        self.kill()
        self.asker.communicate(timeout=60)

    def kill(self) -> None:
        for process in self.workers:
            process.kill()
        for process in self.workers:
            process.wait()
        self.workers.clear()

    def lines(self) -> list[list[Any]]:
        text = self.record.read_text(encoding="utf-8") if self.record.exists() else ""
        return [json.loads(line) for line in text.splitlines()]


def wait_until(what: Callable[[], bool], *, seconds: float, place: Place) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, (place.folder / "worker.log").read_text(encoding="utf-8")[-4000:]
        time.sleep(0.2)


@pytest.fixture(params=["sqlite-embedded", "postgresql-embedded", "postgresql-celery"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    database, engine = request.param.split("-")
    with ExitStack() as stack:
        settings = {}
        try:
            if database == "postgresql":
                settings["HANSE_DATABASE"] = stack.enter_context(postgresql()).address
            if engine == "celery":
                settings |= {"HANSE_ENGINE": "distributed", "HANSE_REDIS": stack.enter_context(redis())}
        except CannotStart as lack:
            pytest.skip(f"left out: {lack}")
        if database == "sqlite":
            put_blank_store(tmp_path)
        found = Place(folder=tmp_path, settings=settings)
        stack.callback(found.end)
        yield found


def chain_of(row: Row, repeats: dict[int, Row]) -> list[Row]:
    """Return a job and those that repeated it, one after the other."""
    chain = [row]
    while chain[-1]["pk"] in repeats:
        chain.append(repeats[chain[-1]["pk"]])
    return chain


def overlaps(lines: list[list[Any]], killed_at: float) -> list[tuple[Any, Any]]:
    """Return the pairs of jobs that ran on one device at once. What has no end ended when its worker was killed."""
    ends = {number: at for what, number, _, _, at in lines if what == "end"}
    runs = sorted(
        (device, began, ends.get(number, killed_at), number)
        for what, number, device, _, began in lines
        if what == "begin"
    )
    return [(one, other) for one, other in pairwise(runs) if one[0] == other[0] and other[1] < one[2]]


@pytest.mark.timeout(240)
def test_workers_killed_in_the_middle_lose_and_repeat_nothing(place: Place) -> None:
    place.say("ask", LOOKS, INSTALLATIONS, DEVICES)
    for _ in range(2):
        place.start_worker(6)
    wait_until(lambda: len(place.lines()) > 60, seconds=60, place=place)

    place.kill()
    killed_at = time.monotonic()
    for _ in range(2):
        place.start_worker(6)
    wait_until(lambda: not any(row["state"] in OPEN for row in place.report()), seconds=120, place=place)
    rows, lines = place.report(), place.lines()
    for worker in place.workers:
        worker.terminate()
    assert [worker.wait(30) for worker in place.workers] == [0, 0]

    begun = Counter(number for what, number, *_ in lines if what == "begin")
    repeats = {row["retry_of"]: row for row in rows if row["retry_of"]}
    asked = [row for row in rows if not row["retry_of"]]
    assert len(asked) == LOOKS + INSTALLATIONS
    assert max(begun.values()) == 1, "a job began twice"
    assert overlaps(lines, killed_at) == []
    assert Counter(row["state"] for row in rows)["lost"] > 0, (
        "nobody was killed in the middle: the check checks nothing"
    )
    for row in asked:
        chain = chain_of(row, repeats)
        if row["kind"] == "look":
            assert [one["state"] for one in chain] == ["lost"] * (len(chain) - 1) + ["done"]
        else:
            assert len(chain) == 1
            assert row["state"] in {"done", "lost"}
            assert begun[row["pk"]] == 1


@pytest.mark.timeout(240)
def test_a_worker_with_a_job_that_hangs_ends_itself_and_only_then_is_the_device_free(place: Place) -> None:
    hanging, waiting, other = (
        place.say("ask-one", kind, device) for kind, device in (("hang", "r0"), ("look", "r0"), ("look", "r1"))
    )

    def states() -> dict[int, str]:
        return {row["pk"]: row["state"] for row in place.report()}

    worker = place.start_worker(3)
    assert worker.wait(60) == LET_GO
    assert states() == {hanging: "overdue", waiting: "queued", other: "done"}

    follower = place.start_worker(3)
    wait_until(lambda: states() == {hanging: "failed", waiting: "done", other: "done"}, seconds=60, place=place)
    follower.terminate()
    assert follower.wait(30) == 0


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    with ExitStack() as stack:
        try:
            found = stack.enter_context(postgresql())
        except CannotStart as lack:
            pytest.skip(f"left out: {lack}")
        yield found


@pytest.mark.timeout(240)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_database_that_is_restarted_during_a_poll_costs_that_poll_at_most(
    server: PostgreSQL, tmp_path: Path, how: signal.Signals
) -> None:
    place = Place(folder=tmp_path, settings={"HANSE_DATABASE": server.address, "HANSE_CONCURRENCY": "20"})
    place.say("town", 120)
    try:
        worker = place.start_worker(2)
        first = place.say("poll")

        def row(number: int) -> Row:
            return next(one for one in place.report() if one["pk"] == number)

        wait_until(lambda: bool(row(first)["done"]), seconds=60, place=place)
        server.stop(how)
        time.sleep(2)
        server.start()
        wait_until(lambda: row(first)["state"] not in OPEN, seconds=90, place=place)
        ended = row(first)
        assert ended["state"] == "done" or "the database did not answer" in ended["result"]["error"]

        second = place.say("poll")
        wait_until(lambda: row(second)["state"] not in OPEN, seconds=60, place=place)

        assert row(second)["state"] == "done"
        assert (row(second)["result"]["asked"], row(second)["result"]["silent"]) == (120, {})
        assert worker.poll() is None, "the worker lives on"
    finally:
        place.end()
