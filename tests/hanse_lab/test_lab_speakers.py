"""What is written for the daemons of the outside world."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hanse_lab.neighbours import address_lines, recipe_for
from hanse_lab.plan import Daemon, Peer, Speaker, SpeakerPort
from hanse_lab.speakers import exabgp, frr, gobgp, openbgpd
from hanse_lab.speakers.form import answering


def member(daemon: Daemon, *, route_server: bool = False) -> Speaker:
    """Return a member of an exchange that speaks with us in both families, and with a route server in one."""
    return Speaker(
        name="alice",
        daemon=daemon,
        asn=64501,
        router_id="192.0.2.11",
        ports=(SpeakerPort(name="eth0", addresses=("192.0.2.11/24", "2001:db8:100::11/64")),),
        peers=(
            Peer(name="pix-alice", address="192.0.2.1", local_address="192.0.2.11", asn=64500),
            Peer(name="pix-alice", address="2001:db8:100::1", local_address="2001:db8:100::11", asn=64500),
            Peer(
                name="pix-rs",
                address="192.0.2.250",
                local_address="192.0.2.11",
                asn=64510,
                is_ours=False,
                via_route_server=True,
            ),
        ),
        announces=("0.0.0.0/0", "198.51.100.0/28", "2001:db8:a001::/48"),
        path=(64506, 64507),
        route_server=route_server,
        back=(("203.0.113.0/24", "192.0.2.1"),),
    )


def test_frr(same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(frr.configuration(member(Daemon.FRR)), "frr.conf")


def test_openbgpd(same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(openbgpd.configuration(member(Daemon.OPENBGPD)), "openbgpd.conf")


def test_an_openbgpd_route_server(same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(openbgpd.configuration(member(Daemon.OPENBGPD, route_server=True)), "openbgpd-route-server.conf")


def test_gobgp(same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(gobgp.configuration(member(Daemon.GOBGP)), "gobgp.toml")


def test_exabgp(same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(exabgp.configuration(member(Daemon.EXABGP)), "exabgp.conf")


@pytest.mark.parametrize("daemon", [daemon for daemon in Daemon if daemon is not Daemon.NONE])
def test_every_daemon_has_a_recipe_that_starts_something(daemon: Daemon) -> None:
    recipe = recipe_for(member(daemon), Path("/run/hanse-lab/x/neighbours/alice"))

    assert recipe.starts or recipe.stays


def test_gobgp_is_told_its_routes_with_their_path() -> None:
    told = gobgp.recipe(member(Daemon.GOBGP)).then

    assert told[1][-4:] == ("nexthop", "192.0.2.11", "aspath", "64506 64507")


def test_an_announced_prefix_answers_at_its_first_address() -> None:
    assert answering("198.51.100.64/28") == "198.51.100.65/32"
    assert answering("2001:db8:f00::/48") == "2001:db8:f00::1/128"


def test_a_daemon_that_installs_no_routes_gets_its_way_back_by_hand() -> None:
    by_hand = address_lines(member(Daemon.GOBGP))
    by_daemon = address_lines(member(Daemon.FRR))

    assert "route replace 203.0.113.0/24 via 192.0.2.1" in by_hand
    assert not [line for line in by_daemon if line.startswith("route")]


def test_a_default_route_answers_nothing() -> None:
    assert not [line for line in address_lines(member(Daemon.FRR)) if "0.0.0" in line]
