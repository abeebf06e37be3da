"""FRR in the transaction, on a real router: started, changed, put back, and never beside BIRD."""

from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from devices.linux.frr_texts import CONFIGURATION, DAEMONS, frr_text
from devices.linux.linux_node import LinuxNode
from devices.linux.linux_texts import old_text
from devices.linux.outcome import install_old, try_it, verdict_in_time, wait_until
from hanse.devices.driver import CandidateRefused, CommitFailed, Verdict
from hanse.devices.linux.driver import LINUX
from hanse.network.seen.bgp import BgpState

pytestmark = [
    pytest.mark.lab,
    pytest.mark.skipif(not Path("/usr/lib/frr/frr-reload.py").exists(), reason="FRR or frr-pythontools is missing"),
]

MINUTE = timedelta(minutes=1)
SOON = timedelta(seconds=5)


def daemons(node: LinuxNode) -> set[str]:
    """Return the routing daemons that run on the router."""
    running = set(node.run("ps -eo comm").split())
    return running & {"bird", "zebra", "staticd", "bgpd", "ospfd", "bfdd", "watchfrr"}


def routes(node: LinuxNode) -> str:
    """Return the routes that a routing daemon made."""
    return node.run("ip route show 198.51.100.0/24").strip()


def install(node: LinuxNode, name: str, text: str) -> None:
    with LINUX.open(node.target) as driver:
        driver.stage(name, text)
        driver.commit(name, undo_after=None)


def test_the_daemons_that_are_wanted_run_with_the_whole_configuration(node: LinuxNode) -> None:
    text = frr_text(node)

    install(node, "frr", text)

    assert daemons(node) == {"zebra", "staticd", "bgpd", "ospfd", "watchfrr"}
    assert "proto static" in routes(node)
    with LINUX.open(node.target) as driver:
        assert driver.running() == text
        (session,) = driver.bgp_sessions()
        assert dict(driver.facts().versions)["frr"]
    assert (str(session.remote_address), session.state.carries_routes) == ("192.0.2.9", False)
    assert session.state is not BgpState.ADMIN_DOWN
    assert "Strandkorb" not in node.run("cat /var/log/frr/* 2>/dev/null || true")


def test_a_changed_file_is_taken_in_without_a_restart(node: LinuxNode) -> None:
    install(node, "frr", frr_text(node))
    before = node.run("pgrep -a 'zebra|bgpd|ospfd'")

    install(node, "more", frr_text(node, CONFIGURATION.replace("198.51.100.0/24", "198.51.100.0/25")))

    assert node.run("pgrep -a 'zebra|bgpd|ospfd'") == before
    assert not routes(node)
    assert "unreachable" in node.run("ip route show 198.51.100.0/25")


def test_daemons_come_and_go_with_their_list_and_the_others_stay(node: LinuxNode) -> None:
    before_bgp, _, bgp = CONFIGURATION.partition("router bgp")
    install(node, "ospf", frr_text(node, before_bgp, DAEMONS.replace("bgpd=yes", "bgpd=no")))
    was = daemons(node), node.run("pgrep -a 'zebra|staticd'")
    without_ospf = before_bgp.partition("interface lo")[0] + "router bgp" + bgp

    install(node, "bgp", frr_text(node, without_ospf, DAEMONS.replace("bfdd=no", "bfdd=yes").replace("ospfd=yes", "")))

    assert was[0] == {"zebra", "staticd", "ospfd", "watchfrr"}
    assert daemons(node) == {"zebra", "staticd", "bgpd", "bfdd", "watchfrr"}
    assert node.run("pgrep -a 'zebra|staticd'") == was[1]
    assert "Strandkorb" in node.run("vtysh -c 'show running-config'")
    assert "Strandkorb" not in node.run("cat /var/log/frr/* 2>/dev/null || true")


def test_a_router_changes_its_daemon_and_is_put_back(node: LinuxNode) -> None:
    install_old(node)

    with LINUX.open(node.target) as driver:
        driver.stage("frr", frr_text(node))
        driver.commit("frr", undo_after=MINUTE)
        on_trial = daemons(node), routes(node)
        driver.undo("frr")
        assert driver.running() == old_text(node)

    assert on_trial == (
        {"zebra", "staticd", "bgpd", "ospfd", "watchfrr"},
        "unreachable 198.51.100.0/24 proto static metric 20",
    )
    assert daemons(node) == {"bird"}
    assert node.run("ls /run/frr") == ""
    assert "kept" in node.run("birdc show protocols")


