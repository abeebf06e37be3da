"""What the carried program remembers of this router's programs, and asks no second time. Without a router."""

import time
from pathlib import Path

import pytest

from hanse.devices.linux.carried import interfaces, learned, staging
from hanse.devices.linux.carried.changes import Change
from hanse.devices.linux.carried.component import Candidate, Component, Finding
from hanse.devices.linux.carried.staging import Wanted
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.carried.troubles import Refused


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the list of packages of a router on which nothing was learned yet."""
    (tmp_path / "run").mkdir()
    (tmp_path / "status").write_text("Package: bird2\n")
    monkeypatch.setattr(learned, "RUN", tmp_path / "run")
    monkeypatch.setattr(learned, "PACKAGES", tmp_path / "status")
    return tmp_path / "status"


def nobody() -> None:
    """Do nothing."""


class Checked:
    """A component that counts how often it is asked, and refuses a text with `wrong` in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        nothing = Component("any", lambda path: True, self.check, lambda new: {}, nobody, nobody, lambda old: None)
        monkeypatch.setattr(staging, "COMPONENTS", (nothing,))
        self.now = 1000.0
        monkeypatch.setattr(time, "clock_gettime", lambda clock: self.now)

    def check(self, candidates: list[Candidate]) -> list[Finding]:
        self.times += 1
        return [Finding(one.path, 1, "wrong") for one in candidates if "wrong" in one.text]


@pytest.fixture
def checked(packages: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Return a component that stands for all."""
    return Checked(monkeypatch)


def check(text: str, was: str = "") -> None:
    """Check a candidate of one file."""
    staging._check([Change("/etc/a", 0o644, "root", new=True, was=was)], [Wanted("/etc/a", text, text, 0o644, "root")])


def test_what_was_learned_is_recalled_until_a_package_changes(packages: Path) -> None:
    learned.learn("words", "one two")
    before = learned.recalled("words")
    packages.write_text("Package: bird2\nPackage: frr\n")
    packages.touch()

    assert before == "one two"
    assert learned.recalled("words") is None
    assert learned.recalled("nothing") is None


def test_without_a_list_of_packages_nothing_is_remembered(packages: Path) -> None:
    packages.unlink()

    learned.learn("words", "one two")

    assert learned.recalled("words") is None


def test_ifupdown2_lists_its_words_once(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(*words: str) -> Ran:
        asked.append(" ".join(words))
        return Ran(0, "address:\n  address\n  alias\n")

    monkeypatch.setattr(interfaces, "run", run)

    first, second = interfaces.known_words(), interfaces.known_words()

    assert first == second == {"address", "alias"}
    assert asked == ["ifquery -s"]


def test_an_ifupdown2_that_lists_nothing_is_asked_again(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(*words: str) -> Ran:
        asked.append(" ".join(words))
        return Ran(124, "")

    monkeypatch.setattr(interfaces, "run", run)
    interfaces.known_words()
    interfaces.known_words()

    assert asked == ["ifquery -s"] * 2


def test_what_was_reviewed_a_moment_ago_is_not_checked_again(checked: Checked) -> None:
    check("a")
    checked.now += staging.STILL_GOOD / 2
    check("a")

    assert checked.times == 1


@pytest.mark.parametrize("other", ["text", "old file", "time", "boot", "packages"])
def test_anything_else_is_checked(checked: Checked, packages: Path, other: str) -> None:
    check("a")
    if other == "packages":
        packages.unlink()
    checked.now += {"time": staging.STILL_GOOD, "boot": -999.0}.get(other, 1.0)

    check("b" if other == "text" else "a", was="another" if other == "old file" else "")

    assert checked.times == 2


def test_what_was_refused_is_refused_again(checked: Checked) -> None:
    for _ in range(2):
        with pytest.raises(Refused, match="/etc/a:1: wrong"):
            check("wrong")

    assert checked.times == 2


def test_where_there_is_no_room_nothing_is_learned_and_nobody_is_refused(packages: Path) -> None:
    (packages.parent / "run").rmdir()

    learned.learn("words", "auto iface")

    assert learned.recalled("words") is None
