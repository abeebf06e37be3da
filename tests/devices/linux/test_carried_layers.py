"""What the carried program knows of layers and tables: what a kernel lacks, what ifupdown2 says and leaves behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from hanse.devices.linux.carried import interfaces, kernel_features, port_names, strangers, tables
from hanse.devices.linux.carried.component import Candidate
from hanse.devices.linux.carried.tools import Ran

LINK = "[Match]\nPermanentMACAddress=02:00:5e:00:53:01\nType=ether\n\n[Link]\nName=lan0\n"


class Router:
    """The tools of a router, as they would answer; what they were asked is kept."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {words.replace("_", " "): answer for words, answer in answers.items()}
        self.asked: list[str] = []

    def run(self, *words: str) -> Ran:
        asked = " ".join(words)
        self.asked.append(asked)
        for beginning, answer in self.answers.items():
            if beginning in asked:
                return answer if isinstance(answer, Ran) else Ran(0, json.dumps(answer))
        return Ran(0, "")

    def changes(self) -> list[str]:
        """Return what was asked for besides looks."""
        return [asked for asked in self.asked if " show" not in asked and not asked.endswith(" rule")]


def candidate(text: str, path: str = "/etc/network/interfaces") -> Candidate:
    return Candidate(path, Path("staged"), text)


def test_a_kernel_without_a_feature_is_refused_at_the_line_that_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    router = Router(vrf=Ran(2, "Error: Unknown device type.\n"))
    monkeypatch.setattr(kernel_features, "run", router.run)

    (found,) = kernel_features.lacking([candidate("auto vrf-guests\niface vrf-guests\n    vrf-table 1001\n")])

    assert found.line == 3
    assert found.said == (
        "this kernel cannot make VRF devices (Error: Unknown device type.): modprobe vrf, or take them away"
    )


def test_only_what_is_needed_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    router = Router()
    monkeypatch.setattr(kernel_features, "run", router.run)

    found = kernel_features.lacking([candidate("auto eth0\niface eth0\n    address 192.0.2.1/24\n")])

    assert (found, router.asked) == ([], [])


def test_a_trunk_that_ifquery_takes_for_broken_is_well() -> None:
    said = json.dumps([{"name": "bond0", "status": "fail", "config_status": {"bridge-vids": "pass"}, "config": {}}])

    assert interfaces.differences(said, {"bond0"}) == []
    assert interfaces.differences(said) == ["bond0 is not there"]


def test_a_trunk_that_lacks_a_vlan_is_not() -> None:
    status = {"bridge-vids": "fail"}
    said = json.dumps([{"name": "bond0", "status": "fail", "config_status": status, "config": {"bridge-vids": "10"}}])

    assert interfaces.differences(said, {"bond0"}) == ["bond0 lacks bridge-vids 10"]


def test_a_trunk_that_takes_untagged_frames_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    router = Router(bridge=[{"ifname": "bond0", "vlans": [{"vlan": 1, "flags": ["PVID", "Egress Untagged"]}]}])
    monkeypatch.setattr(interfaces, "run", router.run)
    monkeypatch.setattr(interfaces, "links", lambda: {"bond0"})

    assert interfaces.with_untagged({"bond0", "gone0"}) == ["bond0 takes frames without a tag"]


def test_the_ports_of_a_bridge_that_want_no_untagged_frames_are_read_from_their_stanza() -> None:
    text = "auto bond0\niface bond0\n    bridge-allow-untagged  no\n\nauto lab0\niface lab0\n    bridge-access 10\n"

    assert interfaces.tagged_only(text) == {"bond0"}


def test_without_a_table_rules_are_as_on_a_fresh_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [{"priority": 1000, "src": "all", "l3mdev": None}, {"priority": 32765, "src": "all", "table": "local"}]
    router = Router(type_vrf=[], unreachable=[], rule_show_pref_900=[], rule_show=rules)
    monkeypatch.setattr(tables, "run", router.run)
    monkeypatch.setattr(tables, "FAMILIES", ("-4",))

    tables.forget_tables("")

    assert router.changes() == [
        "ip -4 rule add pref 0 table local",
        "ip -4 rule del pref 32765 table local",
        "ip -4 rule del pref 1000 l3mdev",
    ]


