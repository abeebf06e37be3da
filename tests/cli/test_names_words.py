"""`hanse links`, `hanse zones` and `hanse targets`: what follows from places, names and exporters."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.small_city import FILE
from hanse.cli.say import Exit

Run = Callable[..., tuple[int, str, str]]
NAMED = FILE.replace(
    "asn: 64500,",
    "asn: 64500, domain: town.example, hostmaster: dns@town.example, nameservers: {alpha.town.example: },",
    1,
)


@pytest.fixture
def named(tmp_path: Path) -> Path:
    (tmp_path / "town.yml").write_text(NAMED, encoding="utf-8")
    return tmp_path


def test_zones_are_printed(run: Run, named: Path) -> None:
    code, out, _ = run("zones", "--from", str(named), "--serial", "7")

    assert code == Exit.FINE
    assert "    7 ; serial\n" in out
    assert "\nto-beta.alpha A 10.20.8.0 ; links.middle\n" in out


def test_a_zone_that_says_the_same_keeps_its_file_and_its_serial(run: Run, named: Path) -> None:
    first = run("zones", str(named / "out"), "--from", str(named))[1]
    before = {path.name: path.read_text() for path in (named / "out").iterdir()}

    second = run("zones", str(named / "out"), "--from", str(named))[1]

    assert first.startswith("6 of 6 zones written to ")
    assert second.startswith("0 of 6 zones written to ")
    assert {path.name: path.read_text() for path in (named / "out").iterdir()} == before


def test_a_zone_that_changes_gets_a_higher_serial(run: Run, named: Path) -> None:
    run("zones", str(named / "out"), "--from", str(named), "--serial", "4000000000")
    (named / "town.yml").write_text(NAMED.replace("to-beta", "east").replace("to-alpha", "west"), encoding="utf-8")

    run("zones", str(named / "out"), "--from", str(named))

    assert "    4000000001 ; serial\n" in (named / "out" / "town.example.zone").read_text()


def test_zones_that_cannot_be_written_say_so(run: Run, named: Path) -> None:
    (named / "out").write_text("a file", encoding="utf-8")

    code, _, err = run("zones", str(named / "out"), "--from", str(named))

    assert (code, "out: " in err) == (Exit.OUTSIDE, True)


def test_zones_without_a_server_say_what_to_write(run: Run, named: Path) -> None:
    (named / "town.yml").write_text(FILE.replace("asn: 64500,", "asn: 64500, domain: town.example,"), encoding="utf-8")

    code, _, err = run("zones", "--from", str(named))

    assert code == Exit.WANTED
    assert err == "zones need to know who answers for them: write network.nameservers\n"


def test_targets_are_what_prometheus_reads(run: Run, named: Path) -> None:
    (named / "town.yml").write_text(NAMED.replace("fake: {driver: fake,", "fake: {driver: linux,"), encoding="utf-8")

    code, out, _ = run("targets", "--from", str(named))

    groups = json.loads(out)
    assert code == Exit.FINE
    assert [group["targets"] for group in groups if group["labels"]["node"] == "alpha"] == [
        ["198.18.0.1:9100"],
        ["198.18.0.1:9324"],
    ]


def test_a_radio_link_shows_its_way_and_its_loss(run: Run, named: Path) -> None:
    places = "{hall: {place: {latitude: 51.7, longitude: 8.7}}, hill: {place: {latitude: 51.7, longitude: 8.8}}}"
    text = NAMED.replace("sites: {hall: }", f"sites: {places}")
    text = text.replace("{medium: fibre, cost: 10}", "{medium: radio, frequency: 5500, capacity: 300}")
    text = text.replace("beta:\n    {number: 2, site: hall", "beta:\n    {number: 2, height: 30, site: hill")
    (named / "town.yml").write_text(text, encoding="utf-8")

    code, out, _ = run("links", "--from", str(named))
    (tree,) = json.loads(run("links", "--from", str(named), "--json")[1])["links"]

    assert code == Exit.FINE
    assert " ".join(out.splitlines()[1].split()[3:]) == "fibre 300 333 6892 90.0° 270.0° 124.0 dB 9.7 m"
    assert tree["path"]["radio"]["frequency"] == 5500
    assert tree["path"]["heights"] == [None, 30]
    assert tree["path"]["free_below"] is None
