"""IOS XR: sets and policies that are there, what stands under `router bgp`, and what it has no words for."""

import re

import pytest

from hanse.derive.devices import device_specs
from hanse.network.wanted.files import load
from hanse.render.text import render
from hanse.render.vendor_words import NotExpressible
from samples.borders import BORDERS, border_known, border_specs, border_text
from samples.rpl_text import route_policies

NAME = re.compile(r"HANSE-[A-Z0-9-]+")
every_border = pytest.mark.parametrize("border", BORDERS)


def rendered(border: str, *changes: tuple[str, str]) -> str:
    """Return a border's text; each change replaces words of the network."""
    text = border_text("iosxr")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return render(device_specs(load({"borders.yml": text}).network, border_known())[border])


def section(text: str, *heads: str) -> list[str]:
    """Return the lines that stand under the heads, one within the other."""
    lines = text.splitlines()
    for depth, head in enumerate(heads):
        start = lines.index(" " * depth + head) + 1
        inside = lines[start:]
        length = next((i for i, line in enumerate(inside) if not line.startswith(" " * (depth + 1))), len(inside))
        lines = inside[:length]
    return [line.strip() for line in lines if line.strip() != "!"]


@every_border
def test_what_is_named_is_defined_and_what_is_defined_is_named(border: str) -> None:
    text = rendered(border)

    groups = set(re.findall(r"^ neighbor-group (\S+)$", text, re.MULTILINE))
    definitions = {name for _, name in route_policies(text).blocks} | groups
    heads = re.compile(r"^(?:\S+-set|route-policy| neighbor-group) HANSE-\S+$", re.MULTILINE)

    assert set(NAME.findall(heads.sub("", text))) == definitions


@every_border
def test_every_block_is_ended_and_every_if_with_it(border: str) -> None:
    text = rendered(border)

    assert len(re.findall(r"^(?:\S+-set|route-policy) ", text, re.MULTILINE)) == len(
        re.findall(r"^end-", text, re.MULTILINE)
    )
    assert len(re.findall(r"^ +if .* then$", text, re.MULTILINE)) == len(re.findall(r"^ +endif$", text, re.MULTILINE))


@every_border
def test_every_line_stands_as_deep_as_the_device_shows_it(border: str) -> None:
    depth = 0
    for line in rendered(border).splitlines():
        indent = len(line) - len(line.lstrip())
        assert line == line.rstrip()
        assert line
        assert indent <= depth + 2, line
        depth = indent


@every_border
def test_no_line_takes_anything_away_and_none_is_a_remark(border: str) -> None:
    lines = rendered(border).splitlines()

    assert not [line for line in lines if re.match(r" *(no |!.)", line)]


@pytest.mark.parametrize("address", ["192.0.2.13", "192.0.2.14", "198.51.100.226"])
def test_a_session_that_is_off_is_shut_down(address: str) -> None:
    assert "shutdown" in section(rendered("peering"), "router bgp 64500", f"neighbor {address}")


def test_a_session_that_is_on_is_not() -> None:
    assert "shutdown" not in section(rendered("peering"), "router bgp 64500", "neighbor 192.0.2.11")


def test_all_words_of_a_session() -> None:
    assert section(rendered("peering"), "router bgp 64500", "neighbor 192.0.2.11") == [
        "remote-as 64501",
        "use neighbor-group HANSE-PEER-V4",
        "bfd fast-detect",
        "bfd multiplier 3",
        "bfd minimum-interval 300",
        "timers 30 90",
        "password clear @secret(alme)@",
        "description Alme Hosting",
        "ttl-security",
        "address-family ipv4 unicast",
        "maximum-prefix 10 80 restart 15",
        "route-policy HANSE-EBGP-PIX-ALME-IPV4-IN in",
        "route-policy HANSE-EBGP-PIX-ALME-IPV4-OUT out",
    ]


def test_a_route_server_need_not_stand_in_the_path() -> None:
    text = rendered("peering")

    assert "enforce-first-as-disable" in section(text, "router bgp 64500", "neighbor-group HANSE-ROUTE-SERVER-V4")
    assert "enforce-first-as-disable" not in section(text, "router bgp 64500", "neighbor-group HANSE-PEER-V4")


