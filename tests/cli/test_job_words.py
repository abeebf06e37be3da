"""`hanse job` and `hanse schedule`."""

import json
from collections.abc import Callable

import pytest

from actions.small_city import Town
from hanse.actions.running_jobs import run as run_job
from hanse.actions.schedules import ensure_usual
from hanse.cli.say import Exit
from hanse.store import jobs
from hanse.store.job_states import JobState

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]


def asked(run: Run, *words: str) -> int:
    code, out, _ = run("job", "ask", *words, "--json")
    assert code == Exit.FINE
    number: int = json.loads(out)["job"]
    return number


def test_a_job_is_asked_for_and_shown_with_its_log(run: Run, place: Town) -> None:
    place.devices["beta"].reachable = False
    number = asked(run, "poll", "--limit", "beta,alpha")
    run_job(number, world=place.world)

    code, out, _ = run("job", "show", f"{number}")

    assert code == Exit.FINE
    assert "state: done" in out
    assert "arguments: {'limit': ['alpha', 'beta']}" in out
    assert out.rstrip().endswith("beta does not answer: beta does not answer")


def test_jobs_are_listed_by_state(run: Run, place: Town) -> None:
    done, queued = asked(run, "poll"), asked(run, "ping")
    run_job(done, world=place.world)

    _, everything, _ = run("job", "list", "--json")
    _, waiting, _ = run("job", "list", "--state", "queued", "--json")
    _, table, _ = run("job", "list")

    assert [row["pk"] for row in json.loads(everything)["jobs"]] == [queued, done]
    assert [row["pk"] for row in json.loads(waiting)["jobs"]] == [queued]
    assert "ping" in table
    assert run("job", "list", "--state", "lost")[1] == "No jobs.\n"


def test_a_job_is_stopped_and_asked_for_once_more(run: Run, place: Town) -> None:
    number = asked(run, "poll")

    _, stopped, _ = run("job", "stop", f"{number}")
    _, again, _ = run("job", "retry", f"{number}")

    assert stopped == f"job {number}: cancelled\n"
    assert again == f"job {number + 1}: queued\n"
    assert jobs.get(number + 1).state == JobState.QUEUED


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "twelve"), "'twelve' is no job's number"),
        (("show", "12345"), "there is no job 12345"),
        (("show",), "hanse job list"),
        (("ask", "pol"), "no job is called 'pol'"),
    ],
)
def test_what_cannot_be_read_is_said(run: Run, place: Town, words: tuple[str, ...], sentence: str) -> None:
    code, _, err = run("job", *words)

    assert code == Exit.WANTED
    assert err.startswith(sentence)


def test_schedules_are_listed_switched_and_moved(run: Run, place: Town) -> None:
    assert "they come with a worker" in run("schedule", "list")[1]
    ensure_usual(at=place.clock.now())

    _, off, _ = run("schedule", "off", "poll", "--json")
    _, moved, _ = run("schedule", "at", "drift", "0 4 * * *", "--json")
    _, table, _ = run("schedule", "on", "poll")

    assert {one["name"]: one["is_on"] for one in json.loads(off)["schedules"]}["poll"] is False
    assert {one["name"]: one["cron"] for one in json.loads(moved)["schedules"]}["drift"] == "0 4 * * *"
    assert "*/5 * * * *" in table


def test_schedule_words_that_cannot_be_read_are_said(run: Run) -> None:
    code, _, err = run("schedule", "at", "poll")

    assert (code, err) == (Exit.WANTED, "hanse schedule list | on NAME | off NAME | at NAME '*/5 * * * *'\n")
