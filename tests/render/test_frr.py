"""FRR: what is written reads as agreed, is taken by FRR itself, and means what all dialects mean."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hanse.derive.devices import device_spec, device_specs
from hanse.derive.ospf_spec import OspfStub
from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import parse_bundle, print_bundle
from hanse.network.values.communities import CommunityValue
from hanse.network.values.secrets import secret_names
from hanse.network.wanted.files import load
from hanse.render.explain import explain
from hanse.render.frr_words import ENDLESS, ENDLESS_PATH
from hanse.render.text import render
from hanse.render.vendor_words import NotExpressible, owned
from samples.borders import BORDERS, border_known, border_specs, border_text
from samples.city import city_with
from samples.route_map_text import asked_for, defined, read
from samples.routes import HEARD, KNOWN, taken, told

every_border = pytest.mark.parametrize("border", BORDERS)
LARGE = CommunityValue.parse("64500:300:1")


def frr_city(**changes: Any) -> dict[str, DeviceSpec]:
    """Return the running example with FRR everywhere."""
    return device_specs(city_with(platforms={"debian": {"dialect": "frr"}}, **changes))


def specs() -> dict[str, DeviceSpec]:
    """Return the routers whose configuration is agreed upon: the borders, and two of the city."""
    city = frr_city()
    return {**border_specs("frr"), "city-core": city["core1"], "city-border": city["border1"]}


def files(spec: DeviceSpec) -> dict[str, str]:
    """Return the text of each of FRR's files."""
    return {file.path: file.text for file in parse_bundle(render(spec)) if file.path.startswith("/etc/frr/")}


def text_of(spec: DeviceSpec) -> str:
    return files(spec)["/etc/frr/frr.conf"]