def test_while_a_table_is_there_its_rules_stay_and_others_leave_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [{"ifname": "vrf-works", "linkinfo": {"info_kind": "vrf", "info_data": {"table": 1002}}}]
    nowhere = [{"dst": "default", "table": table, "metric": tables.NOWHERE} for table in ("1001", "1002")]
    foreign = {"dst": "default", "table": "1003", "metric": 7}
    router = Router(type_vrf=there, unreachable=[*nowhere, foreign])
    monkeypatch.setattr(tables, "run", router.run)
    monkeypatch.setattr(tables, "FAMILIES", ("-6",))

    tables.forget_tables("")

    assert router.changes() == [f"ip -6 route del unreachable default table 1001 metric {tables.NOWHERE}"]


def test_a_tunnel_that_goes_by_another_table_leaves_no_rule_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    stays, left, foreign = (
        {"fwmark": "0xca6f", "table": "1007"},
        {"fwmark": "0xca70", "table": "1007"},
        {"table": "1007"},
    )
    elsewhere = {"fwmark": "0xca71", "table": "99"}
    router = Router(rule_show_pref_900=[stays, left, foreign, elsewhere])
    monkeypatch.setattr(tables, "run", router.run)
    monkeypatch.setattr(tables, "FAMILIES", ("-4",))
    monkeypatch.setattr(tables, "tables", lambda: {"vrf-wan": 1007})

    tables.forget_tables("    up ip -4 rule add fwmark 51823 lookup 1007 priority 900 || true\n")

    assert router.changes() == ["ip -4 rule del pref 900 fwmark 51824 table 1007"]


def test_a_port_that_was_nobodys_is_so_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"ifname": "eth1", "master": "br0", "mtu": 9000, "flags": ["UP"]}
    router = Router(address_show=[{**now, "addr_info": [{"local": "192.0.2.1", "prefixlen": 24, "scope": "global"}]}])
    monkeypatch.setattr(strangers, "run", router.run)

    strangers.as_before({"eth1": {"master": "", "mtu": 1500, "up": False, "addresses": []}})

    assert router.changes() == [
        "ip link set eth1 nomaster",
        "ip address delete 192.0.2.1/24 dev eth1",
        "ip link set eth1 mtu 1500",
        "ip link set eth1 down",
    ]


def ports(**more: Any) -> list[dict[str, Any]]:
    port = {"ifname": "eth3", "link_type": "ether", "address": "02:00:5e:00:53:01", "flags": []}
    above = {**port, "ifname": "eth3.5", "linkinfo": {"info_kind": "vlan"}}
    return [{**port, **more}, above, {**port, "ifname": "eth4", "address": "02:00:5e:00:53:04"}]


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        (ports(), ""),
        (ports(ifname="lan0", flags=["UP"]), ""),
        (ports(address="02:00:5e:00:53:09"), "no port has the address 02:00:5e:00:53:01"),
        (ports(flags=["UP"]), "eth3 has this address and is in use"),
        ([*ports(), {**ports()[2], "ifname": "lan0"}], "lan0 is another port"),
    ],
)
def test_a_port_gets_its_name_only_where_that_is_safe(
    there: list[dict[str, Any]], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(port_names, "run", Router(address_show=there).run)

    found = port_names.check([candidate(LINK, "/etc/systemd/network/10-hanse-lan0.link")])

    assert [sentence in str(one) for one in found] == ([True] if sentence else [])


def test_an_idle_port_is_renamed_and_gets_its_old_name_back(monkeypatch: pytest.MonkeyPatch) -> None:
    router = Router(address_show=ports())
    monkeypatch.setattr(port_names, "run", router.run)
    monkeypatch.setattr(port_names, "wanted", lambda: port_names.names_of(LINK))
    remembered = port_names.remember([candidate(LINK)])

    port_names.reload()
    router.answers = {"address show": ports(ifname="lan0")}
    port_names.judge()
    port_names.restore(remembered)

    assert router.changes() == [
        "ip link set eth3 down",
        "ip link set eth3 name lan0",
        "ip address flush dev lan0",
        "ip link set lan0 down",
        "ip link set lan0 name eth3",
    ]
