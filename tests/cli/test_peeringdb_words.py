"""`hanse peeringdb`, against a PeeringDB on this machine."""

import json
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from fakes.peeringdb_server import PeeringdbServer, Said, peeringdb_server
from hanse.cli.say import Exit
from hanse.network.known.peeringdb import PeeringdbKind
from samples.peeringdb import small_peeringdb
from samples.peeringdb_rows import SAMPLE

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Generator[PeeringdbServer]:
    with peeringdb_server() as known:
        monkeypatch.setenv("HANSE_PEERINGDB_URL", known.url)
        monkeypatch.setenv("HANSE_PEERINGDB_WAIT", "1")
        yield known


def test_a_sync_says_what_came_of_each_kind(run: Run, server: PeeringdbServer) -> None:
    code, out, err = run("peeringdb", "sync")

    assert (code, err) == (Exit.FINE, "")
    assert len(out.splitlines()) == len(PeeringdbKind)
    assert "netixlan: 5 rows (everything: 5 read, 0 gone)\n" in out


def test_a_sync_as_one_document(run: Run, server: PeeringdbServer) -> None:
    _, out, _ = run("peeringdb", "sync", "--json")

    kinds = {one["kind"]: one for one in json.loads(out)["kinds"]}
    assert (kinds["net"]["rows"], kinds["net"]["is_full"], kinds["net"]["passed_over"]) == (4, True, [])


def test_a_bar_shows_how_far_it_is(run: Run, server: PeeringdbServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    code, out, _ = run("peeringdb", "sync")

    assert code == Exit.FINE
    assert "poc: 2 rows" in out


def test_a_refusal_has_to_be_looked_at(run: Run, server: PeeringdbServer) -> None:
    run("peeringdb", "sync")
    server.rows["netfac"] = []

    code, out, _ = run("peeringdb", "sync", "--full")
    status, told, _ = run("peeringdb", "status")
    accepted, _, _ = run("peeringdb", "sync", "--full", "--accept")

    assert code == Exit.WANTED
    assert "netfac: PeeringDB leaves out 3 of 3 rows of netfac" in out
    assert status == Exit.CHANGES
    assert "refused" in told
    assert accepted == Exit.FINE
    assert run("peeringdb", "status")[0] == Exit.FINE


def test_impatience_is_the_worlds_fault(run: Run, server: PeeringdbServer) -> None:
    server.bad_days.append(Said(status=429, headers={"Retry-After": "3600"}))

    code, out, _ = run("peeringdb", "sync")

    assert code == Exit.OUTSIDE
    assert out == "org: 127.0.0.1 wants to be left alone for 3601 seconds\n"


def test_what_was_never_read_is_said(run: Run) -> None:
    code, out, _ = run("peeringdb", "status")

    assert code == Exit.CHANGES
    assert out.count("never read") == len(PeeringdbKind)


def test_a_network_is_shown(run: Run, server: PeeringdbServer) -> None:
    run("peeringdb", "sync")

    code, out, _ = run("peeringdb", "show", "AS64501")

    assert code == Exit.FINE
    assert out.startswith("AS64501 Bob\n")
    for word in (
        "Open",
        "AS-BOB",
        "20 IPv4, 10 IPv6",
        "192.0.2.11",
        "2001:db8:10::11",
        "Hall Two",
        "noc@bob.example.net",
    ):
        assert word in out


def test_a_network_as_one_document(run: Run, server: PeeringdbServer) -> None:
    run("peeringdb", "sync")

    tree = json.loads(run("peeringdb", "show", "64502", "--json")[1])

    assert tree["network"]["policy_general"] == "Selective"
    assert tree["exchanges"][0]["exchange"] == "PIX"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("show", "64511"), "PeeringDB has no AS64511, as far as is known here"),
        (("show", "bob"), "'bob' is no AS number"),
        (("show",), "hanse peeringdb sync"),
        (("sync", "64501"), "hanse peeringdb sync"),
    ],
)
def test_what_cannot_be_meant_is_said(given: tuple[str, ...], sentence: str, run: Run) -> None:
    code, _, err = run("peeringdb", *given)

    assert code == Exit.WANTED
    assert sentence in err


def test_where_nobody_is_asked_a_sync_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_PEERINGDB_URL", "none")

    code, _, err = run("peeringdb", "sync")

    assert code == Exit.WANTED
    assert "PeeringDB is never asked here" in err


def test_a_folder_of_answers_is_read_whole_each_time(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, rows in small_peeringdb().items():
        (tmp_path / f"{kind}.json").write_text(json.dumps({"data": rows}), encoding="utf-8")
    monkeypatch.setenv("HANSE_PEERINGDB_URL", tmp_path.as_uri())
    run("peeringdb", "sync")
    (tmp_path / "netfac.json").write_text(json.dumps({"data": small_peeringdb()["netfac"][1:]}), encoding="utf-8")

    code, out, _ = run("peeringdb", "sync")

    assert code == Exit.FINE
    assert "netfac: 2 rows (everything: 2 read, 1 gone)\n" in out
    assert "netixlan: 5 rows (everything: 5 read, 0 gone)\n" in out


def test_a_file_that_lacks_leaves_its_kind_as_it_was(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, rows in small_peeringdb().items():
        (tmp_path / f"{kind}.json").write_text(json.dumps({"data": rows}), encoding="utf-8")
    monkeypatch.setenv("HANSE_PEERINGDB_URL", tmp_path.as_uri())
    (tmp_path / "net.json").unlink()

    code, out, _ = run("peeringdb", "sync")

    assert code == Exit.OUTSIDE
    assert f"net: {tmp_path}/net.json cannot be read: No such file or directory\n" in out
    assert "netixlan: 5 rows" in out


def test_the_sample_of_the_city_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_PEERINGDB_URL", SAMPLE.as_uri())

    assert run("peeringdb", "sync")[0] == Exit.FINE
    assert run("peeringdb", "show", "64500")[1].startswith("AS64500 Citynet Paderborn\n")


def test_a_key_for_the_open_road_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_PEERINGDB_URL", "http://registry.example.net/api")
    monkeypatch.setenv("HANSE_PEERINGDB_KEY", "a1b2")

    code, _, err = run("peeringdb", "sync")

    assert code == Exit.WANTED
    assert "write https" in err
    assert "a1b2" not in err
