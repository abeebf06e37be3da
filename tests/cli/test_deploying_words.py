"""`hanse rollout`, `deployment`, `host-key`, and what `secret` and `template` show."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.small_city import Town
from hanse.actions.running_jobs import run as run_job
from hanse.cli.say import Exit
from hanse.deploy.stages import Stage
from hanse.render.text import template_text
from hanse.store.models import AuditEntry, Deployment, Job, PlanRecord

pytestmark = pytest.mark.django_db(transaction=True)
BIRD = "bird2/bird.conf.j2"
Run = Callable[..., tuple[int, str, str]]


def test_a_plan_made_at_the_terminal_is_on_record_and_applied_by_a_worker(run: Run, place: Town) -> None:
    run("plan")
    plan = PlanRecord.objects.get()

    code, out, _ = run("rollout", "begin", str(plan.pk))
    job = Job.objects.get(kind="apply")
    run_job(job.pk, world=place.world)

    assert code == Exit.FINE
    assert out == f"plan {plan.pk}: job {job.pk} applies it as soon as a worker is free\n"
    assert "2 of 2 routers done" in run("rollout", "show", str(plan.pk))[1]
    assert plan.checksum[:12] in run("rollout", "list")[1]


def test_what_is_applied_at_the_terminal_belongs_to_its_plan(run: Run, place: Town) -> None:
    run("plan")
    run("apply", "--yes")

    plan = PlanRecord.objects.get()
    assert plan.applied_at is not None
    assert set(Deployment.objects.values_list("plan", "stage")) == {(plan.pk, Stage.KEPT)}


def test_planning_twice_leaves_one_record(run: Run, place: Town) -> None:
    run("plan")
    run("plan")

    assert PlanRecord.objects.count() == 1


def test_a_deployments_record_is_shown(run: Run, place: Town) -> None:
    run("apply", "--yes")
    name = Deployment.objects.get(node="alpha").name

    assert name in run("deployment", "list", "--node", "alpha")[1]
    code, out, _ = run("deployment", "show", name, "--json")

    document = json.loads(out)
    assert code == Exit.FINE
    assert document["stage"] == "kept"
    assert {check["comparison"] for check in document["checks"]} == {"up all the time"}
    assert "BGP session with 192.0.2.11" in run("deployment", "show", name)[1]


def test_nobody_speaks_about_what_has_ended(run: Run, place: Town) -> None:
    run("apply", "--yes")
    name = Deployment.objects.get(node="alpha").name

    code, _, err = run("deployment", "undo", name)

    assert (code, err) == (Exit.WANTED, f"{name} has ended: it is kept\n")


def test_a_rollout_that_does_not_run_is_not_stopped(run: Run, place: Town) -> None:
    run("plan")
    number = PlanRecord.objects.get().pk

    code, _, err = run("rollout", "stop", str(number))

    assert (code, err) == (Exit.WANTED, f"plan {number} is not being applied\n")


@pytest.mark.parametrize("words", [("rollout", "show"), ("deployment", "confirm")])
def test_words_that_are_missing_are_said(words: tuple[str, ...], run: Run) -> None:
    code, _, err = run(*words)

    assert code == Exit.WANTED
    assert err.startswith(f"hanse {words[0]} list")


def test_a_secret_is_shown_and_that_is_on_record(run: Run, place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("hidden-value\n"))
    run("secret", "set", "border")

    code, out, _ = run("secret", "show", "border")

    assert (code, out) == (Exit.FINE, "hidden-value\n")
    assert AuditEntry.objects.filter(action="see secret", name="border").count() == 1


def test_a_template_is_previewed_and_nothing_is_written(run: Run, place: Town, tmp_path: Path) -> None:
    file = tmp_path / "bird.conf.j2"
    file.write_text(template_text(BIRD) + "# one more line\n", encoding="utf-8")

    code, out, _ = run("template", "preview", BIRD, "--file", str(file))

    assert code == Exit.CHANGES
    assert out.count("+# one more line") == 2
    assert "ours   bird2/bird.conf.j2" in run("template", "list")[1]
