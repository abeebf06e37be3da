"""BGP sessions as each of NAPALM's drivers tells them, read into one.

`ios` and `nxos_ssh` are the drivers themselves, given what routers print; the others are answers of their shape.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest

from hanse.devices.driver import NotOffered
from hanse.devices.napalm.bgp import all_sessions, plain_answer
from hanse.devices.napalm.errors import DriverBroke
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Family

NOW: Final = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
PRINTED: Final = Path(__file__).parent / "printed"


def plain(remote_as: int = 64502, **changed: Any) -> dict[str, Any]:
    return {
        "local_as": 64500,
        "remote_as": remote_as,
        "remote_id": "192.0.2.9",
        "is_up": True,
        "is_enabled": True,
        "description": "Carol",
        "uptime": 60,
        "address_family": {"ipv4": {"received_prefixes": 7, "accepted_prefixes": 5, "sent_prefixes": 3}},
        **changed,
    }


def detail(**changed: Any) -> dict[str, Any]:
    return {
        "up": True,
        "local_as": 64500,
        "remote_as": 64502,
        "local_address": "192.0.2.1",
        "remote_address": "192.0.2.2",
        "connection_state": "Established",
        "received_prefix_count": 7,
        "accepted_prefix_count": 5,
        "advertised_prefix_count": 3,
        **changed,
    }


def sessions(
    detailed: Callable[[], Mapping[str, Any]], told: Callable[[], Mapping[str, Any]]
) -> tuple[SeenSession, ...]:
    return all_sessions(detailed, told, now=NOW)


def answer(value: Mapping[str, Any]) -> Callable[[], Mapping[str, Any]]:
    return lambda: value


def failing(error: Exception) -> Callable[[], Mapping[str, Any]]:
    def fail() -> Mapping[str, Any]:
        raise error

    return fail


def places(found: tuple[SeenSession, ...]) -> list[tuple[str, str, int, str]]:
    return [(one.vrf, str(one.remote_address), one.remote_asn.number, str(one.state)) for one in found]


def test_eos_tells_the_state_in_detail_and_the_rest_plainly() -> None:
    families = {
        "ipv4": {"received_prefixes": 7, "accepted_prefixes": 5, "sent_prefixes": 3},
        "ipv6": {"received_prefixes": 0, "accepted_prefixes": 0, "sent_prefixes": 0},
    }

    (one,) = sessions(
        answer({"default": {64502: [detail(routing_table="default")]}}),
        answer({"global": {"router_id": "192.0.2.1", "peers": {"192.0.2.2": plain(address_family=families)}}}),
    )

    assert (one.vrf, one.state, one.description) == ("global", BgpState.ESTABLISHED, "Carol")
    assert one.since == datetime(2026, 1, 1, 11, 59, tzinfo=UTC)
    assert str(one.local_address) == "192.0.2.1"
    assert one.counts == (RouteCounts(family=Family.IPV4, received=7, accepted=5, advertised=3),)


def test_eos_says_idle_of_what_is_switched_off_and_plainly_why() -> None:
    (one,) = sessions(
        answer({"default": {64502: [detail(connection_state="Idle,", up=False)]}}),
        answer({"global": {"peers": {"192.0.2.2": plain(is_up=False, is_enabled=False, uptime=-1)}}}),
    )

    assert (one.state, one.since, one.counts) == (BgpState.ADMIN_DOWN, None, ())


@pytest.mark.parametrize(
    ("word", "state"),
    [("Opensent", BgpState.OPEN_SENT), ("Openconfirm", BgpState.OPEN_CONFIRM), ("Idle", BgpState.IDLE)],
)
def test_iosxr_spells_states_in_its_own_way(word: str, state: BgpState) -> None:
    (one,) = sessions(
        answer({"blue": {64502: [detail(connection_state=word, up=False)]}}),
        answer({"blue": {"peers": {"192.0.2.2": plain(is_up=False, uptime=-1)}}}),
    )

    assert (one.vrf, one.state) == ("blue", state)


@pytest.mark.parametrize("driver", ["iosxr", "iosxr_netconf"])
def test_a_driver_that_stumbles_over_one_idle_neighbour_is_asked_plainly(driver: str) -> None:
    error = DriverBroke(f"{driver}: AddrFormatError: invalid IPNetwork ''")

    found = sessions(failing(error), answer({"blue": {"peers": {"192.0.2.2": plain(is_up=False, uptime=-1)}}}))

    assert places(found) == [("blue", "192.0.2.2", 64502, "idle")]


def test_junos_tells_instances_and_a_peer_over_several_tables_once() -> None:
    two = {
        "ipv4": {"received_prefixes": 7, "accepted_prefixes": 5, "sent_prefixes": 3},
        "ipv6": {"received_prefixes": 4, "accepted_prefixes": 4, "sent_prefixes": 1},
    }
    both = detail(received_prefix_count=11, accepted_prefix_count=9, advertised_prefix_count=4)

    found = sessions(
        answer({"global": {64502: [both]}, "blue": {64502: [detail()]}}),
        answer(
            {
                "global": {"peers": {"192.0.2.2": plain(address_family=two), "192.0.2.77": {"uptime": 9}}},
                "blue": {"peers": {"192.0.2.2": plain(description="Carol in blue")}},
            }
        ),
    )

    assert places(found) == [
        ("blue", "192.0.2.2", 64502, "established"),
        ("global", "192.0.2.2", 64502, "established"),
    ]
    assert [one.description for one in found] == ["Carol in blue", "Carol"]
    assert [count.family for count in found[1].counts] == [Family.IPV4, Family.IPV6]
    assert found[1].counts[1] == RouteCounts(family=Family.IPV6, received=4, accepted=4, advertised=1)


def test_whose_a_session_is_the_plain_answer_knows() -> None:
    mixed_up = {"red": {64503: [detail()], 64502: [detail()]}}

    found = sessions(answer(mixed_up), answer({"red": {"peers": {"192.0.2.2": plain(remote_as=64503)}}}))

    assert places(found) == [("red", "192.0.2.2", 64503, "established")]


def test_nxos_has_no_detailed_answer() -> None:
    family = {"ipv6": {"sent_prefixes": -1, "accepted_prefixes": -1, "received_prefixes": 4}}
    there = {
        "global": {"peers": {"2001:db8::2": plain(address_family=family, description="", remote_id="2001:db8::2")}},
        "blue": {"peers": {"2001:db8::2": plain(is_up=False, is_enabled=False, uptime=-1)}},
    }

    found = sessions(failing(NotOffered("nxos")), answer(there))

    assert places(found) == [
        ("blue", "2001:db8::2", 64502, "administratively down"),
        ("global", "2001:db8::2", 64502, "established"),
    ]
    assert (found[1].remote_id, found[1].counts) == ("", (RouteCounts(family=Family.IPV6, received=4),))


def test_an_empty_detailed_answer_is_filled_from_the_plain_one() -> None:
    found = sessions(answer({}), answer({"global": {"peers": {"192.0.2.2": plain()}}}))

    assert places(found) == [("global", "192.0.2.2", 64502, "established")]


def test_a_plain_answer_that_cannot_be_read_costs_times_and_descriptions_only() -> None:
    found = sessions(answer({"default": {64502: [detail()]}}), failing(DriverBroke("KeyError: 'OpenSent'")))

    assert places(found) == [("global", "192.0.2.2", 64502, "established")]


@pytest.mark.parametrize("told", [answer({}), failing(DriverBroke("textfsm")), failing(NotOffered("none"))])
def test_a_router_without_any_answer_is_not_one_without_sessions(told: Callable[[], Mapping[str, Any]]) -> None:
    with pytest.raises(DriverBroke, match="OpenSent"):
        sessions(told, failing(DriverBroke("KeyError: 'OpenSent'")))


class Terminal:
    """A router's terminal: what it prints to each command, from the files in `printed/`."""

    def __init__(self, folder: str) -> None:
        self.folder = PRINTED / folder

    def say(self, command: str) -> str:
        file = self.folder / f"{command.replace(' ', '_').replace(':', '-')}.txt"
        return file.read_text(encoding="utf-8") if file.exists() else ""


