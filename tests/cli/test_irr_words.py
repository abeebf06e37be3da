"""`hanse irr`, and what it told in what `hanse render` writes, with a store and without one."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from actions.small_city import FILE, Town
from fakes.irrd_server import Mood, Registered, irrd_server
from hanse.cli.say import Exit

Run = Callable[..., tuple[int, str, str]]
BOUNDED = FILE.replace("64501: {name: Bob}", "64501: {name: Bob, as_set: AS-BOB, irr_filter: both}")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("bgpq4"), reason="finds no bgpq4: see script/debian-packages.txt"),
]


@pytest.fixture
def irrd(monkeypatch: pytest.MonkeyPatch, place: Town) -> Iterator[Registered]:
    place.wants(BOUNDED)
    with irrd_server() as told:
        told.members = {"AS-BOB": "AS64501 AS64502"}
        told.routes4 = {"AS64501": " ".join(f"10.0.{number}.0/24" for number in range(8))}
        told.routes6 = {"AS64502": "2001:db8:b0b::/48"}
        monkeypatch.setenv("HANSE_IRR_SERVER", told.server)
        yield told


def test_an_update_tells_what_changed_and_show_has_it(run: Run, irrd: Registered) -> None:
    code, out, _ = run("irr", "update")

    assert (code, out.splitlines()[1].split()) == (Exit.FINE, ["AS-BOB", "changed", "+9", "prefixes,", "+2", "origins"])
    code, out, _ = run("irr", "show", "AS-BOB")
    assert code == Exit.FINE
    assert out.splitlines()[-2:] == ["2001:db8:b0b::/48", "AS64501 AS64502"]


def test_before_anything_was_told_show_says_so_with_an_exit_code(run: Run, irrd: Registered) -> None:
    code, out, _ = run("irr", "show")

    assert code == Exit.CHANGES
    assert "never looked up" in out


def test_an_irr_that_fails_is_a_sentence_and_exit_code_3(run: Run, irrd: Registered) -> None:
    irrd.mood = Mood.HALF

    code, out, _ = run("irr", "update")

    assert code == Exit.OUTSIDE
    assert "does not answer: EOF from IRRd" in out


def test_a_missing_program_is_a_sentence(run: Run, irrd: Registered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANSE_BGPQ4", "/nowhere/bgpq4")

    code, out, _ = run("irr", "update")

    assert code == Exit.OUTSIDE
    assert "/nowhere/bgpq4 cannot be started" in out


def test_what_lost_too_much_is_refused_until_it_is_accepted(run: Run, irrd: Registered) -> None:
    run("irr", "update")
    irrd.routes4 = {"AS64501": "10.0.1.0/24"}

    code, out, _ = run("irr", "update")
    assert code == Exit.WANTED
    assert "1 of 8 IPv4 prefixes is left: refused" in out
    code, out, _ = run("irr", "update", "AS-BOB", "--accept")

    assert code == Exit.FINE
    code, out, _ = run("irr", "history", "AS-BOB")
    latest, first = out.splitlines()[1:]
    assert "-7 prefixes" in latest
    assert "+9 prefixes, +2 origins (told first)" in first


def test_words_that_make_no_sense_are_refused(run: Run, place: Town) -> None:
    code, _, err = run("irr", "show", "AS-BOB", "AS-CAROL")

    assert (code, err.strip()) == (
        Exit.WANTED,
        "hanse irr update [NAME ...] [--accept] | show [NAME] | history [NAME]",
    )


def test_a_router_is_not_rendered_before_its_filter_was_told_and_is_afterwards(run: Run, irrd: Registered) -> None:
    code, _, err = run("render", "alpha")
    assert code == Exit.WANTED
    assert "AS-BOB was never looked up: `hanse irr update`" in err
    run("irr", "update")

    code, out, _ = run("render", "alpha")

    assert code == Exit.FINE
    assert "10.0.7.0/24" in out


def test_files_are_rendered_with_what_was_told_elsewhere(run: Run, irrd: Registered, tmp_path: Path) -> None:
    folder, known = tmp_path / "town", tmp_path / "known.json"
    folder.mkdir()
    (folder / "town.yml").write_text(BOUNDED)
    run("irr", "update")
    known.write_text(run("irr", "show", "--json")[1])

    code, out, _ = run("render", "alpha", "--from", str(folder), "--known", str(known))

    assert code == Exit.FINE
    assert "10.0.7.0/24" in out


def test_a_file_that_holds_something_else_is_refused(run: Run, place: Town, tmp_path: Path) -> None:
    folder, known = tmp_path / "town", tmp_path / "known.json"
    folder.mkdir()
    (folder / "town.yml").write_text(BOUNDED)
    known.write_text('{"expansions": {"AS-BOB": 1}}')

    code, _, err = run("render", "alpha", "--from", str(folder), "--known", str(known))

    assert code == Exit.WANTED
    assert "that is not what `hanse irr show --json` writes" in err


def test_a_check_names_what_was_never_told_and_is_well(run: Run, tmp_path: Path) -> None:
    (tmp_path / "town.yml").write_text(BOUNDED)

    code, out, _ = run("check", str(tmp_path))

    assert code == Exit.FINE
    assert "alpha: AS64501 is bounded by the IRR" in out


def test_a_line_is_explained_by_its_number_and_by_its_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "town.yml").write_text(FILE)
    code, out, _ = run("render", "alpha", "--from", str(tmp_path), "--explain", "neighbor 192.0.2.11", "--json")
    (by_text,) = json.loads(out)["lines"]
    assert code == Exit.FINE
    assert (by_text["kind"], by_text["name"]) == ("sessions", "bob")
    assert by_text["template"] == "bird2/bird.conf.j2"
    line = FILE.splitlines().index(next(line for line in FILE.splitlines() if line.startswith("sessions:"))) + 1
    assert by_text["place"] == f"{tmp_path}/town.yml:{line}"

    code, out, _ = run("render", "alpha", "--from", str(tmp_path), "--explain", str(by_text["number"]))

    assert code == Exit.FINE
    assert f"because of sessions.bob.addresses.0 ({tmp_path}/town.yml:{line})" in out


def test_a_line_that_is_not_there_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "town.yml").write_text(FILE)

    code, _, err = run("render", "alpha", "--from", str(tmp_path), "--explain", "no such text")

    assert code == Exit.WANTED
    assert "none is or has 'no such text'" in err
