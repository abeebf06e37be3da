"""The command's words, as far as they need no router."""

from datetime import timedelta
from pathlib import Path

import pytest

from hanse_lab import folder
from hanse_lab.demo import changes
from hanse_lab.main import folder_for, main
from hanse_lab.plan import LabPlan, Place
from hanse_lab.product import Hanse


@pytest.fixture(autouse=True)
def no_labs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep labs under a folder of the test's own."""
    monkeypatch.setattr(folder, "ABOVE", tmp_path)
    return tmp_path


def test_a_word_about_a_lab_that_is_not_up_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["status"])

    assert code == 1
    assert "no lab 'city' is up" in capsys.readouterr().err


def test_which_of_two_labs_is_meant_must_be_said(no_labs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (no_labs / "one").mkdir()
    (no_labs / "two").mkdir()

    code = main(["status"])

    assert code == 1
    assert "labs one, two are up: say which with --name" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["demo", "faults", "soak"])
def test_a_word_that_begins_a_lab_leaves_the_one_that_is_up_alone(
    no_labs: Path, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (no_labs / "city").mkdir()

    code = main([word])

    assert code == 1
    assert "lab 'city' is up" in capsys.readouterr().err
    assert (no_labs / "city").is_dir()


def test_a_victim_that_is_no_router_is_a_sentence_before_anything_begins(
    no_labs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["faults", "--victim", "nobody"])

    assert code == 1
    assert "'nobody' is no router of this network; it has border1," in capsys.readouterr().err
    assert list(no_labs.iterdir()) == []


def test_a_word_that_begins_a_lab_does_not_take_the_name_of_another(no_labs: Path) -> None:
    (no_labs / "one").mkdir()

    assert [folder_for(None, begins=begins).name for begins in (True, False)] == ["city", "one"]


def test_the_product_gets_the_labs_settings_and_none_of_the_callers(
    no_labs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANSE_TEMPLATES", "/mine")
    monkeypatch.setenv("NAPALM_PASSWORD", "mine")

    found = Hanse(folder.Folder(no_labs / "city"), (("HANSE_SETTLE", "5"),)).environment()

    assert {name: value for name, value in found.items() if name.startswith(("HANSE_", "NAPALM_"))} == {
        "HANSE_DATA": f"{no_labs}/city/data",
        "HANSE_SSH_KEY": f"{no_labs}/city/ssh/id_ed25519",
        "HANSE_SETTLE": "5",
        "NAPALM_USERNAME": "root",
    }


@pytest.mark.parametrize(("place", "concurrency", "minutes"), [(Place.HOST, None, 5), (Place.UML, "2", 30)])
def test_few_routers_of_a_guest_are_spoken_to_at_a_time_and_long(
    no_labs: Path, place: Place, concurrency: str | None, minutes: int
) -> None:
    lab = folder.Folder(no_labs / "city")
    lab.path.mkdir()
    lab.write(folder.Record(network="/city", plan=LabPlan(routers=(), speakers=(), cables=()), place=place, nodes={}))

    hanse = Hanse(lab)

    assert hanse.environment().get("HANSE_CONCURRENCY") == concurrency
    assert hanse.patience == timedelta(minutes=minutes)


def test_a_change_is_told_with_its_cause() -> None:
    change = {"subject": "interface", "name": "ring0", "change": "went down", "why": "no carrier", "since": None}

    told = list(changes({"routers": [{"node": "core1", "changes": [change]}]}))

    assert told == ["core1: interface ring0 went down: no carrier"]
