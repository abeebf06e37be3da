"""Names of what Hanse owns on a vendor's router, and texts that every command line takes."""

import re
from dataclasses import replace
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.values.communities import CommunityValue
from hanse.render.vendor_words import (
    LONGEST_NAME,
    NotExpressible,
    by_address,
    cannot,
    distinct,
    mark,
    marks_used,
    of_sort,
    owned,
    plain_text,
    source_interface,
)
from samples.borders import border_specs

object_names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}", fullmatch=True)


@given(object_names)
def test_a_name_is_one_that_every_platform_takes(name: str) -> None:
    assert re.fullmatch(r"HANSE-[A-Z0-9-]*[A-Z0-9]", owned("policy", name, "v4"))
    assert len(owned("policy", name, "v4")) <= LONGEST_NAME


@given(object_names, object_names)
def test_two_policies_never_share_a_name(one: str, other: str) -> None:
    shared = owned("policy", distinct(one)) == owned("policy", distinct(other))

    assert shared == (one == other)


@pytest.mark.parametrize("other", ["prefer.pix", "Prefer-pix", "prefer_pix", "prefer--pix", "prefer-pix-"])
def test_names_that_differ_in_punctuation_or_capitals_stay_apart(other: str) -> None:
    assert owned("policy", distinct(other)) != owned("policy", distinct("prefer-pix"))


def test_two_long_names_that_begin_alike_stay_apart() -> None:
    one, other = (f"ebgp_{'x' * 60}{end}_ipv4" for end in "ab")

    assert owned(one, "in") != owned(other, "in") != owned(other, "out")


@given(st.text())
def test_a_plain_text_is_one_line_of_ascii_without_what_command_lines_take_for_themselves(text: str) -> None:
    plain = plain_text(text)

    assert len(plain) <= 80
    assert re.fullmatch(r"[ -~]*", plain)
    assert not re.search(r"""["'?\\]|  |^ | $""", plain)


def test_a_refusal_carries_its_sentence() -> None:
    with pytest.raises(NotExpressible, match="no words"):
        cannot("no words for it")


def test_marks_are_large_communities_of_our_own() -> None:
    assert [str(mark(4200000000, name)) for name in ("ours", "upstream")] == ["4200000000:1:0", "4200000000:1:4"]


def test_marks_that_are_put_on_or_looked_at_are_used() -> None:
    specs = border_specs("junos")

    assert marks_used(specs["peering"].bgp) == ["ours", "customer", "peer", "route-server"]
    assert marks_used(specs["transit"].bgp) == ["ours", "customer", "peer", "route-server", "upstream"]


def test_communities_are_told_apart_by_their_sort() -> None:
    all_sorts = [CommunityValue.parse(text) for text in ("64500:1", "rt:64500:2", "64500:1:2")]

    assert [[str(one) for one in of_sort(all_sorts, sort)] for sort in ("standard", "extended", "large")] == [
        ["64500:1"],
        ["rt:64500:2"],
        ["64500:1:2"],
    ]


def test_prefixes_stand_by_address_and_each_once() -> None:
    prefixes = map(ip_network, ("192.0.2.0/25", "9.0.0.0/8", "192.0.2.0/24", "9.0.0.0/8"))

    assert [str(prefix) for prefix in by_address(prefixes)] == ["9.0.0.0/8", "192.0.2.0/24", "192.0.2.0/25"]


@pytest.mark.parametrize(
    ("address", "interface"),
    [("10.20.0.3", "lo0"), ("203.0.113.3", "lo1"), ("2001:db8:500::3", "lo1"), ("198.51.100.249", "up0")],
)
def test_an_address_is_on_its_interface_and_a_loopbacks_name_is_the_platforms(address: str, interface: str) -> None:
    assert source_interface(border_specs("iosxr")["transit"], ip_address(address), "lo") == interface


def test_a_context_that_is_no_list_of_names_is_said_so() -> None:
    spec = replace(border_specs("iosxr")["transit"], context={"loopbacks": "Loopback7"})

    with pytest.raises(NotExpressible, match="`loopbacks` has no name"):
        source_interface(spec, ip_address("10.20.0.3"))
