"""What a router with modes makes of what is typed there."""

import pytest

from hanse_lab.vendor.eos_words import EOS
from hanse_lab.vendor.ios_words import IOS
from hanse_lab.vendor.tree import NotUnderstood, shown, typed

BGP = """\
router bgp 64500
   neighbor 192.0.2.11 remote-as 64501
   neighbor 192.0.2.12 remote-as 64502
   address-family ipv4
      neighbor 192.0.2.11 activate
   vrf BLUE
      neighbor 192.0.2.11 remote-as 64503
"""


def after(text: str, more: str) -> list[str]:
    """Return what an EOS router shows after both texts."""
    return list(shown(typed(more, EOS, typed(text, EOS)), EOS))


def test_what_is_typed_is_shown_with_its_indentation() -> None:
    assert after(BGP, "") == BGP.splitlines()


def test_indentation_does_not_matter() -> None:
    flat = "\n".join(line.strip() for line in BGP.splitlines())

    assert after(flat, "") == BGP.splitlines()


def test_a_neighbour_goes_with_its_families_and_stays_in_other_vrfs() -> None:
    lines = after(BGP, "router bgp 64500\nno neighbor 192.0.2.11\n")

    assert lines == [
        "router bgp 64500",
        "   neighbor 192.0.2.12 remote-as 64502",
        "   address-family ipv4",
        "   vrf BLUE",
        "      neighbor 192.0.2.11 remote-as 64503",
    ]


def test_a_value_replaces_the_one_before_in_its_place() -> None:
    lines = after(BGP, "router bgp 64500\nneighbor 192.0.2.11 remote-as 64511\n")

    assert lines[1:3] == ["   neighbor 192.0.2.11 remote-as 64511", "   neighbor 192.0.2.12 remote-as 64502"]


def test_a_policy_replaces_the_one_of_its_own_direction() -> None:
    both = "router bgp 64500\nneighbor 192.0.2.11 route-map A in\nneighbor 192.0.2.11 route-map B out\n"

    lines = after(both, "router bgp 64500\nneighbor 192.0.2.11 route-map C in\n")

    assert lines[1:] == ["   neighbor 192.0.2.11 route-map C in", "   neighbor 192.0.2.11 route-map B out"]


def test_a_family_that_is_not_spoken_by_itself_is_shown_so() -> None:
    off = "router bgp 64500\naddress-family ipv4\nno neighbor 2001:db8::1 activate\n"

    assert after("", off)[-1] == "      no neighbor 2001:db8::1 activate"
    assert after("router bgp 64500\nno bgp default ipv4-unicast\n", off)[-1] == "   address-family ipv4"


def test_entries_of_a_list_stand_by_number() -> None:
    lines = after("", "ip prefix-list A\nseq 20 permit 192.0.2.0/24\nseq 10 deny 198.51.100.0/24\n")

    assert lines[1:] == ["   seq 10 deny 198.51.100.0/24", "   seq 20 permit 192.0.2.0/24"]


def test_a_list_goes_with_all_its_entries() -> None:
    flat = "ip prefix-list A seq 10 permit 192.0.2.0/24\nip prefix-list A seq 20 deny 0.0.0.0/0\n"

    assert after(flat, "no ip prefix-list A\n") == []


def test_a_route_map_goes_clause_by_clause() -> None:
    lines = after("route-map A permit 10\nset metric 1\nroute-map A deny 20\n", "no route-map A permit 10\n")

    assert lines == ["route-map A deny 20"]


@pytest.mark.parametrize("line", ["teleport", "router bgp many", "router bgp 1\nneighbor 192.0.2.1 teleport"])
def test_what_is_no_command_is_refused(line: str) -> None:
    with pytest.raises(NotUnderstood, match="Invalid input"):
        typed(line, EOS)


def test_ios_takes_a_neighbour_away_with_its_as() -> None:
    text = "router bgp 64500\n neighbor 192.0.2.11 remote-as 64501\n neighbor 192.0.2.11 shutdown\n"

    root = typed("router bgp 64500\n no neighbor 192.0.2.11 remote-as 64501\n", IOS, typed(text, IOS))

    assert root == {"router bgp 64500": {}}


def test_ios_leaves_a_family_by_its_own_word() -> None:
    text = "router bgp 64500\n address-family ipv4\n exit-address-family\n neighbor 192.0.2.1 shutdown\n"

    assert typed(text, IOS) == {"router bgp 64500": {"address-family ipv4": {}, "neighbor 192.0.2.1 shutdown": {}}}


def test_nothing_of_what_was_there_is_changed() -> None:
    before = typed(BGP, EOS)

    typed("no router bgp 64500\n", EOS, before)

    assert list(shown(before, EOS)) == BGP.splitlines()
