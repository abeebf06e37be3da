"""Regular expressions for ranges of AS numbers: exact at every border, and short enough for every router."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hanse.derive.bogons import bogon_asns
from hanse.network.values.asn import LARGEST, RESERVED
from hanse.render.as_path_patterns import packed, range_patterns

BORDERS = sorted({number for digits in range(11) for number in (10**digits - 1, 10**digits, 10**digits + 1)})
numbers = st.integers(0, LARGEST) | st.sampled_from([number for number in BORDERS if number <= LARGEST])


def holds(patterns: tuple[str, ...], number: int) -> bool:
    return any(re.fullmatch(pattern, str(number)) for pattern in patterns)


@given(numbers, numbers, numbers)
@example(0, 0, 0)
@example(4200000000, 4294967294, 4294967295)
@example(0, LARGEST, 0)
def test_a_number_fits_exactly_if_it_is_in_the_range(one: int, other: int, asked: int) -> None:
    first, last = sorted((one, other))

    patterns = range_patterns(first, last)

    for number in (first - 1, first, first + 1, last - 1, last, last + 1, asked, *BORDERS):
        if number >= 0:
            assert holds(patterns, number) == (first <= number <= last), number


@given(numbers, numbers)
def test_no_number_fits_two_patterns_and_there_are_few_of_them(one: int, other: int) -> None:
    first, last = sorted((one, other))

    patterns = range_patterns(first, last)

    assert len(patterns) <= 2 * len(str(last)) + 10
    for number in (first, last, (first + last) // 2):
        assert sum(bool(re.fullmatch(pattern, str(number))) for pattern in patterns) == 1


def test_only_signs_that_every_router_reads_are_used() -> None:
    text = "".join(pattern for first, last, *_ in RESERVED for pattern in range_patterns(first, last))

    assert set(text) <= set("0123456789[]-")


@pytest.mark.parametrize("longest", [63, 200])
@pytest.mark.parametrize("path", ["23456", "64501 23456", "64501 65534 64502", "64501 {64502,4294967294}", "0 1"])
def test_a_bogus_number_is_found_anywhere_in_a_path(path: str, longest: int) -> None:
    assert any(found_in(path, expression) for expression in bogus(longest))


@pytest.mark.parametrize("path", ["64501 123456", "1 2 3", "6451 64511", "42000000001", "64501 {64502,64503}", ""])
def test_a_number_that_only_contains_a_bogus_one_is_not_taken_for_it(path: str) -> None:
    assert not any(found_in(path, expression) for expression in bogus(63))


def bogus(longest: int) -> tuple[str, ...]:
    ranges = bogon_asns(documentation_is_public=True)
    return packed([one for first, last in ranges for one in range_patterns(first, last)], "_", "_", longest)


def found_in(path: str, expression: str) -> bool:
    """Read an expression as routers do: `_` is the beginning, the end, a space, a comma or a bracket."""
    return re.search(expression.replace("_", r"(?:^|$|[ ,{}()])"), path) is not None


@given(st.lists(numbers.map(str), max_size=200), st.integers(20, 254))
def test_expressions_hold_every_alternative_once_and_are_never_too_long(words: list[str], longest: int) -> None:
    expressions = packed(words, "_", "$", longest)

    assert all(len(expression) <= longest for expression in expressions)
    assert [word for one in expressions for word in one[1:-1].strip("()").split("|")] == words
