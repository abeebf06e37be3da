"""OpenBGPD on a router: what it says against a file, and its sessions."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hanse.devices.linux.carried import openbgpd
from hanse.devices.linux.carried.component import Candidate, Finding
from hanse.devices.linux.carried.components import COMPONENTS
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.facts.bgp_sessions import read_bgp_sessions
from hanse.devices.linux.facts.fact import NotUnderstood
from hanse.network.seen.bgp import BgpState

PATH = "/etc/bgpd.conf"
NOW = "2026-05-04T10:00:00+0000"
MEMBER: dict[str, Any] = {
    "remote_as": "64496",
    "description": "ebgp_westnet_ipv4",
    "remote_addr": "192.0.2.11",
    "bgpid": "192.0.2.11",
    "state": "Established",
    "last_updown_sec": 40,
    "config": {"down": False},
    "stats": {"prefixes": {"sent": 2, "received": 7}},
    "session": {"local": {"address": "192.0.2.1", "port": 179}},
}


def candidate(folder: Path, text: str) -> Candidate:
    """Return a staged file with that text."""
    staged = folder / "bgpd.conf"
    staged.write_text(text)
    staged.chmod(0o600)
    return Candidate(PATH, staged, text)


@pytest.mark.skipif(not shutil.which("bgpd", path="/usr/sbin"), reason="there is no OpenBGPD: apt-get install openbgpd")
def test_a_line_that_openbgpd_does_not_take_is_named(tmp_path: Path) -> None:
    bad = openbgpd.check([candidate(tmp_path, "AS 64500\nrouter-id 10.20.0.1\nfib-updat no\n")])
    good = openbgpd.check([candidate(tmp_path, "AS 64500\nrouter-id 10.20.0.1\n")])

    assert bad == [Finding(PATH, 3, "syntax error")]
    assert good == []


def test_a_router_without_openbgpd_is_told_the_package(tmp_path: Path) -> None:
    found = openbgpd.findings(candidate(tmp_path, ""), Ran(127, "/usr/sbin/bgpd: No such file or directory\n"))

    assert found == [Finding(PATH, 0, "there is no OpenBGPD here: apt-get install openbgpd")]


def test_its_file_is_its_own() -> None:
    assert [one.name for one in COMPONENTS if one.owns(PATH)] == ["openbgpd"]


def out(*members: dict[str, Any]) -> str:
    """Return what a router with OpenBGPD alone says."""
    return f"{NOW}\n#= openbgpd\n{NOW}\n{json.dumps({'neighbors': members})}\n"


def test_a_session_is_read_with_its_routes_and_its_age() -> None:
    (seen,) = read_bgp_sessions(out(MEMBER))

    assert (str(seen.remote_address), seen.remote_asn.number, seen.state) == ("192.0.2.11", 64496, BgpState.ESTABLISHED)
    assert seen.since == datetime(2026, 5, 4, 10, tzinfo=UTC) - timedelta(seconds=40)
    assert (seen.accepted, seen.counts[0].advertised, str(seen.local_address)) == (7, 2, "192.0.2.1")


def test_a_session_that_is_down_or_switched_off_has_no_routes() -> None:
    seen = read_bgp_sessions(
        out(
            {**MEMBER, "state": "Active", "session": {}, "bgpid": "0.0.0.0", "last_updown": "Never"},
            {**MEMBER, "remote_addr": "192.0.2.12", "state": "Idle", "config": {"down": True}},
        )
    )

    assert [one.state for one in seen] == [BgpState.ACTIVE, BgpState.ADMIN_DOWN]
    assert [one.counts for one in seen] == [(), ()]
    assert (seen[0].remote_id, seen[0].local_address, seen[0].since) == ("", None, None)


def test_an_openbgpd_that_says_nothing_has_no_sessions() -> None:
    assert read_bgp_sessions(f"{NOW}\n#= openbgpd\n{NOW}\n") == ()


def test_an_answer_that_is_no_list_of_neighbours_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        read_bgp_sessions(f"{NOW}\n#= openbgpd\n{NOW}\nbgpctl: nothing\n")
