"""A real Salt beside a lab: its master on this machine, a minion on each router, all in an environment of its own."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse_lab import lab
from hanse_lab.desk import free_port
from hanse_lab.folder import Folder
from hanse_lab.processes import MARK
from hanse_lab.waiting import wait_until

ROOT: Final = Path(__file__).resolve().parents[3]
LOCK: Final = ROOT / "script" / "salt-requirements.lock"
CACHE: Final = Path.home() / ".cache" / "hanse"
INSTALLED: Final = "installed"  # the file that says so
ADDRESS: Final = "198.18.16.254"  # this machine's own in the lab's management network
SHARED: Final = "Hafermarkt-12"  # with which Hanse logs in to salt-api
STARTS_WITHIN: Final = timedelta(seconds=60)
PATIENCE: Final = "60"  # seconds until a master asks whether a minion is still at work
LONGEST: Final = 120.0  # seconds of one `salt`


class NoSalt(Exception):
    """Salt cannot be installed here; the text says why."""


def salt_programs() -> Path:
    """Return the folder of Salt's programs; they are installed where they are not yet.

    :raises NoSalt:
    """
    place = CACHE / f"salt-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    if not (place / INSTALLED).exists():
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        words = [str(place / "bin" / "pip"), "install", "--quiet", "--no-deps", "--require-hashes", "-r", str(LOCK)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoSalt(f"Salt cannot be installed from the package index: {done.stderr.strip().splitlines()[-1:]}")
        (place / INSTALLED).touch()
    return place / "bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salt:
    """A master with its minions."""

    programs: Path
    place: Path  # of the master's files
    folder: Folder
    api: int  # port of salt-api

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return what Hanse must be told to reach routers through it."""
        return (
            ("HANSE_SALT_URL", f"http://127.0.0.1:{self.api}"),
            ("HANSE_SALT_PASSWORD", SHARED),
            ("HANSE_SALT_EAUTH", "sharedsecret"),
            ("NAPALM_TIMEOUT", "10"),
        )

    def answer(self, minion: str, *words: str) -> Any:
        """Return what `salt MINION WORDS` brings back."""
        done = self.say("salt", "--out", "json", "--static", "-t", PATIENCE, minion, *words)
        assert minion in done.stdout, done
        return json.loads(done.stdout)[minion]

    def state(self, minion: str, *words: str) -> dict[str, Any]:
        """Apply Hanse's state and return how it went."""
        told = self.answer(minion, "state.apply", "hanse", *words)
        assert isinstance(told, dict), told
        (one,) = told.values()
        return dict(one)

    def say(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the master's programs to its end."""
        line = [str(self.programs / program), "-c", str(self.place), *words]
        return subprocess.run(line, capture_output=True, text=True, check=False, timeout=LONGEST)

    def on_router(self, node: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `salt-call WORDS` on a router."""
        line = lab.node(self.folder, node).inside(str(self.programs / "salt-call"), *words)
        return subprocess.run(line, capture_output=True, text=True, check=False, timeout=LONGEST)

    def begin(self, program: str) -> "subprocess.Popen[bytes]":
        """Start one of the master's programs, in a session of its own."""
        return self._begin((str(self.programs / program), "-c", str(self.place)), program)

    def begin_minion(self, node: str) -> "subprocess.Popen[bytes]":
        """Start the minion of a router."""
        router = lab.node(self.folder, node)
        router.write("/etc/salt/minion", minion_text(node))
        return self._begin(router.inside(str(self.programs / "salt-minion")), f"minion-{node}")

    def _begin(self, words: tuple[str, ...], log: str) -> "subprocess.Popen[bytes]":
        with (self.folder.path / "log" / f"{log}.log").open("ab") as said:
            # Without SPT_NOENV Salt's processes write their titles over the mark by which the lab finds and ends them.
            surroundings = {**os.environ, MARK: str(self.folder.path), "SPT_NOENV": "1"}
            return subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=surroundings, start_new_session=True
            )


def minion_text(node: str) -> str:
    """Return the configuration of a minion."""
    return json.dumps(
        {
            "id": node,
            "master": ADDRESS,
            "multiprocessing": False,
            "enable_fqdns_grains": False,
            "log_level": "warning",
            "auth_timeout": 5,
        }
    )


def master_text(place: Path, api: int, hanse: str) -> str:
    """Return the configuration of the master; JSON is YAML."""
    return json.dumps(
        {
            "root_dir": str(place / "root"),
            "interface": ADDRESS,
            "user": "root",
            "auto_accept": True,
            "worker_threads": 2,
            "enable_fqdns_grains": False,
            "log_level": "warning",
            "file_roots": {"base": [str(ROOT / "salt")]},
            "module_dirs": [str(ROOT / "salt")],
            "ext_pillar": [
                {
                    "hanse": {
                        "url": hanse,
                        "token_file": str(place / "token"),
                        "cache": str(place / "last"),
                        "timeout": 5,
                    }
                }
            ],
            "netapi_enable_clients": ["local"],
            "rest_cherrypy": {"host": "127.0.0.1", "port": api, "disable_ssl": True},
            "external_auth": {"sharedsecret": {"hanse": ["hanse.*"]}},
            "sharedsecret": SHARED,
        }
    )


@contextmanager
def salt_up(folder: Folder, minions: tuple[str, ...], *, hanse: str, token: str) -> Iterator[Salt]:
    """Start a master and the minions of these routers, with `hanse` as the pillar; nothing is left of them at the end.

    :raises NoSalt:
    """
    place = folder.path / "salt"
    place.mkdir()
    (place / "token").touch(mode=0o600)
    (place / "token").write_text(token)
    api = free_port()
    (place / "master").write_text(master_text(place, api, hanse))
    salt = Salt(programs=salt_programs(), place=place, folder=folder, api=api)
    began = [salt.begin("salt-master"), *(salt.begin_minion(node) for node in minions), salt.begin("salt-api")]
    try:
        wait_until("all minions answer", lambda: _all_answer(salt, minions), within=STARTS_WITHIN)
        salt.say("salt", "--static", "*", "saltutil.sync_all")
        yield salt
    finally:
        for one in began:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def _all_answer(salt: Salt, minions: tuple[str, ...]) -> bool:
    done = salt.say("salt", "--out", "json", "--static", "-t", "5", "*", "test.ping")
    try:
        return bool(json.loads(done.stdout) == dict.fromkeys(minions, True))
    except ValueError:
        return False
