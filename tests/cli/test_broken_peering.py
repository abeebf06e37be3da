"""What goes wrong in a day of peering ends in a sentence and the exit code of whose it is, never in a traceback."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from actions.small_city import FILE, Town
from devices.vendor.vendor_routers import LOGIN, local_router
from fakes.irrd_server import irrd_server
from hanse.cli.say import Exit
from hanse.store import access

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]
ALPHA: Final = "{number: 1, site: hall, platform: fake, management: {address: 198.18.0.1/24}"
BOUNDED: Final = FILE.replace("64501: {name: Bob}", "64501: {name: Bob, as_set: AS-BOB, irr_filter: both}")
OTHER_KEY: Final = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ9xVyXpJ7rGmZ5Yl0bq3cM0gq6mV4y0H0o2Vn2Yw3zQ"


@dataclass(frozen=True, slots=True)
class Desk:
    """The town in the store, the settings, and a folder for files."""

    place: Town
    settings: pytest.MonkeyPatch
    folder: Path

    def reaches_alpha(self, port: int, password: str) -> None:
        """Make alpha a Junos router on this machine, logged in to with that password."""
        reached = ALPHA.replace("platform: fake", "platform: vendor").replace("198.18.0.1/24", "127.0.0.1/8")
        login = f"login: {{username: {LOGIN.user}, password: alpha, port: {port}}}"
        platforms = "platforms:\n  vendor: {driver: junos, dialect: junos}\n"
        self.place.wants(FILE.replace(ALPHA, f"{reached}, {login}").replace("platforms:\n", platforms))
        access.put_secret("alpha", password, at=datetime.now(UTC))


Broken = Callable[[Desk], Iterator[None]]


def template_fails(desk: Desk) -> Iterator[None]:
    broken = desk.folder / "bird2" / "bird.conf.j2"
    broken.parent.mkdir()
    broken.write_text("router id {{ spec.nothing }};\n")
    desk.settings.setenv("HANSE_TEMPLATES", str(desk.folder))
    yield


def driver_is_unknown(desk: Desk) -> Iterator[None]:
    desk.place.wants(FILE.replace("fake: {driver: fake, dialect", "fake: {driver: telepathy, dialect"))
    yield


def password_is_wrong(desk: Desk) -> Iterator[None]:
    with local_router("junos", None) as local:
        desk.reaches_alpha(local.box.port, "Flaschenpost-9")
        yield


def host_key_changed(desk: Desk) -> Iterator[None]:
    with local_router("junos", None) as local:
        desk.reaches_alpha(local.box.port, LOGIN.password)
        access.put_host_key("alpha", OTHER_KEY, by="alice", at=datetime.now(UTC))
        yield


def peeringdb_is_down(desk: Desk) -> Iterator[None]:
    desk.settings.setenv("HANSE_PEERINGDB_URL", "http://127.0.0.1:1/api")
    desk.settings.setenv("HANSE_PEERINGDB_WAIT", "1")
    yield


def bgpq4_is_missing(desk: Desk) -> Iterator[None]:
    desk.place.wants(BOUNDED)
    desk.settings.setenv("HANSE_BGPQ4", "/nowhere/bgpq4")
    yield


def irr_is_empty(desk: Desk) -> Iterator[None]:
    if not shutil.which("bgpq4"):
        pytest.skip("finds no bgpq4: see script/debian-packages.txt")
    desk.place.wants(BOUNDED)
    with irrd_server() as told:
        desk.settings.setenv("HANSE_IRR_SERVER", told.server)
        yield


@pytest.mark.parametrize(
    ("broken", "words", "exit_code", "sentence"),
    [
        (template_fails, "check", Exit.WANTED, "alpha: template bird2/bird.conf.j2, line 1: "),
        (template_fails, "render alpha", Exit.WANTED, "template bird2/bird.conf.j2, line 1: "),
        (template_fails, "plan", Exit.OUTSIDE, "alpha: not planned: template bird2/bird.conf.j2, line 1: "),
        (driver_is_unknown, "plan", Exit.OUTSIDE, "telepathy"),
        (password_is_wrong, "plan --limit alpha", Exit.OUTSIDE, "it refuses the login of 'hanse'"),
        (host_key_changed, "plan --limit alpha", Exit.OUTSIDE, "another host key"),
        (host_key_changed, "poll --limit alpha", Exit.OUTSIDE, "another host key"),
        (peeringdb_is_down, "peeringdb sync", Exit.OUTSIDE, "does not answer"),
        (bgpq4_is_missing, "irr update", Exit.OUTSIDE, "/nowhere/bgpq4 cannot be started"),
        (irr_is_empty, "irr update", Exit.WANTED, "the IRR has nothing registered for AS-BOB"),
    ],
)
def test_what_is_broken_is_said_in_a_sentence_with_its_exit_code(
    run: Run,
    place: Town,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    broken: Broken,
    words: str,
    exit_code: Exit,
    sentence: str,
) -> None:
    with contextmanager(broken)(Desk(place, monkeypatch, tmp_path)):
        code, out, err = run(*words.split())

    assert (code, sentence in out + err) == (exit_code, True), out + err
    assert "Traceback" not in out + err
