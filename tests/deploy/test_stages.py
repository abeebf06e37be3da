"""The table of a deployment's stages, as a table."""

from pathlib import Path

import pytest

from hanse.deploy.stages import FINAL, OPEN, STEPS, Event, NoSuchStep, Stage, diagram, step

PAGE = Path(__file__).parents[2] / "docs" / "use" / "deploy.md"


def reached_from(stage: Stage) -> set[Stage]:
    found, waiting = {stage}, [stage]
    while waiting:
        for after in STEPS[waiting.pop()].values():
            if after not in found:
                found.add(after)
                waiting.append(after)
    return found


def test_every_stage_has_its_row() -> None:
    assert set(STEPS) == set(Stage)


def test_every_stage_is_reached_from_planned() -> None:
    assert reached_from(Stage.PLANNED) == set(Stage)


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_can_come_to_an_end(stage: Stage) -> None:
    assert reached_from(stage) & FINAL


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_losing_the_device_is_foreseen_in_every_open_stage(stage: Stage) -> None:
    assert Event.LOST in STEPS[stage]


def test_every_event_is_in_the_table() -> None:
    assert {event for steps in STEPS.values() for event in steps} == set(Event)


def test_open_and_final_share_nothing_and_leave_nothing_out() -> None:
    assert set(Stage) == FINAL | OPEN
    assert not FINAL & OPEN


def test_nothing_is_kept_without_having_been_found_good_or_the_devices_word() -> None:
    ways = {event for steps in STEPS.values() for event, after in steps.items() if after is Stage.KEPT}

    assert ways == {Event.VERIFIED, Event.CONFIRMED, Event.FOUND_KEPT}


@pytest.mark.parametrize("stage", [Stage.TRIAL, Stage.COMMITTING, Stage.CONFIRMING, Stage.UNDOING, Stage.UNGUARDED])
def test_losing_what_may_be_installed_is_a_doubt_and_not_a_guess(stage: Stage) -> None:
    assert step(stage, Event.LOST) is Stage.IN_DOUBT


def test_a_doubt_is_open_and_settled_by_the_devices_word() -> None:
    settled = {after for after in STEPS[Stage.IN_DOUBT].values() if after in FINAL}

    assert settled == {Stage.KEPT, Stage.REVERTED, Stage.DISCARDED}


def test_a_step_that_is_not_in_the_table_says_so() -> None:
    with pytest.raises(NoSuchStep, match="a deployment that is kept cannot be harmful"):
        step(Stage.KEPT, Event.HARMFUL)


def test_the_page_shows_the_table_as_it_is() -> None:
    page = PAGE.read_text()

    shown = page.partition("<!-- stages -->\n```mermaid\n")[2].partition("```\n<!-- /stages -->")[0]

    assert shown == diagram()
