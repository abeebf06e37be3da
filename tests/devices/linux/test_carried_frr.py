"""The carried program's part for FRR, without a router."""

from pathlib import Path

import pytest

from hanse.devices.linux.carried import bird, frr
from hanse.devices.linux.carried.component import Candidate
from hanse.devices.linux.carried.components import COMPONENTS, components_of

SAID = "line 2: % Unknown command[25]:  foo\nline 4: % Unknown command[4]: bar x\n"


def candidate(path: str, text: str = "") -> Candidate:
    return Candidate(path, Path(path).with_name(f".{Path(path).name}.hanse-new"), text)


@pytest.mark.parametrize(
    ("path", "mine"),
    [("/etc/frr/frr.conf", True), ("/etc/frr/daemons", True), ("/etc/bird/bird.conf", False), ("/etc/frr.conf", False)],
)
def test_all_of_frrs_folder_is_frrs(path: str, mine: bool) -> None:
    assert frr.FRR.owns(path) == frr.FRR_GONE.owns(path) == mine


def test_one_daemon_has_stopped_before_the_other_one_starts() -> None:
    order = [component.name for component in components_of(["/etc/bird/bird.conf", "/etc/frr/frr.conf"])]

    assert order == ["frr-gone", "bird", "frr"]
    assert COMPONENTS.index(frr.FRR_GONE) < COMPONENTS.index(bird.BIRD) < COMPONENTS.index(frr.FRR)


def test_vtyshs_complaints_keep_their_lines() -> None:
    found = frr.findings(candidate("/etc/frr/frr.conf"), (2, SAID))

    assert [str(one) for one in found] == [
        "/etc/frr/frr.conf:2: % Unknown command[25]:  foo",
        "/etc/frr/frr.conf:4: % Unknown command[4]: bar x",
    ]
    assert frr.findings(candidate("/etc/frr/frr.conf"), (0, "")) == []
    assert str(frr.findings(candidate("/etc/frr/frr.conf"), (127, "vtysh: No such file"))[0]) == (
        "/etc/frr/frr.conf: vtysh: No such file"
    )


@pytest.mark.parametrize(
    ("text", "daemons"),
    [
        ("", set()),
        ("bgpd=yes\nospfd=no\n", {"bgpd"}),
        ("# bgpd=yes\nospfd='yes'\nbfdd=0\n", {"ospfd"}),
        ('vtysh_enable=yes\nzebra_options="-A 127.0.0.1"\nldpd=yes\n', {"ldpd"}),
    ],
)
def test_zebra_and_staticd_run_besides_those_that_are_switched_on(text: str, daemons: set[str]) -> None:
    assert frr.wanted_daemons(text) == daemons | {"zebra", "staticd"}


def test_what_has_to_be_seen_running_is_every_protocol_and_neighbour() -> None:
    text = (
        "interface up0\n ip ospf cost 10\nexit\nrouter ospf\n ospf router-id 10.0.0.1\nexit\nrouter bgp 64500\n"
        " neighbor 192.0.2.1 remote-as 64501\n neighbor 192.0.2.1 timers 3 9\nexit\n"
        "router bgp 64500 vrf vrf-red\nexit\n"
    )

    assert frr.HEADINGS.findall(text) == [
        "router ospf",
        "router bgp 64500",
        " neighbor 192.0.2.1 remote-as 64501",
        "router bgp 64500 vrf vrf-red",
    ]
