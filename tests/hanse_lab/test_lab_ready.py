"""Words said to a `hanse` that is ready: as if each were a new process."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hanse_lab.asking import say
from hanse_lab.errors import CommandFailed
from hanse_lab.folder import Folder
from hanse_lab.processes import end, marked
from hanse_lab.product import HURRIED, Hanse
from hanse_lab.waiting import wait_until

CITY = Path(__file__).parents[2] / "examples/small-city"


@pytest.fixture(scope="module")
def hanse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hanse]:
    folder = Folder(tmp_path_factory.mktemp("lab"))
    yield Hanse(folder)
    end(marked(folder.path), folder.path)


def ready_in(lab: Path) -> set[int]:
    """Return the processes that are ready, once the copies that answered have gone."""
    seen: list[set[int]] = []

    def is_still() -> bool:
        seen.append(set(marked(lab)))
        return len(seen) > 1 and seen[-2] == seen[-1]

    wait_until("no copy is left", is_still, within=timedelta(seconds=10))
    return seen[-1]


def test_a_word_finds_what_an_earlier_one_stored(hanse: Hanse) -> None:
    hanse.say("import", str(CITY))

    assert "core1" in hanse.say("links")


def test_exit_code_and_sentence_are_those_of_the_word(hanse: Hanse) -> None:
    done = hanse.outcome("import", "/nowhere")

    assert (done.returncode, done.stdout) == (2, "")
    assert "/nowhere" in done.stderr


def test_a_word_that_is_none_ends_as_it_does_by_itself(hanse: Hanse) -> None:
    done = hanse.outcome("no-such-word")

    assert done.returncode == 2
    assert "usage: hanse" in done.stderr


def test_one_process_serves_all_words_with_the_same_settings(hanse: Hanse) -> None:
    hanse.say("schema")
    before = ready_in(hanse.folder.path)

    hanse.say("schema")
    assert ready_in(hanse.folder.path) == before

    Hanse(hanse.folder, (("HANSE_SETTLE", "5"),)).say("schema")
    assert len(ready_in(hanse.folder.path) - before) == 1


def test_settings_are_those_of_the_caller(hanse: Hanse) -> None:
    with pytest.raises(CommandFailed, match="HANSE_SETTLE"):
        Hanse(hanse.folder, (("HANSE_SETTLE", "soon"),)).say("status")


def test_what_is_relative_is_so_to_the_callers_folder(hanse: Hanse, monkeypatch: pytest.MonkeyPatch) -> None:
    hanse.say("import", str(CITY))
    monkeypatch.chdir(CITY.parent)

    assert hanse.outcome("import", CITY.name).returncode == 0


def test_a_word_that_takes_too_long_is_ended(hanse: Hanse, tmp_path: Path) -> None:
    lab = hanse.folder.path
    hanse.say("schema")
    before = ready_in(lab)
    os.mkfifo(tmp_path / "network.yml")  # nobody ever writes into it

    with pytest.raises(CommandFailed, match=r"`hanse check .*` did not end within 1 s"):
        say(["check", str(tmp_path)], folder=lab, env=HURRIED | hanse.environment(), patience=timedelta(seconds=1))

    wait_until("the word is ended", lambda: ready_in(lab) == before, within=timedelta(seconds=10))


def test_one_that_was_killed_is_started_again(tmp_path: Path) -> None:
    hanse = Hanse(Folder(tmp_path))
    hanse.say("schema")
    first = ready_in(tmp_path)
    end(tuple(first), tmp_path)

    hanse.say("schema")

    second = ready_in(tmp_path)
    end(tuple(second), tmp_path)
    assert len(second) == 1
    assert second != first
