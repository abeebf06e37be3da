"""GoBGP on a collector: what it says against a file, and its sessions."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hanse.devices.linux.carried import gobgp
from hanse.devices.linux.carried.component import Candidate, Finding
from hanse.devices.linux.carried.components import COMPONENTS
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.facts.bgp_sessions import read_bgp_sessions
from hanse.devices.linux.facts.fact import NotUnderstood
from hanse.network.seen.bgp import BgpState

PATH = "/etc/gobgpd.conf"
NOW = "2026-05-04T10:00:00+0000"
TEXT = '[global.config]\n  as = 64500\n  router-id = "10.20.0.1"\n'
TOLD = """\
Peer            AS  Up/Down State       |#Received  Accepted
198.51.100.23 64500 00:00:14 Establ      |        1         1
198.51.100.24 64500    never Active      |        0         0
"""
TABLE: dict[str, Any] = {"state": {"family": {"afi": 1, "safi": 1}, "received": 3, "accepted": 2}}
ROUTER: dict[str, Any] = {
    "conf": {"local_asn": 64500, "peer_asn": 64500, "neighbor_address": "198.51.100.23", "description": "border"},
    "state": {"session_state": 6, "router_id": "10.20.0.3"},
    "timers": {"state": {"uptime": {"seconds": 1777888800}}},
    "transport": {"local_address": "198.51.100.22"},
    "afi_safis": [TABLE, {"state": {"family": {"afi": 25, "safi": 70}}}],
}

needs_gobgp = pytest.mark.skipif(not shutil.which("gobgpd"), reason="there is no GoBGP: apt-get install gobgpd")


def candidate(folder: Path, text: str) -> Candidate:
    """Return a staged file with that text."""
    staged = folder / "gobgpd.conf"
    staged.write_text(text)
    return Candidate(PATH, staged, text)


@needs_gobgp
def test_a_line_that_gobgp_does_not_take_is_named(tmp_path: Path) -> None:
    bad = gobgp.check([candidate(tmp_path, TEXT.replace("as = 64500", "as = x"))])
    good = gobgp.check([candidate(tmp_path, TEXT)])

    assert [(one.path, one.line) for one in bad] == [(PATH, 2)]
    assert "no value can start with x" in bad[0].said
    assert good == []


def test_a_router_without_gobgp_is_told_the_package(tmp_path: Path) -> None:
    found = gobgp.findings(candidate(tmp_path, TEXT), Ran(127, "gobgpd: No such file or directory\n"))

    assert found == [Finding(PATH, 0, "there is no GoBGP here: apt-get install gobgpd")]


def test_its_file_is_its_own() -> None:
    assert [one.name for one in COMPONENTS if one.owns(PATH)] == ["gobgp"]


def test_it_has_taken_a_file_in_when_its_neighbours_are_those_of_the_file() -> None:
    file = "".join(f'    neighbor-address = "198.51.100.{end}"\n' for end in (23, 24))

    assert gobgp.neighbours_told(TOLD) == gobgp.neighbours_in(file) == {"198.51.100.23", "198.51.100.24"}
    assert gobgp.neighbours_told("") == set()


def test_nobody_but_the_router_itself_may_command_it() -> None:
    assert "--api-hosts=127.0.0.1:50051" in gobgp.TEXT


def out(*routers: dict[str, Any]) -> str:
    """Return what a collector says."""
    return f"{NOW}\n#= gobgp\n{json.dumps(routers)}\n"


def test_a_session_is_read_with_its_routes_and_its_age() -> None:
    (seen,) = read_bgp_sessions(out(ROUTER))

    assert (str(seen.remote_address), seen.remote_asn.number, seen.state) == (
        "198.51.100.23",
        64500,
        BgpState.ESTABLISHED,
    )
    assert seen.since == datetime(2026, 5, 4, 10, tzinfo=UTC)
    assert [(one.received, one.accepted, one.advertised) for one in seen.counts] == [(3, 2, 0)]
    assert (seen.description, seen.remote_id) == ("border", "10.20.0.3")


def test_a_session_that_is_down_or_switched_off_has_no_routes() -> None:
    down = {**ROUTER, "state": {"session_state": 3}, "timers": {}, "transport": {}}
    off = {**ROUTER, "state": {"session_state": 1, "admin_state": 1}}

    seen = read_bgp_sessions(out(down, off))

    assert [one.state for one in seen] == [BgpState.ACTIVE, BgpState.ADMIN_DOWN]
    assert [one.counts for one in seen] == [(), ()]
    assert (seen[0].since, seen[0].local_address) == (None, None)


def test_a_gobgp_that_says_nothing_has_no_sessions() -> None:
    assert read_bgp_sessions(f"{NOW}\n#= gobgp\n") == read_bgp_sessions(f"{NOW}\n#= gobgp\nnull\n") == ()


def test_an_answer_that_is_no_json_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        read_bgp_sessions(f"{NOW}\n#= gobgp\nrpc error\n")
