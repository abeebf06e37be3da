"""Three words at three in the morning: drain, apply, restore; and a plan of what is not so yet."""

import json
from collections.abc import Callable

import pytest

from actions.small_city import FILE, Town
from hanse.network.wanted.links import LinkStatus
from hanse.network.wanted.nodes import NodeStatus
from hanse.store import snapshot

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]


def test_a_router_is_drained_applied_and_restored(place: Town, run: Run) -> None:
    run("apply", "--yes", "--force")

    drained = run("drain", "alpha")
    applied = run("apply", "--limit", "alpha", "--yes")
    running = place.devices["alpha"].running_text
    restored = run("restore", "alpha")

    assert drained[0] == 0
    assert drained[1].startswith("alpha is wanted maintenance: change set ")
    assert drained[1].endswith(". No router knows yet:\n  hanse apply --limit alpha\n")
    assert applied[0] == 0
    assert "cost 65535" in running
    assert "alpha is wanted active: change set" in restored[1]
    assert snapshot.load().nodes["alpha"].status is NodeStatus.ACTIVE


def test_a_step_can_be_planned_at_once(place: Town, run: Run) -> None:
    run("apply", "--yes", "--force")

    code, out, _ = run("drain", "middle", "--plan")

    assert code == 10
    assert "hanse apply --limit alpha,beta" in out
    assert out.count("+            cost 65535;") == 4  # two routers, two versions of OSPF


def test_with_json_a_step_and_its_plan_are_one_document(place: Town, run: Run) -> None:
    _, out, _ = run("drain", "alpha", "--plan", "--json")

    assert [one["node"] for one in json.loads(out)["routers"]] == ["alpha"]


def test_a_step_can_wait_in_a_draft(place: Town, run: Run) -> None:
    code, out, _ = run("drain", "middle", "--draft", "--plan")

    number = out.split()[1].rstrip(":")
    assert (code, out) == (
        0,
        f"Draft {number}: middle is to be maintenance. `hanse draft take {number}` makes it wanted.\n",
    )
    assert json.loads(run("drain", "alpha", "--into", number, "--json")[1])["draft"] == int(number)
    assert snapshot.load().links["middle"].status is LinkStatus.ACTIVE


def test_what_would_be_written_is_shown_and_nobody_is_asked(place: Town, run: Run) -> None:
    place.wants(FILE.replace("beta:\n    {number: 2,", "beta:\n    {number: 2, status: planned,"))

    code, out, _ = run("plan", "--as-if", "beta=active")

    assert code == 10
    assert "alpha: +" in out
    assert "+protocol bgp ibgp_beta_ipv4" in out
    assert snapshot.load().nodes["beta"].status is NodeStatus.PLANNED


def test_where_things_stand_so_already_nothing_would_be_written(place: Town, run: Run) -> None:
    code, out, _ = run("plan", "--as-if", "alpha=active", "--as-if", "links.middle=active", "--json")

    assert (code, json.loads(out)["routers"]) == (0, [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("drain", "gamma"), "no router and no link is called 'gamma'"),
        (("restore", "alpha"), "alpha is active"),
        (("plan", "--as-if", "alpha=gone"), "alpha: no router is 'gone'"),
    ],
)
def test_what_cannot_be_is_one_sentence(place: Town, run: Run, words: tuple[str, ...], sentence: str) -> None:
    code, _, error = run(*words)

    assert code == 2
    assert sentence in error


def test_a_status_is_written_behind_its_name(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("plan", "--as-if", "alpha")

    assert "write it as NAME=STATUS" in capsys.readouterr().err
