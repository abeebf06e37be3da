"""A vendor's router in the lab, from the first plan to what its neighbour hears; README.md says what is proved."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from napalm import get_network_driver

from hanse_lab import lab
from hanse_lab.folder import Folder
from hanse_lab.product import Hanse
from hanse_lab.requirements import lacks
from lab.words import wait_until_well

pytestmark = pytest.mark.lab

HERE: Final = Path(__file__).parent
ADDRESS: Final = "198.18.1.19"
IN_BOTH: Final = tuple(f"192.0.2.{101 + number}" for number in range(10))
GLOBAL_ONLY: Final = tuple(f"2001:db8:100::{101 + number}" for number in range(10))


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[Hanse]:
    """Give Hanse for a lab of one vendor router and one member of the exchange; what is accepted there ends with it."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    files = tmp_path
    for file in HERE.glob("*.yml"):
        shutil.copy(file, files)
    folder = Folder.of("vendor")
    lab.down(folder)  # what a killed run may have left
    lab.up(files, folder, print)
    try:
        hanse = Hanse(folder)
        hanse.say("import", str(files))
        hanse.say("apply", "--yes", "--force")
        yield hanse
    finally:
        lab.down(folder)


def by_hand(hanse: Hanse) -> None:
    """Configure thirty sessions in two VRFs, as somebody at the router's own console would."""
    lines = ["vrf instance BLUE", "router bgp 64500"]
    lines += [f"neighbor {one} remote-as 64501" for one in (*IN_BOTH, *GLOBAL_ONLY)]
    lines += ["vrf BLUE", *(f"neighbor {one} remote-as 64502" for one in IN_BOTH)]
    password = hanse.folder.password.read_text()
    device = get_network_driver("eos")(ADDRESS, "root", password)
    device.open()
    device.load_merge_candidate(config="\n".join(lines))
    device.commit_config()
    device.close()


def shell(hanse: Hanse, *words: str) -> str:
    """Run a command on the member."""
    return lab.node(hanse.folder, "senne").run(*words)


def test_what_is_wanted_is_established_and_the_member_hears_our_space_alone(edge: Hanse) -> None:
    wait_until_well(edge, within=timedelta(seconds=60))

    heard = shell(edge, "vtysh", "-c", "show bgp ipv4 unicast neighbors 192.0.2.2 routes")

    assert "203.0.113.0/24" in heard
    assert heard.count("64500 i") == 1


def test_a_second_plan_has_nothing_to_say(edge: Hanse) -> None:
    plan: Any = edge.tree("plan")

    assert not any(router["changed"] for router in plan["routers"])


def test_thirty_sessions_made_by_hand_are_found_once_each_and_planned_honestly(edge: Hanse) -> None:
    by_hand(edge)
    (unasked,) = edge.tree("plan")["routers"]

    found = edge.tree("discover", "edge1")
    edge.say("discover", "edge1", "--accept", "all", "--apply")
    plan = edge.tree("plan")

    assert (unasked["changed"], unasked["sessions_removed"]) == (False, [])
    rows = [(row["vrf"], row["remote_address"]) for row in sessions_in(found) if row["what"] == "new"]
    assert len(rows) == len(set(rows)) == 30
    assert {address for vrf, address in rows if vrf == "BLUE"} == set(IN_BOTH)
    (router,) = plan["routers"]
    assert router["sessions_removed"] == []
    lines = router["diff"].splitlines()
    assert sum(" peer group HANSE-PEER-V" in line for line in lines if line.startswith("+")) >= 30
    assert not [line for line in lines if line.startswith("-") and "remote-as" in line]


def sessions_in(found: Any) -> list[dict[str, Any]]:
    """Return the rows of `hanse discover --json`, whatever router they are of."""
    return [row for router in found["routers"] for row in router["sessions"]]
