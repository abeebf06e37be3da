"""What stands below routing and the tables beside the global one, as text that the router's own tools accept."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hanse.derive.devices import device_spec
from hanse.network.values.bundle import parse_bundle
from hanse.render.text import render
from samples.layers import layers, layers_with

DIALECTS = ("bird2", "frr")
CHECKS = {
    "bird2": ("/etc/bird/bird.conf", ("/usr/sbin/bird", "-p", "-c")),
    "frr": ("/etc/frr/frr.conf", ("/usr/bin/vtysh", "-C", "-f")),
}


def west(dialect: str) -> str:
    return render(device_spec(layers(dialect, dialect), "west"))


def part(text: str, path: str) -> str:
    return next(file.text for file in parse_bundle(text) if file.path == path)


def stanza(text: str, name: str) -> str:
    """Return the lines of one interface."""
    interfaces = part(text, "/etc/network/interfaces")
    return interfaces.partition(f"iface {name}\n")[2].partition("\n\n")[0]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_router_with_everything_reads_as_agreed(dialect: str, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(west(dialect), f"{dialect}/layers.txt")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_daemon_accepts_it(dialect: str, tmp_path: Path) -> None:
    path, check = CHECKS[dialect]
    if not shutil.which(check[0]):
        pytest.skip(f"{check[0]} is not installed")
    candidate = tmp_path / "candidate"
    candidate.write_text(part(west(dialect), path))

    done = subprocess.run([*check, str(candidate)], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, "")


@pytest.mark.skipif(
    not shutil.which("ifup", path="/usr/sbin:/sbin") or os.geteuid() != 0,
    reason="ifupdown2 is not installed, or its check needs root",
)
def test_ifupdown2_has_nothing_against_it_but_what_it_has_yet_to_make(tmp_path: Path) -> None:
    candidate = tmp_path / "interfaces"
    candidate.write_text(part(west("bird2"), "/etc/network/interfaces"))
    alone = "mount -t tmpfs tmpfs /run && mkdir /run/network && exec /usr/sbin/ifup -a -s -i $0"
    words = ("/usr/bin/unshare", "-mn", "/bin/sh", "-c", alone, str(candidate))

    said = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)

    lines = [line for line in (said.stdout + said.stderr).splitlines() if "bridge inherits mtu" not in line]
    assert all("veth-peer-name: invalid value" in line for line in lines), lines


def test_a_table_has_no_way_out_into_the_global_one() -> None:
    lines = stanza(west("bird2"), "vrf-guests")

    assert "post-up ip -4 route replace unreachable default table 1001 metric 4278198272" in lines
    assert "post-up ip -6 route replace unreachable default table 1001 metric 4278198272" in lines


def test_a_session_in_a_table_is_bound_to_it_and_feeds_it() -> None:
    session = {
        "beside": {"asn": 64501, "relationship": "peer", "node": "west", "addresses": ["10.88.0.7"], "vrf": "guests"}
    }
    network = layers_with(autonomous_systems={"64501": {"name": "Alme"}}, sessions=session)

    text = part(render(device_spec(network, "west")), "/etc/bird/bird.conf")

    block = text.partition("protocol bgp ebgp_beside_ipv4 ")[2]
    assert '    vrf "vrf-guests";\n' in block
    assert "        table vrf_guests4;\n" in block


def test_ssh_hears_the_table_of_the_management() -> None:
    network = layers_with("nodes", "west", "ports", mgmt={"vrf": "works"})

    text = part(render(device_spec(network, "west")), "/etc/sysctl.d/90-hanse.conf")

    assert "-net.ipv4.tcp_l3mdev_accept = 1\n" in text


def test_what_is_leaked_from_the_global_table_is_told_to_it_alone() -> None:
    leak = {"far": {"source": "", "prefixes": ["10.66.0.0/16", "2001:db8::/32"]}}
    network = layers_with("vrfs", "guests", leaks=leak)

    text = part(render(device_spec(network, "west")), "/etc/bird/bird.conf")

    assert "protocol pipe leak_guests_far4 {\n    table vrf_guests4;\n    peer table master4;\n" in text
    assert "protocol pipe leak_guests_far6 {\n    table vrf_guests6;\n    peer table master6;\n" in text
