"""Cables wanted against what LLDP tells, end by end."""

from datetime import UTC, datetime, timedelta

import pytest

from hanse.monitor.cabling import Cabled, CableEnd, cable_ends, same_port
from hanse.monitor.happenings import LastSeen, last_seen
from hanse.monitor.look import Look, Unanswered
from hanse.network.seen.device import SeenDevice, SeenLldpNeighbour
from hanse.network.wanted.links import End
from hanse.network.wanted.network import Network
from samples.city import city, city_with

LINK = "ring-rathaus-dom"  # core1:ring0 to core2:ring0


def hears(*heard: tuple[str, str, str]) -> LastSeen:
    found = (SeenLldpNeighbour(interface=one, remote_system=system, remote_port=port) for one, system, port in heard)
    return LastSeen(answered=True, lldp=tuple(found))


def ends(network: Network, link: str = LINK, **seen: LastSeen) -> tuple[CableEnd, ...]:
    return tuple(cable_ends(network, [network.links[link]], seen))


def test_a_cable_that_both_ends_tell_of_is_as_wanted() -> None:
    found = ends(
        city(), core1=hears(("ring0", "core2", "ring0")), core2=hears(("ring0", "core1.city.example", "ring0"))
    )

    assert [(str(one.here), one.cabled, one.why) for one in found] == [
        ("core1:ring0", Cabled.AS_WANTED, ""),
        ("core2:ring0", Cabled.AS_WANTED, ""),
    ]


def test_another_router_at_the_other_end_is_named_with_what_is_wanted() -> None:
    (found, _) = ends(city(), core1=hears(("ring0", "core4", "ring1")))

    assert found.cabled is Cabled.OTHERWISE
    assert found.why == "core1:ring0 is cabled to core4:ring1, and core2:ring0 is wanted there"


@pytest.mark.parametrize("heard", [("ring0", "core2", "ring1"), ("ring0", "core22", "ring0"), ("ring0", "", "")])
def test_another_port_and_another_name_are_not_what_is_wanted(heard: tuple[str, str, str]) -> None:
    assert ends(city(), core1=hears(heard))[0].cabled is Cabled.OTHERWISE


def test_a_switch_between_that_lets_lldp_through_hides_nothing() -> None:
    (found, _) = ends(city(), core1=hears(("ring0", "switch", "7"), ("ring0", "core2", "ring0")))

    assert found.cabled is Cabled.AS_WANTED


def test_a_port_that_hears_nobody_while_another_does_misses_its_cable() -> None:
    (found, _) = ends(city(), core1=hears(("ring1", "core4", "ring1")))

    assert (found.cabled, found.why) == (Cabled.MISSING, "core1:ring0 hears nobody, and core2:ring0 is wanted there")


def test_a_router_that_hears_nobody_at_all_tells_nothing() -> None:
    (found, _) = ends(city(), core1=hears())

    assert (found.cabled, found.why) == (Cabled.NOT_TOLD, "core1 hears nobody by LLDP: does it run there?")


def test_a_router_that_is_silent_or_was_never_asked_tells_nothing() -> None:
    one, other = ends(city(), core1=LastSeen(answered=False, lldp=hears(("ring0", "core4", "ring1")).lldp))

    assert (one.cabled, one.why) == (Cabled.NOT_TOLD, "core1 does not answer")
    assert (other.cabled, other.why) == (Cabled.NOT_TOLD, "nobody asked yet")


def test_radio_and_a_link_that_is_only_planned_are_no_cables() -> None:
    assert ends(city(), "radio-dom-nordturm") == ()
    assert ends(city_with(links={LINK: {"status": "planned"}})) == ()


def test_a_link_on_a_vlan_is_cabled_where_its_parent_is() -> None:
    ports = {"ring0": {}, "ring1": {}, "border0": {}, "v7": {"parent": "ring0", "vlan": 7}}
    network = city_with(nodes={"core1": {"ports": ports}}, links={LINK: {"ends": ["core1:v7", "core2:ring0"]}})

    (found, _) = ends(network, core1=hears(("ring0", "core2", "ring0")))

    assert (found.here, found.cabled) == (End(node="core1", port="ring0"), Cabled.AS_WANTED)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Et1", "Ethernet1", True),
        ("Gi0/0/1", "GigabitEthernet0/0/1", True),
        ("ge-0/0/1", "ge-0/0/1", True),
        ("eth1", "eth10", False),
        ("Et1", "Gi1", False),
        ("", "eth1", False),
    ],
)
def test_a_port_is_known_by_its_short_name_too(one: str, other: str, *, is_same: bool) -> None:
    assert same_port(one, other) is same_port(other, one) is is_same


def test_what_was_heard_stays_while_a_router_is_silent() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    device = SeenDevice(hostname="core1", vendor="", model="", os_version="")
    lldp = hears(("ring0", "core2", "ring0")).lldp

    told = last_seen(LastSeen(), Look(node="core1", taken_at=at, took=timedelta(0), device=device, lldp=lldp))
    silent = last_seen(told, Unanswered(node="core1", taken_at=at, took=timedelta(0), reason="no route"))

    assert told.lldp == silent.lldp == lldp
