"""`manage.py` for those who know it: each router's result, and an exit code that tells."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from actions.small_city import FILE, Town
from hanse.store.models import Deployment, Job, Poll

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command(*words, stdout=out, no_color=True)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_configure_prints_each_router(place: Town) -> None:
    code, out = run("configure_routers")

    assert code == 0
    assert out.splitlines() == [
        "alpha: kept: installed, found good, kept",
        "beta: kept: installed, found good, kept",
    ]


def test_configure_touches_only_the_routers_in_the_limit(place: Town) -> None:
    run("configure_routers", "--limit", "beta")

    assert list(Deployment.objects.values_list("node", flat=True)) == ["beta"]


def test_configure_without_the_commit_check_pushes_what_is_there_already(place: Town) -> None:
    run("configure_routers")
    run("configure_routers")
    assert Deployment.objects.count() == 2

    code, _ = run("configure_routers", "--no-commit-check")

    assert code == 0
    assert Deployment.objects.count() == 4


def test_a_router_without_a_dialect_is_named(place: Town) -> None:
    place.wants(FILE.replace("number: 2, site: hall, platform: fake", "number: 2, site: hall, platform: silent"))

    code, out = run("configure_routers")

    assert code == 0
    assert "beta: left out: its platform silent has no dialect that Hanse writes" in out


def test_the_exit_code_tells_that_a_router_failed(place: Town) -> None:
    place.devices["beta"].reachable = False

    code, out = run("configure_routers")

    assert code == 3
    assert "beta: failed: beta does not answer" in out
    assert "alpha: kept" in out


def test_an_unknown_router_is_an_error(place: Town) -> None:
    with pytest.raises(CommandError, match="there is no node 'alpa'") as caught:
        run("configure_routers", "--limit", "alpa")

    assert caught.value.returncode == 2


def test_poll_prints_each_router(place: Town) -> None:
    code, out = run("poll_bgp_sessions")

    assert code == 0
    assert sorted(out.splitlines()) == [
        "alpha: 3 of 3 sessions established",
        "beta: 2 of 2 sessions established",
    ]


def test_with_tasks_a_worker_does_it(place: Town) -> None:
    code, out = run("poll_bgp_sessions", "--tasks")
    assert code == 0
    assert len(out.splitlines()) == 2
    assert Poll.objects.count() == 0

    run("run_worker", "--once", "--threads", "2")

    assert set(Job.objects.values_list("device", "state")) == {("alpha", "done"), ("beta", "done")}
    assert Poll.objects.count() == 2


def test_with_tasks_a_worker_configures(place: Town) -> None:
    run("configure_routers", "--tasks", "--limit", "alpha")

    run("run_worker", "--once")

    job = Job.objects.get()
    assert job.state == "done"
    assert job.log == "alpha: kept: installed, found good, kept\n"
    assert Deployment.objects.get().door == "job"
