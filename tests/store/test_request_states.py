"""The table of a peering request's states: about the table, not about examples."""

from pathlib import Path

import pytest

from hanse.store.request_states import STEPS, NoSuchRequestStep, RequestEvent, RequestState, step

ENDS = {RequestState.ACCEPTED, RequestState.DECLINED, RequestState.WITHDRAWN}


def reached_from(state: RequestState) -> set[RequestState]:
    found, to_do = set[RequestState](), [state]
    while to_do:
        one = to_do.pop()
        if one not in found:
            found.add(one)
            to_do += STEPS[one].values()
    return found


def test_every_state_is_in_the_table_and_reached_from_drafted() -> None:
    assert set(STEPS) == set(RequestState) == reached_from(RequestState.DRAFTED)


@pytest.mark.parametrize("state", [state for state in RequestState if state not in ENDS])
def test_every_open_state_can_come_to_an_end(state: RequestState) -> None:
    assert reached_from(state) & ENDS


@pytest.mark.parametrize("state", sorted(ENDS))
def test_an_end_is_an_end(state: RequestState) -> None:
    assert STEPS[state] == {}


def test_nothing_is_sent_twice_without_having_been_given_up() -> None:
    sent = STEPS[RequestState.SENT]

    assert RequestEvent.BEGUN not in sent
    assert RequestState.SENDING not in sent.values()


def test_every_event_is_used() -> None:
    assert {event for steps in STEPS.values() for event in steps} == set(RequestEvent)


def test_what_is_not_in_the_table_raises() -> None:
    with pytest.raises(NoSuchRequestStep, match="drafted cannot be accepted"):
        step(RequestState.DRAFTED, RequestEvent.ACCEPTED)


def diagram() -> str:
    steps = [f"{before} --> {after}: {event}" for before, way in STEPS.items() for event, after in way.items()]
    ends = [f"{state} --> [*]" for state, way in STEPS.items() if not way]
    return "".join(f"    {line}\n" for line in ("[*] --> drafted", *steps, *ends))


def test_the_diagram_in_the_documentation_is_that_of_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs/use/peering.md").read_text(encoding="utf-8")

    shown = page.partition("<!-- request states -->\n```mermaid\nstateDiagram-v2\n")[2]

    assert shown.partition("```\n<!-- /request states -->")[0] == diagram()
