"""The example with one of everything: it is valid, short, has all of it, and every router's text can be written."""

from typing import Final

import pytest

from hanse.derive.devices import device_specs
from hanse.network.wanted.anycast import Teller
from hanse.network.wanted.links import LinkStatus, Medium
from hanse.network.wanted.network import KINDS
from hanse.network.wanted.nodes import NodeStatus, Role
from hanse.network.wanted.ports import PortKind
from hanse.network.wanted.problems import problems
from hanse.network.wanted.segments import Flooding, SegmentKind
from hanse.network.wanted.services import Firewall, Trust
from hanse.network.wanted.sessions import Relationship
from hanse.network.wanted.tunnels import TunnelKind
from hanse.render.text import render
from samples.whole_city import WHOLE_CITY, whole_city

LINES: Final = 350
CITY: Final = whole_city()
SPECS: Final = device_specs(CITY)
WRITTEN: Final = sorted(name for name, spec in SPECS.items() if spec.dialect)


def test_nothing_in_it_contradicts_itself() -> None:
    assert [str(problem) for problem in problems(CITY)] == []


def test_all_its_files_together_stay_short() -> None:
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in WHOLE_CITY.glob("*.yml"))

    assert lines < LINES


def test_it_has_fourteen_routers_beside_speakers_and_an_antenna() -> None:
    routers = [node for node in CITY.nodes.values() if not node.is_speaker and not node.is_antenna]

    assert len(routers) == 14
    assert {CITY.platforms[node.platform].dialect for node in routers} == {"bird2", "frr"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_an_object_of_every_kind(kind: str) -> None:
    assert getattr(CITY, kind)


def test_it_has_all_roles_and_what_is_to_come_and_what_is_worked_on() -> None:
    assert {role for node in CITY.nodes.values() for role in node.roles} == set(Role)
    assert {node.status for node in CITY.nodes.values()} >= {NodeStatus.STAGED, NodeStatus.PLANNED}
    assert LinkStatus.MAINTENANCE in {link.status for link in CITY.links.values()}


def test_it_has_all_that_a_port_can_be_made_of() -> None:
    ports = [port for node in CITY.nodes.values() for port in node.ports.values()]

    assert {port.kind for port in ports} >= {PortKind.PHYSICAL, PortKind.BOND, PortKind.BRIDGE}
    assert any(port.parent for port in ports)


def test_it_has_every_kind_of_link_tunnel_and_segment() -> None:
    classes = CITY.link_classes.values()

    assert {one.medium for one in classes} == set(Medium)
    assert {one.trust for one in classes} == set(Trust)
    assert any(one.ldp for one in classes)
    assert {tunnel.kind for tunnel in CITY.tunnels.values()} == set(TunnelKind)
    assert {segment.kind for segment in CITY.segments.values()} == set(SegmentKind)
    assert {segment.flooding for segment in CITY.segments.values()} == set(Flooding)


def test_tables_leak_share_and_are_told_by_labels() -> None:
    vrfs = CITY.vrfs.values()

    assert any(leak.source for vrf in vrfs for leak in vrf.leaks.values())
    assert any(vrf.shared for vrf in vrfs)
    assert any(vrf.vpn for vrf in vrfs)


def test_it_is_closed_watched_and_told_by_both_kinds_of_teller() -> None:
    assert CITY.network.firewall is Firewall.CLOSED
    assert {service.speaker for service in CITY.anycasts.values()} == set(Teller)
    assert any(group.bfd for group in CITY.groups.values())
    assert CITY.network.nameservers


def test_it_has_upstreams_peers_and_a_customer_with_policies_both_ways() -> None:
    sessions = CITY.sessions.values()

    wanted = {Relationship.UPSTREAM, Relationship.PEER, Relationship.CUSTOMER}
    assert {session.relationship for session in sessions} >= wanted
    assert any(session.import_policies for session in sessions)
    assert any(session.export_policies for session in sessions)


@pytest.mark.parametrize("node", WRITTEN)
def test_the_text_of_every_router_can_be_written(node: str) -> None:
    assert render(SPECS[node])
