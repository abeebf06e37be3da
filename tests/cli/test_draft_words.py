"""`hanse draft`: from files to a change set and back, in words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions.small_city import Town
from hanse.actions.drafts import save_now
from hanse.actions.rights import operator
from hanse.network.wanted.edits import Edit
from hanse.store import snapshot

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., tuple[int, str, str]]
SLOWER = "link_classes: {fibre: {medium: fibre, cost: 20}}\n"


def said(run: Run, *words: str) -> Any:
    code, out, error = run("draft", *words, "--json")
    assert code in {0, 10}, error or out
    return json.loads(out)


def drafted(run: Run, folder: Path, text: str = SLOWER, *words: str) -> str:
    (folder / "part.yml").write_text(text)
    return str(said(run, "new", str(folder / "part.yml"), "--title", "Slower fibre", *words)["draft"])


def test_files_become_a_draft_that_is_looked_at_taken_and_taken_back(place: Town, run: Run, tmp_path: Path) -> None:
    number = drafted(run, tmp_path)

    code, shown, _ = run("draft", "preview", number)
    taken = said(run, "take", number)
    cost = snapshot.load().link_classes["fibre"].cost
    back = said(run, "undo", str(taken["change_set"]))
    said(run, "take", str(back["draft"]))

    assert code == 10
    assert "change link_classes.fibre" in shown
    assert "alpha: +2 -2" in shown
    assert (cost, snapshot.load().link_classes["fibre"].cost) == (20, 10)
    assert [one["title"] for one in said(run, "change-sets")["change_sets"]][1:] == ["Slower fibre", "import"]


def test_a_preview_as_json_has_everything(place: Town, run: Run, tmp_path: Path) -> None:
    found = said(run, "preview", drafted(run, tmp_path), "--router", "beta")

    assert found["can_be_taken"] is True
    assert [(one["node"], one["lines_added"]) for one in found["routers"]] == [("beta", 2)]
    assert "cost 20" in found["routers"][0]["diff"]


def test_problems_are_told_and_stand_against_taking(place: Town, run: Run, tmp_path: Path) -> None:
    number = drafted(run, tmp_path)
    said(run, "remove", "sites.hall", "--into", number)

    code, shown, _ = run("draft", "preview", number)
    taken, _, error = run("draft", "take", number)

    assert (code, taken) == (2, 2)
    assert "nodes.alpha.site: there is no site 'hall'" in shown
    assert "nodes.alpha.site" in error


def test_a_whole_folder_removes_what_it_does_not_name(place: Town, run: Run, tmp_path: Path) -> None:
    text = "network: {name: town, asn: 64500}\nsites: {hall: }\n"
    (tmp_path / "all.yml").write_text(text)

    found = said(run, "new", str(tmp_path), "--whole")

    assert ("remove", "sessions", "bob") in {(one["verb"], one["kind"], one["name"]) for one in found["changes"]}


def test_an_object_is_renamed_left_out_and_the_draft_called(place: Town, run: Run) -> None:
    number = str(said(run, "rename", "sites.hall", "yard")["draft"])
    said(run, "title", number, "A new yard")
    said(run, "drop", number, "nodes.beta")

    code, shown, _ = run("draft", "show", number)

    assert code == 0
    assert shown.startswith("A new yard\nremove sites.hall\nadd    sites.yard\nchange nodes.alpha\n")
    assert "nodes.beta" not in shown
    assert "sites:\n  yard: {}" in run("draft", "file", number)[1]


def test_a_conflict_is_settled(place: Town, run: Run, tmp_path: Path) -> None:
    number = drafted(run, tmp_path)
    theirs = Edit(kind="link_classes", name="fibre", body={"medium": "fibre", "cost": 10, "hello": 5})
    save_now(edits=[theirs], person=operator("dora"), world=place.world)

    code, shown, _ = run("draft", "preview", number)
    said(run, "settle", number, "link_classes.fibre", "both")
    said(run, "take", number)

    assert code == 2
    assert "Conflicts: somebody else changed" in shown
    assert snapshot.load().link_classes["fibre"].hello == 5


def test_a_draft_is_withdrawn_and_opened_again(place: Town, run: Run) -> None:
    number = str(said(run, "new", "--title", "Empty")["draft"])
    said(run, "withdraw", number)

    refused, _, error = run("draft", "take", number)
    said(run, "reopen", number)

    assert refused == 2
    assert "withdrawn" in error
    assert said(run, "list")["drafts"][0]["state"] == "open"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "99"), "there is no draft 99"),
        (("undo", "99"), "there is no change set 99"),
        (("remove", "hall"), "write an object as KIND.NAME"),
        (("remove", "houses.hall"), "there is no kind 'houses'"),
        (("new", "/nowhere.yml"), "cannot be read"),
    ],
)
def test_what_cannot_be_is_one_sentence(place: Town, run: Run, words: tuple[str, ...], sentence: str) -> None:
    code, _, error = run("draft", *words)

    assert code == 2
    assert sentence in error