@pytest.mark.parametrize("name", [*BORDERS, "city-core", "city-border"])
def test_a_router_reads_as_agreed(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    owned_by_frr = [file for file in parse_bundle(render(specs()[name])) if file.path.startswith("/etc/frr/")]

    same_as_golden(print_bundle(owned_by_frr), f"frr/{name}.txt")


@pytest.mark.skipif(not shutil.which("vtysh"), reason="FRR is not installed")
@pytest.mark.parametrize("name", [*BORDERS, "city-core", "city-border"])
def test_frr_accepts_it(name: str, tmp_path: Path) -> None:
    candidate = tmp_path / "frr.conf"
    candidate.write_text(text_of(specs()[name]))

    checked = subprocess.run(
        ["vtysh", "-C", "-f", str(candidate)], capture_output=True, text=True, timeout=60, check=False
    )

    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@every_border
def test_what_is_taken_is_what_every_dialect_takes(border: str) -> None:
    spec = border_specs("frr")[border]
    router = read(text_of(spec), at_once=True)

    for session in spec.bgp.external:
        for heard in HEARD[session.family]:
            found = router.outcome(owned(session.name, "in"), heard)
            assert found == taken(spec.bgp, session, heard), (session.name, heard)


@every_border
def test_what_is_told_is_what_every_dialect_tells(border: str) -> None:
    spec = border_specs("frr")[border]
    router = read(text_of(spec), at_once=True)

    for session in spec.bgp.external:
        for known in KNOWN[session.family]:
            found = router.outcome(owned(session.name, "out"), known)
            assert found == told(spec.bgp, session, known), (session.name, known)


@every_border
def test_all_that_is_referred_to_is_there_and_nothing_else(border: str) -> None:
    text = text_of(border_specs("frr")[border])

    sources = {("route-map", owned("source", f"v{version}")) for version in (4, 6)}
    assert set(asked_for(text)) | sources == set(defined(text))


@every_border
def test_every_block_is_ended(border: str) -> None:
    text = text_of(border_specs("frr")[border])

    begun = re.findall(r"^(?:bfd|interface .*|route-map .*|router .*| profile .*)$", text, re.MULTILINE)
    families = re.findall(r"^ address-family ", text, re.MULTILINE)
    assert len(begun) == len(re.findall(r"^ ?exit$", text, re.MULTILINE))
    assert len(families) == len(re.findall(r"^ exit-address-family$", text, re.MULTILINE))


@every_border
def test_no_clause_sets_the_same_thing_twice(border: str) -> None:
    spec = border_specs("frr")[border]
    more = tuple(
        replace(session, imports=replace(session.imports, communities=(LARGE, *session.imports.communities)))
        for session in spec.bgp.external
    )

    text = text_of(replace(spec, bgp=replace(spec.bgp, external=more)))

    for clause in text.split("\nroute-map "):
        words = Counter(" ".join(line.split()[:2]) for line in clause.splitlines() if line.startswith(" set "))
        assert max(words.values(), default=1) == 1 or set(words) <= {"set extcommunity"}, clause
    assert re.search(r" set large-community 64500:1:\d 64500:300:1 additive", text)


def test_a_path_of_more_than_64_numbers_is_in_the_list_of_endless_ones() -> None:
    paths = {length: " ".join(["64501"] * length) for length in (1, 64, 65, 200)}

    found = {length for length, path in paths.items() if re.search(ENDLESS_PATH, path)}

    assert found == {65, 200}
    assert ENDLESS in text_of(border_specs("frr")["peering"])


def test_a_policy_sees_what_an_earlier_one_put_on() -> None:
    change = ("with_communities: [backup-wanted, backup-wanted-large]", "with_communities: [learned-here]")
    frr, ios = (load({"borders.yml": border_text(dialect).replace(*change)}).network for dialect in ("frr", "ios"))

    text = text_of(device_specs(frr, border_known())["peering"])

    assert "large-community-list standard HANSE-POLICY-AS-BACKUP-IN seq 5 permit 64500:100:1" in text
    with pytest.raises(NotExpressible, match="puts on"):
        render(device_specs(ios, border_known())["peering"])


def test_only_the_daemons_run_that_have_something_to_do() -> None:
    peering, core = border_specs("frr")["peering"], frr_city()["core1"]
    alone = replace(core, bgp=replace(core.bgp, internal=(), external=(), origins=()))

    lists = [files(spec)["/etc/frr/daemons"] for spec in (peering, core, alone)]

    found = [set(re.findall(r"^(\w+)=yes$", text, re.MULTILINE)) - {"vtysh_enable"} for text in lists]
    assert found == [{"bgpd", "ospfd", "ospf6d", "bfdd"}, {"bgpd", "ospfd", "ospf6d"}, {"ospfd", "ospf6d"}]


def test_a_drained_router_gives_its_links_the_highest_cost_and_keeps_its_own_addresses_near() -> None:
    core = frr_city()["core1"]

    text = text_of(replace(core, ospf=replace(core.ospf, max_metric=True)))

    costs = re.findall(r"^interface (\S+)\n(?: .*\n)*? (?:ip ospf|ipv6 ospf6) cost (\d+)$", text, re.MULTILINE)
    assert {cost for name, cost in costs if name != "lo"} == {"65535"}
    assert {cost for name, cost in costs if name == "lo"} == {"10"}


def test_a_session_that_is_off_stays_on_the_router_and_is_shut() -> None:
    text = text_of(border_specs("frr")["peering"])

    assert " neighbor 192.0.2.13 remote-as 64503\n" in text
    assert set(re.findall(r"^ neighbor (\S+) shutdown$", text, re.MULTILINE)) >= {"192.0.2.13", "192.0.2.14"}


def test_sessions_of_a_vrf_stand_in_its_own_instance() -> None:
    text = text_of(border_specs("frr")["vrf"])

    red = text.partition("\nrouter bgp 64500 vrf vrf-red\n")[2].partition("\nexit\n")[0]

    assert " neighbor 198.51.100.244 remote-as 64502" in red
    assert "HANSE-EBGP-VRF-RED-IPV4-IN" in red
    assert "HANSE-EBGP-VRF-BLUE" not in red


def test_passwords_stand_by_the_names_of_their_secrets() -> None:
    texts = [text_of(spec) for spec in border_specs("frr").values()]

    assert [set(secret_names(text)) for text in texts] == [{"alme"}, {"west"}, {"vrf.global"}]


def test_every_line_of_a_route_map_is_explained_by_its_session() -> None:
    lines = [line for line in explain(border_specs("frr")["transit"]) if "EBGP-BUCHLADEN-IPV4-IN " in line.text]

    assert {line.why for line in lines} == {"sessions.buchladen.addresses.0"}


def test_one_prefix_more_is_one_line_more() -> None:
    text = border_text("frr")
    more = text.replace("198.51.100.128/26,", "198.51.100.128/26, 198.51.100.16/28,")

    before, after = (
        text_of(device_spec(load({"borders.yml": one}).network, "transit", border_known())).splitlines()
        for one in (text, more)
    )

    assert not set(before) - set(after)
    assert len(set(after) - set(before)) == 1


def test_words_of_a_description_cannot_begin_a_line() -> None:
    spec = frr_city(sessions={"westnet": {"description": "a\nrouter bgp 64511\n!"}})["border1"]

    text = text_of(spec)

    assert "\nrouter bgp 64511" not in text
    assert "description a router bgp 64511 !" in text


def test_a_network_that_is_told_and_not_on_the_loopback_makes_its_own_interface_passive() -> None:
    border = frr_city()["border1"]
    lan = next(port for port in border.interfaces if port.role == "exchange")
    stubs = tuple(OspfStub(prefix=address.network, why="segments.lan") for address in lan.addresses)

    text = text_of(replace(border, ospf=replace(border.ospf, stubs=border.ospf.stubs + stubs)))

    passive = re.findall(r"^interface (\S+)\n(?: .*\n)*? (?:ip ospf|ipv6 ospf6) passive$", text, re.MULTILINE)
    assert passive == ["lo", lan.name] * 2
