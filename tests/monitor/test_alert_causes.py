"""Which alarm explains which, and which are told together."""

from hypothesis import given
from hypothesis import strategies as st

from hanse.monitor.alerts_causes import MANY, Due, folded, roots

KEYS = st.sampled_from("abcdef")


def test_the_most_thorough_open_cause_counts() -> None:
    assert roots({"router": (), "link": (), "session": ("router", "link")}) == {"session": "router"}


def test_a_cause_that_is_not_open_explains_nothing() -> None:
    assert roots({"session": ("router", "link"), "link": ()}) == {"session": "link"}


def test_a_chain_leads_to_its_end() -> None:
    assert roots({"a": (), "b": ("a",), "c": ("b",)}) == {"b": "a", "c": "a"}


@given(st.dictionaries(KEYS, st.lists(KEYS, max_size=4), max_size=6))
def test_a_root_is_open_and_is_no_part_itself(explained_by: dict[str, list[str]]) -> None:
    found = roots(explained_by)

    assert set(found) | set(found.values()) <= set(explained_by)
    assert all(found.get(root) is None for root in found.values())
    assert all(part != root for part, root in found.items())


def test_a_few_of_a_kind_stay_apart() -> None:
    assert folded(Due(key=f"{number}", kind="session-down", node="core1") for number in range(MANY)) == {}


def test_many_of_a_kind_on_one_router_are_told_with_the_first() -> None:
    due = [Due(key=f"{number}", kind="session-down", node="core1") for number in range(MANY + 1)]

    assert folded(reversed(due)) == {one.key: "0" for one in due[1:]}


def test_many_on_different_routers_stay_apart() -> None:
    assert folded(Due(key=f"{number}", kind="session-down", node=f"core{number}") for number in range(9)) == {}
