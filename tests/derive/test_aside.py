"""Collectors and announcers: who speaks with them, and what is written on both sides."""

from pathlib import Path

import pytest

from hanse.derive.affected import affected
from hanse.derive.devices import device_specs
from hanse.derive.expected import wanted_sessions
from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.files import load
from hanse.network.wanted.problems import problems
from hanse.render.text import render

TEXT = (Path(__file__).parents[1] / "lab" / "speakers" / "network.yml").read_text(encoding="utf-8")


def specs(text: str = TEXT) -> dict[str, DeviceSpec]:
    """Return the specs of the lab's network."""
    network = load({"network.yml": text}).network
    assert not problems(network)
    return device_specs(network)


def file(spec: DeviceSpec, path: str) -> str:
    """Return one file of a router."""
    return next(file.text for file in parse_bundle(render(spec)) if file.path == path)


def ends(spec: DeviceSpec) -> list[tuple[str, str, str]]:
    """Return the sessions of a router with collectors, or of a collector: who is there, and both addresses."""
    return [(one.remote_node, str(one.local_address), str(one.remote_address)) for one in spec.bgp.aside]


def test_a_collector_hears_every_router_and_no_other_speaker() -> None:
    found = specs()

    assert ends(found["ear1"]) == [
        ("border", "198.18.23.22", "198.18.23.23"),
        ("core", "198.18.23.22", "198.18.23.24"),
    ]
    assert ends(found["core"]) == [
        ("ear1", "198.18.23.24", "198.18.23.22"),
        ("mouth1", "198.18.23.24", "198.18.23.25"),
    ]
    assert ends(found["rs1"]) == []
    assert found["ear1"].bgp.internal == ()


def test_a_collector_that_is_not_there_yet_is_told_nothing() -> None:
    found = specs(TEXT.replace("roles: [collector]", "roles: [collector]\n    status: planned"))

    assert [who for who, _, _ in ends(found["border"])] == ["mouth1"]
    assert ends(found["ear1"]) == []


def test_a_router_that_is_not_there_yet_tells_nothing() -> None:
    found = specs(TEXT.replace("platform: second", "platform: second\n    status: staged"))

    assert [who for who, _, _ in ends(found["ear1"])] == ["border"]


def test_sessions_with_collectors_are_wanted_on_both_sides() -> None:
    found = specs()

    assert "198.18.23.22" in {str(one.remote_address) for one in wanted_sessions(found["border"])}
    assert len(wanted_sessions(found["ear1"])) == 2


def test_routers_tell_a_collector_all_that_bgp_tells_them_and_hear_nothing() -> None:
    found = specs()
    bird = file(found["border"], "/etc/bird/bird.conf").partition("protocol bgp collector_2")[2].partition("\n}\n")[0]
    frr = file(found["core"], "/etc/frr/frr.conf")

    assert bird.count("import none;") == 2
    assert "rr client;" in bird
    assert "next hop address fd23::3;" in bird
    assert "route-map HANSE-COLLECTOR-2-IN deny 10" in frr
    assert frr.count(" neighbor 198.18.23.22 route-map HANSE-COLLECTOR-2-IN in") == 2


def test_a_collector_tells_nobody_anything() -> None:
    text = file(specs()["ear1"], "/etc/gobgpd.conf")

    assert 'default-export-policy = "reject-route"' in text
    assert text.count("[[neighbors]]") == 2


def test_an_announcer_tells_every_router_of_the_routes_fixed_on_it() -> None:
    text = file(specs()["mouth1"], "/etc/exabgp/exabgp.conf")

    assert text.count("neighbor ") == 2
    assert text.count("route 203.0.113.128/28 next-hop 10.23.0.4;") == 2


def test_routers_take_from_an_announcer_what_it_is_there_for_and_tell_it_nothing() -> None:
    found = specs()
    bird = file(found["border"], "/etc/bird/bird.conf").partition("protocol bgp announcer_5")[2].partition("\n}\n")[0]
    frr = file(found["core"], "/etc/frr/frr.conf")

    assert "import where net ~ [ 203.0.113.128/28 ];" in bird
    assert "import where net ~ [ 2001:db8:500:8::/64 ];" in bird
    assert bird.count("export none;") == 2
    assert "ip prefix-list HANSE-ANNOUNCER-5-V4 seq 5 permit 203.0.113.144/28" in frr
    assert "route-map HANSE-ANNOUNCER-5-OUT deny 10" in frr


def test_a_router_takes_nothing_from_an_announcer_that_lies_behind_itself() -> None:
    found = specs()

    taken = {
        name: [str(prefix) for session in found[name].bgp.aside for prefix in session.takes]
        for name in ("border", "core")
    }

    assert taken == {
        "border": ["203.0.113.128/28", "2001:db8:500:8::/64"],
        "core": ["203.0.113.144/28", "2001:db8:500:9::/64"],
    }


@pytest.mark.parametrize("name", ["border", "core", "ear1", "rs1"])
def test_an_open_router_lets_bgp_in_from_whomever_it_speaks_with(name: str) -> None:
    spec = specs()[name]

    text = file(spec, "/etc/nftables.conf")

    inside = (*spec.bgp.internal, *spec.bgp.aside, *spec.bgp.beside)
    theirs = [(one.remote_address, one.why) for one in inside]
    theirs += [(one.remote_address, one.why) for one in spec.bgp.external]
    assert [address for address, why in theirs if f" {address}, # {why}\n" not in text] == []


def test_nobody_asks_an_announcer_for_its_sessions() -> None:
    found = specs()

    assert wanted_sessions(found["mouth1"]) == ()
    assert "198.18.23.25" in {str(one.remote_address) for one in wanted_sessions(found["core"])}


@pytest.mark.parametrize(
    "change",
    [
        ("198.18.23.22/24", "198.18.23.32/24"),  # of the collector
        ("203.0.113.128/28", "203.0.113.192/28"),  # a route of the announcer
        ("198.18.23.24/24", "198.18.23.34/24"),  # of a router
        ("roles: [announcer]", "roles: [announcer]\n    status: planned"),
        ("dialect: frr", "dialect: bird2"),
    ],
)
def test_an_edit_names_every_router_that_it_reaches(change: tuple[str, str]) -> None:
    before, after = (load({"network.yml": text}).network for text in (TEXT, TEXT.replace(*change)))
    old, new = device_specs(before), device_specs(after)

    differing = {name for name in old if old[name] != new[name]}

    assert differing
    assert differing <= affected(before, after)