def test_our_own_space_has_a_route_to_nowhere_and_its_mark() -> None:
    text = rendered("transit")

    assert section(text, "router static", "address-family ipv4 unicast") == ["203.0.113.0/24 Null0 description HANSE"]
    assert section(text, "router bgp 64500", "address-family ipv6 unicast") == [
        "network 2001:db8:500::/44 route-policy HANSE-ORIGIN"
    ]
    assert "  set large-community (64500:1:0)\n" in text


def test_reflector_clients_have_a_group_with_our_cluster_id() -> None:
    text = rendered("transit")

    client = section(text, "router bgp 64500", "neighbor-group HANSE-CLIENT-V4")

    assert {"cluster-id 10.20.0.3", "route-reflector-client", "next-hop-self"} <= set(client)
    assert "use neighbor-group HANSE-CLIENT-V4" in section(text, "router bgp 64500", "neighbor 10.20.0.2")
    assert "use neighbor-group HANSE-INTERNAL-V4" in section(text, "router bgp 64500", "neighbor 10.20.0.1")


def test_one_neighbour_address_stands_in_two_vrfs_and_in_the_global_table() -> None:
    text = rendered("vrf")

    found = [
        section(text, *heads, "neighbor 198.51.100.244")[0]
        for heads in (
            ("router bgp 64500",),
            ("router bgp 64500", "vrf red"),
            ("router bgp 64500", "vrf blue"),
        )
    ]

    assert found == ["remote-as 64503", "remote-as 64502", "remote-as 64502"]


def test_a_session_between_loopbacks_speaks_from_the_interface_that_has_its_address() -> None:
    text = rendered("transit")

    assert "update-source Loopback1" in section(text, "router bgp 64500", "neighbor 198.51.100.200")
    assert "update-source Loopback0" in section(text, "router bgp 64500", "neighbor 10.20.0.1")


def test_the_context_of_the_node_names_its_loopbacks() -> None:
    named = (
        "    roles: [route-reflector]\n",
        "    roles: [route-reflector]\n    context: {loopbacks: [Loopback7, Loopback9]}\n",
    )

    text = rendered("transit", named)

    assert "update-source Loopback9" in section(text, "router bgp 64500", "neighbor 198.51.100.200")
    assert "update-source Loopback7" in section(text, "router bgp 64500", "neighbor 10.20.0.1")


@pytest.mark.parametrize(
    ("border", "change", "sentence"),
    [
        (
            "transit",
            ("receive: 1000", "receive: 1500"),
            r"druckerei\.addresses\.0: .* profile slow has 1000 and 1500 ms",
        ),
        ("transit", ("multiplier: 5", "multiplier: 17"), r"profile slow has 17 and 1000: make them smaller"),
        ("peering", ("ttl_security: 1", "ttl_security: 2"), r"pix-alme\.addresses\.0: .* set `ttl_security` to 1"),
        ("transit", ("203.0.113.3, ", "203.0.113.9, "), r"no interface has the address 203\.0\.113\.9"),
        (
            "transit",
            ("    roles: [route-reflector]\n", "    roles: [route-reflector]\n    context: {loopbacks: [lo7]}\n"),
            r"nodes\.transit\.context: `loopbacks` has no name",
        ),
        (
            "peering",
            ("with_communities: [backup-wanted,", "with_communities: [learned-here, backup-wanted,"),
            r"routing_policies\.as-backup asks for 64500:100:1, which an earlier policy",
        ),
    ],
)
def test_what_ios_xr_has_no_words_for_is_refused_with_a_sentence(
    border: str, change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(NotExpressible, match=sentence):
        rendered(border, change)


def test_a_rule_that_asks_for_what_was_put_on_every_route_is_about_every_route() -> None:
    always = ("with_communities: [backup-wanted, backup-wanted-large]", "with_communities: [learned-at-pix]")

    text = rendered("peering", always)

    assert "\n  set local-preference 80\n" in text
    assert "matches-any (64500:1001)" not in text


def test_a_rule_that_asks_for_what_was_taken_off_is_about_no_route() -> None:
    never = ("with_communities: [backup-wanted, backup-wanted-large]", "with_communities: [backup-wanted-large]")

    assert "set local-preference 80" not in rendered("peering", never)


def test_the_dialect_changes_nothing_of_what_the_border_has_to_be() -> None:
    one, other = (border_specs(dialect)["vrf"].bgp for dialect in ("iosxr", "junos"))

    assert one == other
