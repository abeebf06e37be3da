"""Values: parsed once, at the edge; tables in order and without overlap."""

from ipaddress import ip_interface, ip_network
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.values.addresses import (
    NotAnAddress,
    NotAPrefix,
    lies_within,
    overlap,
    parse_address,
    parse_interface_address,
    parse_prefix,
)
from hanse.network.values.asn import RESERVED, Asn, NotAnAsn, reserved_for
from hanse.network.values.names import NotAName, parse_host_name, parse_interface_name, parse_object_name


@given(st.integers(0, 0xFFFFFFFF))
def test_an_asn_is_read_in_all_its_spellings(number: int) -> None:
    spellings = (str(number), f"AS{number}", f"as{number}", f"{number >> 16}.{number & 0xFFFF}")

    assert {Asn.parse(spelling) for spelling in spellings} == {Asn(number)}


@pytest.mark.parametrize(
    "text", ["", "AS", "1.2.3", "-1", "4294967296", "65536.0", "1.65536", "1.", ".1", "AS 1 2", "²", "0x10", "1e3"]
)
def test_what_is_no_asn_is_refused(text: str) -> None:
    with pytest.raises(NotAnAsn):
        Asn.parse(text)


def test_reserved_numbers_are_in_order_and_do_not_overlap() -> None:
    for earlier, later in pairwise(RESERVED):
        assert earlier[0] <= earlier[1] < later[0] <= later[1]


def test_a_reserved_number_says_why_and_who_says_so() -> None:
    assert reserved_for(Asn(64500)) == "documentation, RFC 5398"
    assert reserved_for(Asn(3320)) is None


def test_a_prefix_with_bits_behind_its_length_says_which_one_is_meant() -> None:
    with pytest.raises(NotAPrefix, match=r"write 192\.0\.2\.0/24"):
        parse_prefix("192.0.2.1/24")


@pytest.mark.parametrize("text", ["", "192.0.2.0/33", "192.0.2", "2001:db8::/129", "x/24"])
def test_what_is_no_prefix_is_refused(text: str) -> None:
    with pytest.raises(NotAPrefix):
        parse_prefix(text)


@pytest.mark.parametrize("text", ["", "192.0.2.256", "192.0.2.1/24", "2001:db8::g"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        parse_address(text)


def test_an_interface_address_keeps_its_length() -> None:
    assert parse_interface_address("192.0.2.1/24") == ip_interface("192.0.2.1/24")
    with pytest.raises(NotAnAddress):
        parse_interface_address("192.0.2.1/x")


def test_families_never_share_an_address() -> None:
    everything4, everything6 = ip_network("0.0.0.0/0"), ip_network("::/0")

    assert not overlap(everything4, everything6)
    assert not lies_within(everything4, everything6)
    assert lies_within(parse_address("192.0.2.1"), everything4)
    assert lies_within(parse_prefix("192.0.2.0/24"), everything4)


@pytest.mark.parametrize(
    ("parse", "good", "bad"),
    [
        (parse_object_name, "ring-1.a_b", "ring 1"),
        (parse_host_name, "core-1", "Core1"),
        (parse_interface_name, "et-0/0/1.100", "eth 0"),
    ],
)
def test_names_are_checked(parse: object, good: str, bad: str) -> None:
    assert callable(parse)
    assert parse(good) == good
    with pytest.raises(NotAName):
        parse(bad)
