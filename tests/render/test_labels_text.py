"""Labels as text that the router's own daemons accept, and nothing of them where none are wanted."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hanse.derive.devices import device_spec
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.network import Network
from hanse.render.explain import explain
from hanse.render.text import render
from samples.labels import labels_network, labels_with

MODULES = "/etc/modules-load.d/hanse.conf"
CHECKS = {
    "south": ("/etc/bird/bird.conf", ("/usr/sbin/bird", "-p", "-c")),
    "core": ("/etc/frr/frr.conf", ("/usr/bin/vtysh", "-C", "-f")),
    "west": ("/etc/frr/frr.conf", ("/usr/bin/vtysh", "-C", "-f")),
}


def files(node: str, network: Network | None = None) -> dict[str, str]:
    text = render(device_spec(network or labels_network(), node))
    return {file.path: file.text for file in parse_bundle(text)}


def frr_text(node: str, network: Network | None = None) -> str:
    return files(node, network)["/etc/frr/frr.conf"]


@pytest.mark.parametrize("node", ["west", "south"])
def test_a_router_with_labels_reads_as_agreed(node: str, same_as_golden: Callable[[str, str], None]) -> None:
    dialect = "bird2" if node == "south" else "frr"

    same_as_golden(render(device_spec(labels_network(), node)), f"{dialect}/labels.txt")


@pytest.mark.parametrize("node", sorted(CHECKS))
def test_the_daemon_accepts_it(node: str, tmp_path: Path) -> None:
    path, check = CHECKS[node]
    if not shutil.which(check[0]):
        pytest.skip(f"{check[0]} is not installed")
    candidate = tmp_path / "candidate"
    candidate.write_text(files(node)[path])

    done = subprocess.run([*check, str(candidate)], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, "")


def test_frr_runs_ldp_on_routers_with_such_a_link_alone() -> None:
    without = labels_with("link_classes", "backbone", ldp=None)

    assert "ldpd=yes" in files("core")["/etc/frr/daemons"]
    assert "ldpd" not in files("core", without)["/etc/frr/daemons"]
    assert "mpls ldp" not in files("core", without)["/etc/frr/frr.conf"]


def test_ldp_tells_no_label_for_where_a_path_leads_unless_a_vpn_needs_it() -> None:
    network = labels_network()
    plain = replace(network, vrfs={name: replace(vrf, vpn=False) for name, vrf in network.vrfs.items()})

    # east is in a VPN, core is not; the path to core begins at west, the one to south at east
    assert "access-list HANSE-LDP seq 5 deny 10.20.0.2/32\naccess-list HANSE-LDP seq 10 permit any\n" in frr_text(
        "west"
    )
    assert "  label local advertise for HANSE-LDP\n" in frr_text("west")
    assert "deny 10.20.0.4/32" in frr_text("east")
    assert "deny 10.20.0.3/32" not in frr_text("west")
    assert "deny 10.20.0.3/32" in frr_text("west", plain)
    assert "HANSE-LDP" not in frr_text("west", labels_with("link_classes", "backbone", ldp=None))
    assert "HANSE-LDP" not in frr_text("west", labels_with(label_paths=None))


def test_a_router_without_labels_loads_no_module_and_speaks_of_none() -> None:
    found = files("south", labels_with(label_paths=None))

    assert MODULES not in found
    assert not [path for path, text in found.items() if "mpls" in text or "label" in text.replace("labels.example", "")]


def test_what_is_labelled_is_told_to_nobody_inside() -> None:
    bird = files("south")["/etc/bird/bird.conf"]

    exports = [line.strip() for line in bird.splitlines() if "export where source" in line]

    assert (
        exports
        == [
            'export where source ~ [ RTS_BGP, RTS_STATIC ] && proto != "labelled";',
            "export where source ~ [ RTS_BGP, RTS_STATIC ];",
        ]
        * 3
    )


def test_the_way_of_a_label_is_commented_with_its_path() -> None:
    bird = files("south")["/etc/bird/bird.conf"]

    assert "route mpls 100005 via 10.20.8.6%'east0' mpls 100005; # label_paths.long" in bird
    assert "route mpls 100000 via 10.20.8.6%'east0'; # label_paths.across" in bird


def test_every_label_is_explained_by_its_path() -> None:
    lines = explain(device_spec(labels_network(), "west"))

    found = {line.text: line.why for line in lines if "100002" in line.text or "label 100000" in line.text}

    assert found == {
        "mpls lsp 100002 10.20.8.1 100002": "label_paths.round",
        "ip route 10.20.0.3/32 10.20.8.5 south0 label 100000": "label_paths.across",
    }
