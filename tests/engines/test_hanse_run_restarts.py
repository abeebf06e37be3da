"""`hanse run` on a PostgreSQL that goes away and comes back: pages and jobs go on, nothing is started anew."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from engines.servers import CannotStart, PostgreSQL, postgresql

SOURCES: Final = Path(__file__).resolve().parents[2] / "src"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """An installation that serves."""

    folder: Path
    server: PostgreSQL
    port: int

    def begin(self, *words: str) -> subprocess.Popen[str]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HANSE_")},
            "PYTHONPATH": str(SOURCES),
            "HANSE_DATA": str(self.folder),
            "HANSE_DATABASE": self.server.address,
            "HANSE_LISTEN": f"127.0.0.1:{self.port}",
        }
        command = [sys.executable, "-m", "hanse.cli.main", *words]
        with (self.folder / "errors").open("a") as errors:
            return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)

    def say(self, *words: str) -> Any:
        process = self.begin(*words, "--json")
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0, out + (self.folder / "errors").read_text()
        return json.loads(out)

    def ask(self, path: str, **headers: str) -> int:
        try:
            with urlopen(Request(f"http://127.0.0.1:{self.port}{path}", headers=headers), timeout=15) as answer:
                status: int = answer.status
                return status
        except HTTPError as refused:
            return refused.code
        except (URLError, OSError):
            return 0


def wait_for(what: str, is_so: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"not so after {seconds} s: {what}"
        time.sleep(0.3)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgresql())
        except CannotStart as lack:
            pytest.skip(f"left out: {lack}")
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        yield Served(folder=tmp_path, server=server, port=port)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_pages_and_jobs_go_on_when_the_database_comes_back(served: Served, how: signal.Signals) -> None:
    process = served.begin("run")
    try:
        wait_for("it serves", lambda: served.ask("/healthz") == 200)
        token = served.say("token", "make", "prometheus", "--user", "admin")["token"]
        bearer = {"Authorization": f"Bearer {token}"}
        assert served.ask("/metrics", **bearer) == 200

        served.server.stop(how)
        wait_for("it says so", lambda: served.ask("/healthz") == 503)
        assert served.ask("/accounts/login/") in {200, 500, 503}
        time.sleep(3)
        served.server.start()

        wait_for("it is well again", lambda: served.ask("/healthz") == 200)
        assert [served.ask(path, **bearer) for path in ("/metrics", "/accounts/login/", "/api/jobs/")] == [200] * 3
        number = served.say("job", "ask", "prune")["job"]
        wait_for("a job is done", lambda: served.say("job", "show", str(number))["state"] == "done")
        assert process.poll() is None
    finally:
        process.terminate()
        process.communicate(timeout=60)
