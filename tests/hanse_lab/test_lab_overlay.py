"""The city with one vendor's router, as the lab would build it."""

from pathlib import Path

import pytest
import yaml

from hanse_lab.errors import LabError
from hanse_lab.lab import plan_from
from hanse_lab.overlay import overlay
from hanse_lab.plan import LabPlan, Plug

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def plan(tmp_path: Path) -> LabPlan:
    overlay(EXAMPLES / "small-city", EXAMPLES / "city-vendor", tmp_path)
    return plan_from(tmp_path)


def test_what_lies_above_holds_and_the_rest_shows_through(tmp_path: Path) -> None:
    overlay(EXAMPLES / "small-city", EXAMPLES / "city-vendor", tmp_path)

    nodes = yaml.safe_load((tmp_path / "network.yml").read_text())["nodes"]

    assert set(nodes["core4"]["ports"]) == {"ring0", "ring1", "border0"}
    assert set(nodes) >= {"core1", "border3"}


def test_the_vendors_router_starts_with_ports_and_ospf_but_no_bgp(plan: LabPlan) -> None:
    hand = next(router.by_hand for router in plan.routers if router.name == "border3")

    assert hand is not None
    assert "ip ospf network point-to-point" in hand.frr
    assert "interface Loopback0" in hand.text
    assert "bgp" not in hand.frr + hand.text
    assert [port.name for port in hand.ports] == ["lo", "core0", "pix0"]


def test_linux_routers_start_as_ever(plan: LabPlan) -> None:
    assert [router.name for router in plan.routers if router.by_hand] == ["border3"]


def test_a_member_waits_for_every_connection_of_ours(plan: LabPlan) -> None:
    senne = next(speaker for speaker in plan.speakers if speaker.name == "senne")

    assert {peer.address for peer in senne.peers} == {"192.0.2.1", "192.0.2.2", "2001:db8:100::1", "2001:db8:100::2"}
    assert senne.asn == 64506
    assert senne.ports[0].addresses == ("192.0.2.16/24", "2001:db8:100::16/64")


def test_all_meet_on_the_exchange(plan: LabPlan) -> None:
    (lan,) = [cable for cable in plan.cables if cable.name == "pix"]

    plugs = {Plug(node="border3", port="pix0"), Plug(node="senne", port="eth0"), Plug(node="egge", port="eth0")}
    assert plugs <= set(lan.plugs)


def test_a_member_of_no_exchange_is_said(tmp_path: Path) -> None:
    overlay(EXAMPLES / "small-city", EXAMPLES / "city-vendor", tmp_path)
    outside = tmp_path / "outside.yml"
    outside.write_text(outside.read_text().replace("exchange: pix", "exchange: nowhere"))

    with pytest.raises(LabError, match="member of 'nowhere', and the network has no such exchange"):
        plan_from(tmp_path)


def test_a_folder_without_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="holds no network"):
        overlay(EXAMPLES / "small-city", tmp_path, tmp_path / "out")
