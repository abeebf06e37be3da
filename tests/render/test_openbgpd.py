"""Route servers: what is written for OpenBGPD, and that OpenBGPD takes it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hanse.derive.devices import device_spec, device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.files import load
from hanse.network.wanted.problems import problems
from hanse.render.text import render

TEXT = (Path(__file__).parents[1] / "lab" / "speakers" / "network.yml").read_text(encoding="utf-8")


def server(*changes: tuple[str, str]) -> DeviceSpec:
    """Return the route server of the lab's network, with texts put in the place of others."""
    text = TEXT
    for before, now in changes:
        assert before in text
        text = text.replace(before, now)
    network = load({"network.yml": text}).network
    assert not problems(network)
    return device_spec(network, "rs1")


def written(spec: DeviceSpec) -> str:
    """Return the text for OpenBGPD."""
    return next(file.text for file in parse_bundle(render(spec)) if file.path == "/etc/bgpd.conf")


@pytest.mark.skipif(not shutil.which("bgpd", path="/usr/sbin"), reason="there is no OpenBGPD: apt-get install openbgpd")
@pytest.mark.parametrize(
    "change",
    [
        ("hold: 30", "hold: 30"),
        ("hold: 30", "hold: 30, passive: true, ttl_security: 1, password: secret"),
        ("hold: 30", "hold: 30, status: disabled, multihop: 3"),
        ("198.51.100.64/28, ", ""),
        ("refuse: true, ", "communities: [from-east], "),
    ],
)
def test_openbgpd_takes_what_is_written(change: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "bgpd.conf"
    file.write_text(written(server(change)).replace("@secret(secret)@", "hidden"))
    file.chmod(0o600)

    said = subprocess.run(("/usr/sbin/bgpd", "-n", "-f", str(file)), capture_output=True, text=True, check=False)

    assert (said.returncode, said.stderr.strip()) == (0, "configuration OK")


def test_each_member_is_heard_for_what_it_lists_alone() -> None:
    text = written(server())

    assert "198.51.100.64/28 prefixlen 28 - 28" in text
    assert 'allow from 192.0.2.11 prefix-set "as64496_ipv4"' in text
    assert "allow from 192.0.2.13 inet prefixlen 1 - 28" in text


def test_a_policy_refuses_after_the_rule_that_allows() -> None:
    text = written(server())

    allowed = text.index("allow from 192.0.2.12 inet prefixlen 1 - 28")
    assert text.index("deny from 192.0.2.12 prefix { 198.51.100.96/28 or-longer }") > allowed
    assert "match from 192.0.2.12 set { large-community 64500:1:2 }" in text


def test_a_member_that_lists_nothing_is_not_heard() -> None:
    text = written(server(("prefixes: [198.51.100.64/28, ", "prefixes: [")))

    assert "allow from 192.0.2.11" not in text
    assert "allow from 2001:db8:100::11" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((("direction: import, refuse: true, ", "prepend: 2, "),), "leaves all else as it is"),
        ((("direction: import, refuse: true, ", "with_communities: [from-east], refuse: true, "),), "leaves all else"),
        ((('value: "64500:1:2"', 'value: "rt:64500:1"'),), "extended communities"),
        (
            (
                ("sessions:\n", "bfd_profiles: {fast: {}}\nsessions:\n"),
                ("hold: 30, communities", "bfd: fast, communities"),
            ),
            "no BFD",
        ),
    ],
)
def test_what_openbgpd_has_no_words_for_is_refused(changes: tuple[tuple[str, str], ...], said: str) -> None:
    with pytest.raises(WantedError, match=said):
        written(server(*changes))


def test_a_route_server_speaks_with_no_router_of_ours() -> None:
    specs = device_specs(load({"network.yml": TEXT}).network)

    assert specs["rs1"].bgp.internal == specs["rs1"].bgp.aside == ()
    assert {one.remote_node for one in specs["border"].bgp.internal} == {"core"}
    assert specs["rs1"].bgp.origins == ()
