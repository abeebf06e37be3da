"""What was up before and after, side by side."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from hanse.actions.checks import Comparison, check_lines
from hanse.deploy.health import Health, NeighbourKey, SessionKey, StillWanted
from hanse.store.journal import checks_tree

START = datetime(2026, 1, 1, tzinfo=UTC)
LATER = START + timedelta(minutes=1)
PEER: SessionKey = ("global", ip_address("192.0.2.11"))
CORE: NeighbourKey = (2, "eth1", "10.0.0.2")
BEFORE = checks_tree(Health(sessions={PEER: START}, neighbours={CORE: None}))


@pytest.mark.parametrize(
    ("after", "comparison"),
    [
        ({}, Comparison.MISSING),
        ({PEER: START}, Comparison.SAME),
        ({PEER: START + timedelta(seconds=1)}, Comparison.SAME),
        ({PEER: LATER}, Comparison.AGAIN),
        ({PEER: None}, Comparison.SAME),
    ],
)
def test_a_session_is_compared(after: dict[SessionKey, datetime | None], comparison: Comparison) -> None:
    tree = checks_tree(Health(sessions=after, neighbours={CORE: None}))

    found = {line.name: line.comparison for line in check_lines(BEFORE, tree, None)}

    assert found == {"BGP session with 192.0.2.11": comparison, "OSPFv2 neighbour 10.0.0.2 on eth1": Comparison.SAME}


def test_what_is_not_wanted_any_more_is_not_missing() -> None:
    lines = check_lines(BEFORE, checks_tree(Health()), StillWanted(neighbours=frozenset({CORE})))

    assert [(line.name, line.comparison) for line in lines] == [
        ("OSPFv2 neighbour 10.0.0.2 on eth1", Comparison.MISSING),
        ("BGP session with 192.0.2.11", Comparison.GONE),
    ]


def test_what_came_up_is_new() -> None:
    (line,) = check_lines(checks_tree(Health()), checks_tree(Health(sessions={PEER: LATER})), None)

    assert (line.comparison, line.before, line.after) == (Comparison.NEW, None, LATER)


def test_where_nobody_looked_afterwards_it_says_so() -> None:
    assert {line.comparison for line in check_lines(BEFORE, None, None)} == {Comparison.UNSEEN}


def test_without_a_look_before_there_is_nothing_to_compare() -> None:
    assert check_lines(None, None, None) == ()