def napalm_driver(name: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = import_module("napalm").get_network_driver(name)("192.0.2.1", "alice", "unused")
    monkeypatch.setattr(made, "_send_command", terminal.say)
    return made


def test_ios_tells_one_address_in_two_vrfs_as_two_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    router = napalm_driver("ios", Terminal("ios"), monkeypatch)

    found = sessions(router.get_bgp_neighbors_detail, lambda: plain_answer(router, "ios"))

    assert places(found) == [
        ("blue", "198.51.100.2", 64502, "established"),
        ("global", "192.0.2.12", 64504, "active"),
        ("red", "198.51.100.2", 64503, "administratively down"),
    ]
    assert [one.accepted for one in found] == [7, 0, 0]


def test_nxos_ssh_tells_both_families_of_a_vrf(monkeypatch: pytest.MonkeyPatch) -> None:
    router = napalm_driver("nxos_ssh", Terminal("nxos_ssh"), monkeypatch)

    found = sessions(failing(NotOffered("nxos_ssh")), lambda: plain_answer(router, "nxos_ssh"))

    assert places(found) == [
        ("blue", "198.51.100.2", 64503, "idle"),
        ("global", "192.0.2.12", 64502, "established"),
        ("global", "2001:db8:100::12", 64502, "established"),
        ("global", "2001:db8:100::13", 64504, "administratively down"),
    ]
