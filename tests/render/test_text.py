"""Rendered text: read by a person, accepted by the daemons, and never an error in disguise."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from hanse.derive.devices import device_spec, device_specs
from hanse.network.known.irr import Expansion
from hanse.network.known.known import Known
from hanse.network.values.asn import Asn
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.network import Network
from hanse.render.dialects import DIALECTS
from hanse.render.text import NoDialect, TemplateBroken, render, template_names, template_text
from samples.city import city, city_with, peering_city

VLAN = {"ring0": {}, "ring1": {}, "ring1.10": {"parent": "ring1", "vlan": 10, "addresses": ["10.9.9.1/24"]}}
CASES = {
    "core": (city, "core1"),
    "spur": (city, "spur2"),
    "border": (city, "border1"),
    "customer-border": (city, "border2"),
    "one-session-off-one-with-password": (
        lambda: city_with(sessions={"westnet": {"password": "west"}, "pix-alme": {"status": "maintenance"}}),
        "border1",
    ),
    "customer-without-prefixes": (lambda: city_with(autonomous_systems={"64505": {"prefixes": []}}), "border2"),
    "no-own-space": (lambda: city_with(network={"space": []}), "border1"),
    "policies": (peering_city, "border1"),
    "policies-at-customer": (peering_city, "border2"),
    "bounded-by-irr": (
        lambda: city_with(
            autonomous_systems={
                "64501": {"irr_filter": "both", "as_set": "AS-ALME"},
                "64505": {"irr_filter": "prefixes", "prefixes": ["198.51.100.128/26"]},
            }
        ),
        "border1",
    ),
    "every-word-of-a-session": (
        lambda: city_with(
            bfd_profiles={"fast": {}},
            sessions={
                "westnet": {"multihop": 3, "passive": True, "keepalive": 7, "bfd": "fast"},
                "pix-alme": {"ttl_security": 1},
                "pix-lippe": {"ttl_security": 3, "password": "lippe"},
            },
        ),
        "border1",
    ),
    "drained-border": (lambda: city_with(nodes={"border2": {"status": "maintenance"}}), "border2"),
    "drained-link-and-session": (
        lambda: city_with(
            links={"border-west": {"status": "maintenance"}}, sessions={"westnet": {"status": "pre-maintenance"}}
        ),
        "border1",
    ),
    "staged-border": (lambda: city_with(nodes={"border2": {"status": "staged"}}), "border2"),
    "beside-a-planned-router": (lambda: city_with(nodes={"spur1": {"status": "planned"}}), "core2"),
    "vlan": (lambda: city_with(nodes={"core4": {"ports": VLAN}}), "core4"),
}


KNOWN = Known(
    expansions={
        name: Expansion(
            name=name,
            prefixes=(ip_network("198.51.100.0/28"), ip_network("2001:db8:a001::/48")),
            origins=(Asn(64501), Asn(64511)),
            sources=("EXAMPLE",),
            at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for name in ("AS-ALME", "AS64505")
    }
)


def rendered(case: str) -> str:
    network, node = CASES[case]
    return render(device_spec(network(), node, KNOWN))


@pytest.mark.parametrize("case", CASES)
def test_a_router_reads_as_agreed(case: str, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(rendered(case), f"bird2/{case}.txt")


@pytest.mark.skipif(not shutil.which("bird", path="/usr/sbin:/usr/bin"), reason="bird2 is not installed")
@pytest.mark.parametrize("case", CASES)
def test_bird_accepts_it(case: str, tmp_path: Path) -> None:
    said = checked(case, "/etc/bird/bird.conf", tmp_path, ["/usr/sbin/bird", "-p", "-c"])

    assert said == (0, "")


@pytest.mark.skipif(
    not shutil.which("ifup", path="/usr/sbin:/sbin") or os.geteuid() != 0,
    reason="ifupdown2 is not installed, or its check needs root",
)
@pytest.mark.parametrize("case", CASES)
def test_ifupdown2_accepts_it(case: str, tmp_path: Path) -> None:
    # A /run of its own: ifupdown2 wants /run/network there, and one call at a time.
    alone = "mount -t tmpfs tmpfs /run && mkdir /run/network && exec /usr/sbin/ifup -a -s -i $0"

    said = checked(case, "/etc/network/interfaces", tmp_path, ["/usr/bin/unshare", "-mn", "/bin/sh", "-c", alone])

    assert said == (0, "")


@pytest.mark.skipif(
    not shutil.which("nft", path="/usr/sbin:/usr/bin") or os.geteuid() != 0,
    reason="nftables is not installed, or its check needs root",
)
@pytest.mark.parametrize("case", CASES)
def test_nftables_accepts_it(case: str, tmp_path: Path) -> None:
    said = checked(case, "/etc/nftables.conf", tmp_path, ["/usr/bin/unshare", "-n", "/usr/sbin/nft", "-c", "-f"])

    assert said == (0, "")


def checked(case: str, path: str, folder: Path, check: list[str]) -> tuple[int, str]:
    """Return exit code and words of a daemon's own check of one file."""
    candidate = folder / "candidate"
    candidate.write_text(next(file.text for file in parse_bundle(rendered(case)) if file.path == path))
    done = subprocess.run([*check, str(candidate)], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def test_every_dialect_renders_the_whole_city() -> None:
    for dialect in DIALECTS:
        network = city_with(platforms={"debian": {"dialect": dialect}})
        assert all(render(spec) for spec in device_specs(network).values())


def test_the_same_network_gives_the_same_text_whatever_its_order() -> None:
    backwards = _backwards(city())

    assert all(render(spec) == render(device_spec(backwards, name)) for name, spec in device_specs(city()).items())


def _backwards(network: Network) -> Network:
    kinds = {
        kind: dict(reversed(getattr(network, kind).items()))
        for kind in ("sites", "nodes", "links", "sessions", "pools", "connections", "autonomous_systems")
    }
    return Network(
        network=network.network,
        platforms=network.platforms,
        link_classes=network.link_classes,
        exchanges=network.exchanges,
        **kinds,
    )


def test_changing_a_class_changes_two_routers_by_their_cost() -> None:
    before = device_specs(city())
    after = device_specs(city_with(links={"ring-uni-hafen": {"link_class": "radio"}}))

    changed = {name for name in before if render(before[name]) != render(after[name])}

    assert changed == {"core3", "core4"}
    old, new = (set(render(specs["core4"]).splitlines()) for specs in (before, after))
    assert new - old == {"            cost 100;"}


def test_an_override_stands_in_for_our_template() -> None:
    text = render(device_spec(city(), "core1"), {"linux/sysctl.conf.j2": "# {{ spec.name }}\n"})

    assert "#= /etc/sysctl.d/90-hanse.conf 0644 root\n# core1\n" in text


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ("{% if %}", "template linux/sysctl.conf.j2, line 1: Expected an expression"),
        ("ok\n{{ spec.nmae }}", "template linux/sysctl.conf.j2, line 2: .* has no attribute 'nmae'"),
        ("{{ nobody }}", "line 1: 'nobody' is undefined"),
        ("{{ 'a' | regex_replace('(', '') }}", "line 1: error: missing"),
        ("\n\n{{ spec.number / 0 }}", "line 3: ZeroDivisionError"),
        ("{{ spec.name | colour }}", "line 1: No filter named 'colour'"),
        ("{{ ''.__class__.__mro__ }}", "line 1: access to attribute '__class__' of 'str' object is unsafe"),
        ("{% include 'other.j2' %}", "other.j2"),
        ("{{ spec.ospf.interfaces[9].name }}", "line 1"),
        ("#= /etc/shadow 0644 root\n", "begins with '#= '"),
    ],
)
def test_a_broken_override_says_where_and_why(override: str, sentence: str) -> None:
    with pytest.raises(TemplateBroken, match=sentence):
        render(device_spec(city(), "core1"), {"linux/sysctl.conf.j2": override})


def test_a_platform_without_dialect_says_which_ones_there_are() -> None:
    network = city_with(platforms={"debian": {"dialect": "brid2"}})

    with pytest.raises(NoDialect, match="did you mean bird2"):
        render(device_spec(network, "core1"))


def test_our_own_templates_can_be_read_to_begin_an_override_with() -> None:
    for name in template_names("bird2"):
        assert "spec" in template_text(name)
    with pytest.raises(TemplateBroken, match="there is no template"):
        template_text("bird3/bird.conf.j2")
    with pytest.raises(NoDialect, match="there is no dialect"):
        template_names("quagga")


def test_no_value_of_a_router_breaks_out_of_its_quotes() -> None:
    network = city_with(sessions={"westnet": {"description": 'a";\nprotocol bgp evil {} "'}})

    text = render(device_spec(network, "border1"))

    assert "\nprotocol bgp evil" not in text
    assert 'description "a ; protocol bgp evil {}";' in text
