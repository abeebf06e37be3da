"""The table of a job's states."""

from pathlib import Path

import pytest

from hanse.store.job_states import HOLDING, OPEN, STEPS, JobEvent, JobState, NoSuchJobStep, step


def reached_from(state: JobState) -> set[JobState]:
    found, new = {state}, {state}
    while new:
        new = {after for one in new for after in STEPS[one].values()} - found
        found |= new
    return found


def test_every_state_is_reached_from_the_queue() -> None:
    assert reached_from(JobState.QUEUED) == set(JobState)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_job_can_come_to_an_end(state: JobState) -> None:
    assert reached_from(state) - OPEN


@pytest.mark.parametrize("state", sorted(HOLDING))
def test_the_death_of_a_worker_is_foreseen_and_frees_the_device(state: JobState) -> None:
    assert step(state, JobEvent.WORKER_DIED) not in OPEN


def test_what_is_overdue_ends_as_failed_whatever_it_says_later() -> None:
    assert set(STEPS[JobState.OVERDUE].values()) == {JobState.FAILED}


@pytest.mark.parametrize("state", sorted(set(JobState) - OPEN))
def test_a_job_that_ended_takes_no_step(state: JobState) -> None:
    with pytest.raises(NoSuchJobStep, match=state):
        step(state, JobEvent.CLAIMED)


def test_only_what_is_queued_is_claimed() -> None:
    assert [state for state, steps in STEPS.items() if JobEvent.CLAIMED in steps] == [JobState.QUEUED]


def test_the_diagram_shows_every_step_and_no_other() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/operate/jobs.md").read_text(encoding="utf-8")

    shown = {line.strip() for line in page.splitlines() if "-->" in line}

    assert shown == {
        f"{state} --> {after}: {event}" for state, steps in STEPS.items() for event, after in steps.items()
    }
