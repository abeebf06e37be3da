"""Two answers of the IRR are told apart, and an answer is written to a file and read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.irr import expansion
from hanse.network.known.files import NotKnown, known_tree, read_known
from hanse.network.known.irr import Expansion, difference, is_empty, losses
from hanse.network.known.known import Known

numbers = st.frozensets(st.integers(0, 30), max_size=12)


def answer(prefixes: frozenset[int], origins: frozenset[int]) -> Expansion:
    texts = " ".join(f"10.0.{number}.0/24" for number in sorted(prefixes))
    return expansion("AS-BOB", texts, " ".join(str(64500 + number) for number in sorted(origins)))


@given(numbers, numbers, numbers, numbers)
def test_what_was_before_and_the_difference_make_what_is_now(
    prefixes: frozenset[int], origins: frozenset[int], now_prefixes: frozenset[int], now_origins: frozenset[int]
) -> None:
    before, now = answer(prefixes, origins), answer(now_prefixes, now_origins)

    found = difference(before, now)

    assert set(before.prefixes) - set(found.removed_prefixes) | set(found.added_prefixes) == set(now.prefixes)
    assert set(before.origins) - set(found.removed_origins) | set(found.added_origins) == set(now.origins)
    assert found.is_empty == (before == now)


@given(numbers, numbers)
def test_an_answer_that_only_grows_never_loses(prefixes: frozenset[int], more: frozenset[int]) -> None:
    before, now = answer(prefixes, prefixes), answer(prefixes | more, prefixes | more)

    assert losses(before, now, 0.0) == ()


@pytest.mark.parametrize(("prefixes", "origins", "empty"), [("", "64501", True), ("10.0.0.0/24", "64501", False)])
def test_an_answer_without_prefixes_lets_nothing_through(prefixes: str, origins: str, empty: bool) -> None:
    assert is_empty(expansion("AS-BOB", prefixes, origins)) is empty


@given(numbers, numbers)
def test_what_is_known_is_read_back_as_it_was_written(prefixes: frozenset[int], origins: frozenset[int]) -> None:
    known = Known(expansions={"AS-BOB": answer(prefixes, origins)})

    assert read_known(json.dumps(known_tree(known))) == known


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"expansions": []}', '{"expansions": {"AS-BOB": {"prefixes": ["x"]}}}']
)
def test_a_file_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(NotKnown, match="hanse irr show --json"):
        read_known(text)
