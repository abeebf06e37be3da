"""AS-SETs are read strictly: what is read may stand on a command line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.network.values.as_sets import LONGEST_LIST, NotAnAsSet, parse_as_set, parse_as_sets


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AS-BOB", "AS-BOB"),
        ("as-bob", "AS-BOB"),
        ("AS64501", "AS64501"),
        ("RIPE::AS-BOB", "RIPE::AS-BOB"),
        ("as-bob@ripe", "RIPE::AS-BOB"),
        ("AS64501:AS-BOB", "AS64501:AS-BOB"),
        ("AS-BOB:AS64501:AS-ALL_OF-IT", "AS-BOB:AS64501:AS-ALL_OF-IT"),
    ],
)
def test_an_as_set_is_written_in_capitals(text: str, name: str) -> None:
    assert parse_as_set(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BOB",
        "AS-",
        "AS-BOB-",
        "-AS-BOB",
        "--help",
        "AS-BOB;id",
        "AS-BOB\n!q",
        "$(id)",
        "AS64501:AS64502",
        "::AS-BOB",
        "RIPE::",
        "RIPE::AS-BOB@RADB",
        "AS-BOB@",
        "R PE::AS-BOB",
        "RIPE::RADB::AS-BOB",
        "AS-BOB:",
        "AS-BOB::AS-CAROL::AS-DAVE",
        "AS-" + "B" * 300,
        "ＡＳ-BOB",
    ],
)
def test_what_is_no_as_set_is_refused(text: str) -> None:
    with pytest.raises(NotAnAsSet):
        parse_as_set(text)


def test_a_network_may_have_several_and_each_counts_once() -> None:
    assert parse_as_sets(" as-bob,AS-CAROL  AS-BOB ") == "AS-BOB AS-CAROL"


def test_no_as_set_at_all_may_stand_in_a_field() -> None:
    assert parse_as_sets(" ") == ""


def test_a_list_that_no_column_holds_is_refused() -> None:
    with pytest.raises(NotAnAsSet, match="too many"):
        parse_as_sets(" ".join(f"AS-NUMBER-{number}" for number in range(LONGEST_LIST // 10)))


@given(st.text())
def test_whatever_is_read_begins_with_a_letter_and_has_nothing_that_a_program_takes_for_itself(text: str) -> None:
    try:
        name = parse_as_sets(text)
    except NotAnAsSet:
        return

    assert all(word[0].isalpha() and word.isascii() and word.isprintable() for word in name.split())
    assert parse_as_sets(name) == name