def test_an_frr_that_ran_idle_beside_bird_does_so_again_after_undo(node: LinuxNode) -> None:
    install_old(node)
    node.write("/etc/frr/daemons", "bgpd=no\n")
    node.write("/etc/frr/frr.conf", "log syslog informational\n")
    node.run("chown -R frr:frr /etc/frr; /usr/lib/frr/frrinit.sh start >/dev/null 2>&1")

    with LINUX.open(node.target) as driver:
        driver.stage("frr", frr_text(node))
        driver.commit("frr", undo_after=MINUTE)
        on_trial = daemons(node)
        driver.undo("frr")

    assert on_trial == {"zebra", "staticd", "bgpd", "ospfd", "watchfrr"}
    assert daemons(node) == {"bird", "zebra", "staticd", "watchfrr"}


def test_a_router_changes_back_for_good_and_nothing_of_frr_is_left(node: LinuxNode) -> None:
    install(node, "frr", frr_text(node))

    install(node, "bird", old_text(node))

    assert daemons(node) == {"bird"}
    assert routes(node) == ""
    assert "frr.conf" not in node.run("ls /etc/frr")


@pytest.mark.parametrize("step", ["reloading:bird", "reloading:frr", "judged"])
def test_a_change_of_daemons_killed_half_way_ends_with_the_old_one(node: LinuxNode, step: str) -> None:
    install_old(node)
    node.write("/run/hanse-fault", step)

    try_it(node, frr_text(node))

    assert verdict_in_time(node, "new", timedelta(seconds=25)) is Verdict.REVERTED
    assert daemons(node) == {"bird"}
    assert node.leftovers() == []


@pytest.mark.parametrize("step", ["restoring:frr-gone", "restoring:frr"])
def test_an_undo_of_it_killed_half_way_is_done_by_the_other_guard(node: LinuxNode, step: str) -> None:
    install(node, "frr", frr_text(node))
    node.write("/run/hanse-fault", step)

    try_it(node, old_text(node))

    assert verdict_in_time(node, "new", timedelta(seconds=25)) is Verdict.REVERTED
    assert daemons(node) == {"zebra", "staticd", "bgpd", "ospfd", "watchfrr"}
    assert "proto static" in routes(node)


def test_a_power_cut_while_the_other_daemon_starts_brings_the_old_one(node: LinuxNode) -> None:
    install_old(node)
    node.write("/run/hanse-fault", "reloading:frr pause")
    deploying = Thread(target=try_it, args=(node, frr_text(node)))
    deploying.start()
    wait_until(lambda: " reloading:frr\n" in (node.read("/run/hanse/new.progress") or ""), timedelta(seconds=30))

    node.cut_power()
    node.start()
    deploying.join(timeout=30)

    assert verdict_in_time(node, "new") is Verdict.REVERTED
    wait_until(lambda: daemons(node) == {"bird"}, SOON)


def test_power_comes_back_to_frr(node: LinuxNode) -> None:
    install(node, "frr", frr_text(node))

    node.cut_power()
    node.start()

    wait_until(lambda: "proto static" in routes(node), timedelta(seconds=20))
    assert daemons(node) == {"zebra", "staticd", "bgpd", "ospfd", "watchfrr"}


def test_a_word_that_frr_does_not_know_is_refused_with_its_line(node: LinuxNode) -> None:
    text = frr_text(node, CONFIGURATION.replace("router ospf\n", "router ospf\n no such word\n"))

    with LINUX.open(node.target) as driver, pytest.raises(CandidateRefused, match=r"/etc/frr/frr\.conf:14: % Unknown"):
        driver.stage("frr", text)

    assert daemons(node) == set()


def test_a_line_that_frr_does_not_take_fails_the_commit_and_all_is_as_before(node: LinuxNode) -> None:
    install(node, "frr", frr_text(node))
    itself = "router-id 10.255.0.1\n neighbor 10.255.0.1 remote-as 64502\n"

    with LINUX.open(node.target) as driver:
        driver.stage("new", frr_text(node, CONFIGURATION.replace("router-id 10.255.0.1\n neigh", f"{itself} neigh")))
        with pytest.raises(CommitFailed):
            driver.commit("new", undo_after=MINUTE)
        assert driver.verdict("new") is Verdict.REVERTED
        assert driver.running() == frr_text(node)

    assert "64502" not in node.run("vtysh -c 'show running-config'")
