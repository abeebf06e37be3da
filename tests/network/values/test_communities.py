"""Communities are read in every spelling, printed in one, and never larger than the wire takes."""

import pytest
from hypothesis import given

from hanse.network.values.communities import WELL_KNOWN, CommunitySort, CommunityValue, NotACommunity
from hanse.network.values.macs import NotAMac, parse_mac
from samples.strategies import communities


@given(communities)
def test_what_is_printed_is_read_again(community: CommunityValue) -> None:
    assert CommunityValue.parse(str(community)) == community


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("64500:1", CommunitySort.STANDARD),
        ("rt:64500:4294967295", CommunitySort.EXTENDED),
        ("RO:4200000000:1", CommunitySort.EXTENDED),
        ("4200000000:1:2", CommunitySort.LARGE),
        ("blackhole", CommunitySort.STANDARD),
    ],
)
def test_its_sort_is_told_by_how_it_is_written(text: str, sort: CommunitySort) -> None:
    assert CommunityValue.parse(text).sort is sort


@pytest.mark.parametrize(
    "text",
    ["", "64500", "65536:1", "1:65536", "1:2:3:4", "1:2:4294967296", "rt:1", "rt:4200000000:65536", "a:b", "-1:2"],
)
def test_what_no_router_could_send_is_refused(text: str) -> None:
    with pytest.raises(NotACommunity, match="is no community"):
        CommunityValue.parse(text)


def test_well_known_names_are_values() -> None:
    assert len({CommunityValue.parse(name) for name, _, _ in WELL_KNOWN}) == len(WELL_KNOWN)


@pytest.mark.parametrize("text", ["02:00:5e:00:53:01", "02-00-5E-00-53-01", "0200.5e00.5301"])
def test_a_mac_address_is_read_in_every_spelling(text: str) -> None:
    assert parse_mac(text) == "02:00:5e:00:53:01"


@pytest.mark.parametrize("text", ["02:00:5e:00:53", "02:00:5e:00:53:0g", "none"])
def test_what_is_no_mac_address_is_refused(text: str) -> None:
    with pytest.raises(NotAMac):
        parse_mac(text)
