"""The real bgpq4 against a server of ours that speaks IRRd's protocol: well, wrong, half, slow, and without end."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from fakes.irrd_server import Mood, Registered, irrd_server
from hanse.network.errors import OutsideError
from hanse.network.known.irr import Expansion
from hanse.network.values.as_sets import NotAnAsSet
from hanse.network.values.asn import Asn
from hanse.registries.irr.bgpq4 import Bgpq4
from hanse.registries.irr.registry import Bgpq4Missing, IrrNotUnderstood, IrrSilent, IrrTooMuch, IrrTooSlow

NOW = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.skipif(not shutil.which("bgpq4"), reason="finds no bgpq4: see script/debian-packages.txt")


@pytest.fixture
def irrd() -> Iterator[Registered]:
    with irrd_server() as told:
        told.members = {"AS-BOB": "AS64501 AS-FRIENDS", "AS-FRIENDS": "AS64502 AS-BOB"}  # they name each other
        told.routes4 = {"AS64501": "192.0.2.0/24 192.0.2.128/25", "AS64502": "198.51.100.0/24"}
        told.routes6 = {"AS64501": "2001:db8:b0b::/48"}
        yield told


def ask(irrd: Registered, name: str = "AS-BOB", *, seconds: float = 10, size: int = 1 << 20) -> Expansion:
    program = Bgpq4(server=irrd.server, time_limit=timedelta(seconds=seconds), size_limit=size)
    return program.expand(name, at=NOW)


def test_an_as_set_is_written_out_through_the_sets_in_it(irrd: Registered) -> None:
    found = ask(irrd)

    assert found == Expansion(
        name="AS-BOB",
        prefixes=(ip_network("192.0.2.0/24"), ip_network("198.51.100.0/24"), ip_network("2001:db8:b0b::/48")),
        origins=(Asn(64501), Asn(64502)),
        sources=(),
        at=NOW,
    )


def test_an_as_is_its_own_origin(irrd: Registered) -> None:
    found = ask(irrd, "AS64502")

    assert (found.prefixes, found.origins) == ((ip_network("198.51.100.0/24"),), (Asn(64502),))


def test_several_as_sets_of_one_network_are_one_answer(irrd: Registered) -> None:
    irrd.members["AS-MORE"] = "AS64503"

    assert ask(irrd, "AS-BOB AS-MORE").origins == (Asn(64501), Asn(64502), Asn(64503))


def test_the_registry_before_a_name_is_asked_alone(irrd: Registered) -> None:
    found = ask(irrd, "RIPE::AS-BOB")

    assert found.origins == (Asn(64501), Asn(64502))
    assert "!sRIPE" in irrd.questions


def test_the_sources_of_the_settings_are_asked(irrd: Registered) -> None:
    found = Bgpq4(server=irrd.server, sources=("RPKI", "RIPE")).expand("AS-BOB", at=NOW)

    assert "!sRPKI,RIPE" in irrd.questions
    assert found.sources == ("RPKI", "RIPE")


def test_a_set_that_nobody_registered_is_empty(irrd: Registered) -> None:
    found = ask(irrd, "AS-NOBODY")

    assert (found.prefixes, found.origins) == ((), ())


@pytest.mark.parametrize("about", ["!i", "!gAS64502", "!6"])
@pytest.mark.parametrize("mood", [Mood.HALF, Mood.NONSENSE, Mood.REFUSES])
def test_half_an_answer_is_none(irrd: Registered, mood: Mood, about: str) -> None:
    irrd.mood, irrd.moody_about = mood, about

    with pytest.raises(IrrSilent, match="does not answer"):
        ask(irrd)


def test_a_server_that_says_nothing_is_given_up(irrd: Registered) -> None:
    irrd.mood = Mood.SILENT
    began = time.monotonic()

    with pytest.raises(IrrTooSlow, match=r"within 0\.4 s"):
        ask(irrd, seconds=0.4)
    assert time.monotonic() - began < 5


def test_a_server_that_never_ends_is_given_up(irrd: Registered) -> None:
    irrd.mood = Mood.ENDLESS

    with pytest.raises((IrrTooSlow, IrrSilent)):
        ask(irrd, seconds=2)


def test_an_answer_over_the_size_limit_is_cut_off(irrd: Registered) -> None:
    irrd.routes4["AS64501"] = " ".join(f"10.{high}.{low}.0/24" for high in range(8) for low in range(256))

    with pytest.raises(IrrTooMuch, match="20000 bytes"):
        ask(irrd, size=20_000)


def test_a_large_answer_within_the_limit_is_whole(irrd: Registered) -> None:
    irrd.routes4["AS64501"] = " ".join(f"10.{high}.{low}.0/24" for high in range(40) for low in range(256))

    assert len(ask(irrd, size=4 << 20).prefixes) == 40 * 256 + 2


def test_a_server_that_is_not_there_is_told(irrd: Registered) -> None:
    gone = irrd.server.replace("127.0.0.1", "127.0.0.2")

    with pytest.raises(IrrSilent, match=r"127\.0\.0\.2"):
        Bgpq4(server=gone).expand("AS-BOB", at=NOW)


def test_a_missing_program_is_told_with_what_to_do() -> None:
    with pytest.raises(Bgpq4Missing, match="install the package bgpq4, or name it in HANSE_BGPQ4") as told:
        Bgpq4(program="/nowhere/bgpq4").expand("AS-BOB", at=NOW)
    assert not told.value.retry


@pytest.mark.parametrize("name", ["-h192.0.2.1", "AS-BOB -d", "AS-BOB EXCEPT AS64501", "192.0.2.0/24", "RS-BOB"])
def test_no_word_of_a_name_is_an_argument(name: str) -> None:
    with pytest.raises(NotAnAsSet):
        Bgpq4(program="/nowhere/bgpq4").expand(name, at=NOW)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"NN": 1}', '{"NN": [{"prefix": "192.0.2.1/24"}]}', '{"NN": [{}]}'])
def test_a_program_that_is_not_bgpq4_is_not_believed(tmp_path: Path, text: str) -> None:
    program = tmp_path / "bgpq4"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n")
    program.chmod(0o755)

    with pytest.raises(IrrNotUnderstood, match="bgpq4 wrote"):
        Bgpq4(program=str(program)).expand("AS-BOB", at=NOW)


def test_the_children_of_a_slow_program_end_with_it(tmp_path: Path) -> None:
    program, mark = tmp_path / "bgpq4", tmp_path / "lived"
    program.write_text(f"#!/bin/sh\n(sleep 1; touch {mark}) &\nsleep 30\n")
    program.chmod(0o755)

    with pytest.raises(OutsideError):
        Bgpq4(program=str(program), time_limit=timedelta(seconds=0.2)).expand("AS-BOB", at=NOW)

    time.sleep(1.3)
    assert not mark.exists()
