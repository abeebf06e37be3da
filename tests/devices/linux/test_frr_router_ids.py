"""The ID by which OSPF goes in FRR, without a router."""

import pytest

from hanse.devices.linux.carried import frr_router_ids
from hanse.devices.linux.carried.tools import Ran

TEXT = """\
router ospf
 ospf router-id 10.20.0.2
 maximum-paths 16
exit
router ospf6
 ospf6 router-id 10.20.0.2
exit
router ospf vrf vrf-guests
 ospf router-id 10.20.0.2
exit
router ospf6 vrf vrf-guests
 ospf6 router-id 10.20.0.2
exit
"""
OSPF = (
    "VRF Name: default\n OSPF Routing Process, Router ID: {}\n"
    "VRF Name: vrf-guests\n OSPF Routing Process, Router ID: {}\n"
)
OSPF6 = (
    " OSPFv3 Routing Process (0) with Router-ID {}\n Running 00:11:20\n OSPFv3 Routing Process (0) with Router-ID {}\n"
)
RIGHT, WRONG = "10.20.0.2", "203.0.113.2"


def cleared(monkeypatch: pytest.MonkeyPatch, ospf: str, ospf6: str, running: set[str]) -> list[str]:
    """Return the commands that were given to daemons which say that."""
    given: list[str] = []

    def run(*words: str) -> Ran:
        command = words[-1]
        if command.startswith("clear "):
            given.append(command)
            return Ran(0, "")
        return Ran(0, ospf if words[2] == "ospfd" else ospf6)

    monkeypatch.setattr(frr_router_ids, "run", run)
    frr_router_ids.take_in_ids(TEXT, running)
    return given


BOTH = {"ospfd", "ospf6d", "zebra"}


def test_daemons_that_go_by_the_files_id_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    given = cleared(monkeypatch, OSPF.format(RIGHT, RIGHT), OSPF6.format(RIGHT, RIGHT), BOTH)

    assert given == []


@pytest.mark.parametrize("ids", [(WRONG, RIGHT), (RIGHT, WRONG)])
def test_a_process_that_goes_by_another_id_begins_anew(monkeypatch: pytest.MonkeyPatch, ids: tuple[str, str]) -> None:
    second = cleared(monkeypatch, OSPF.format(*ids), OSPF6.format(RIGHT, RIGHT), BOTH)
    third = cleared(monkeypatch, OSPF.format(RIGHT, RIGHT), OSPF6.format(*ids), BOTH)

    assert second == ["clear ip ospf process"]
    assert third == ["clear ipv6 ospf6 process", "clear ipv6 ospf6 process vrf vrf-guests"]


def test_a_daemon_that_does_not_run_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cleared(monkeypatch, OSPF.format(WRONG, WRONG), OSPF6.format(WRONG, WRONG), {"zebra", "bgpd"}) == []
