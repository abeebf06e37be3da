"""The words of the templates."""

from ipaddress import ip_address, ip_network

from hanse.render.words import (
    bird_longer,
    bird_ranges,
    comment_safe,
    of_family,
    regex_findall,
    regex_match,
    regex_replace,
    regex_search,
)


def test_regular_expressions_are_those_of_the_field() -> None:
    assert regex_search("core12", r"\d+") == "12"
    assert regex_search("core12", r"(core)(\d+)", 2) == "12"
    assert regex_search("core", r"\d+") == ""
    assert regex_search("core", r"(x)?core", 1) == ""
    assert regex_replace("a-b-c", "-", "_") == "a_b_c"
    assert regex_replace("a-b-c", "-", "_", 1) == "a_b-c"
    assert regex_findall("eth1 eth22", r"\d+") == ["1", "22"]
    assert regex_match("core1", "core")
    assert not regex_match("xcore1", "core")


def test_families_are_parted_in_their_order() -> None:
    mixed = [ip_address("2001:db8::1"), ip_address("192.0.2.2"), ip_address("192.0.2.1")]

    assert of_family(mixed, 4) == mixed[1:]


def test_bird_sets_are_written_as_bird_reads_them() -> None:
    prefixes = [ip_network("192.0.2.0/24"), ip_network("198.51.100.0/30")]

    assert bird_longer(prefixes) == "[ 192.0.2.0/24+, 198.51.100.0/30+ ]"
    assert bird_longer(prefixes, 28) == "[ 192.0.2.0/24{24,28}, 198.51.100.0/30{30,30} ]"
    assert bird_ranges([(1, 1), (3, 4)]) == "[ 1, 3..4 ]"


def test_a_comment_stays_on_its_line() -> None:
    assert comment_safe('a "b"\n\\c\x00') == "a  b c"
