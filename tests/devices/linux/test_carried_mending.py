"""What the start of a machine left half-done is taken in again, by the carried program and by units of systemd."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hanse.devices.linux.carried import boot_units, disk, mending
from hanse.devices.linux.carried.commands import AT_START, COMMANDS
from hanse.devices.linux.carried.component import Component
from hanse.devices.linux.carried.tools import Ran
from hanse.devices.linux.carried.troubles import Failed, Refused


@dataclass(slots=True)
class Program:
    """A program of the router: wrong until its files were taken in often enough."""

    name: str
    wrong_until: int = 0
    reloads: int = 0
    was_locked: bool = False
    lock: Path = field(default=Path("/nonexistent"))

    def component(self) -> Component:
        """Return it as the carried program sees it."""
        return Component(self.name, lambda _: True, lambda _: [], lambda _: {}, self.reload, self.judge, lambda _: None)

    def reload(self) -> None:
        """Take the files in."""
        self.reloads += 1
        self.was_locked = disk.is_locked(self.lock)

    def judge(self) -> None:
        """See whether it is as they say."""
        if self.reloads < self.wrong_until:
            raise Failed(f"it lacks line {self.reloads + 1}")


Machine = Callable[..., list[str]]


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """Give what mends a machine with some programs, and perhaps an open transaction."""

    def mend(*programs: Program, transaction: object = None) -> list[str]:
        def components_of(_: Iterable[str]) -> list[Component]:
            return [program.component() for program in programs]

        for program in programs:
            program.lock = tmp_path / "lock"
        monkeypatch.setattr(mending, "LOCK", tmp_path / "lock")
        monkeypatch.setattr(mending, "manifest_now", dict)
        monkeypatch.setattr(mending, "components_of", components_of)
        monkeypatch.setattr(mending, "open_transaction", lambda: transaction)
        return mending.mend()

    return mend


def test_what_is_as_its_files_say_is_left_alone(mended: Machine) -> None:
    firewall = Program("nft")

    assert mended(firewall) == []
    assert firewall.reloads == 0


def test_what_is_not_is_taken_in_again_while_nobody_else_may_change_anything(mended: Machine) -> None:
    interfaces = Program("interfaces", wrong_until=1)

    assert mended(interfaces) == ["interfaces: it lacks line 1; taken in again"]
    assert (interfaces.reloads, interfaces.was_locked) == (1, True)


def test_what_stays_wrong_is_told_and_the_next_is_seen_to(mended: Machine) -> None:
    interfaces, bird = Program("interfaces", wrong_until=9), Program("bird", wrong_until=1)

    assert mended(interfaces, bird) == [
        "interfaces: it lacks line 1; and still it lacks line 2",
        "bird: it lacks line 1; taken in again",
    ]


def test_frr_compares_each_time_since_its_judgement_does_not_see_every_line(mended: Machine) -> None:
    frr = Program("frr")

    assert mended(frr) == []
    assert frr.reloads == 1


def test_a_program_that_does_not_take_its_files_in_is_told(mended: Machine) -> None:
    class Stubborn(Program):
        def reload(self) -> None:
            raise Failed("it is not installed")

    assert mended(Stubborn("bird", wrong_until=1)) == ["bird: it lacks line 1; and now it is not installed"]


def test_nothing_is_done_while_a_deployment_is_on_trial(mended: Machine) -> None:
    interfaces = Program("interfaces", wrong_until=1)

    assert mended(interfaces, transaction=object()) == []
    assert interfaces.reloads == 0


def test_both_words_of_the_machines_start_ask_for_nothing() -> None:
    assert set(COMMANDS) > AT_START
    assert all(f"router.pyz {word}\n" in "".join(boot_units.UNITS.values()) for word in AT_START)


@dataclass(slots=True)
class Systemctl:
    """What systemd is told."""

    code: int = 0
    told: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, *words: str) -> Ran:
        """Take the words."""
        self.told.append(words)
        return Ran(self.code, "no such verb" if self.code else "")


@pytest.fixture
def units(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give a folder of units where systemd runs."""
    monkeypatch.setattr(boot_units, "SYSTEMD", tmp_path)
    monkeypatch.setattr(boot_units, "DIRECTORY", tmp_path)
    return tmp_path


def test_units_are_installed_once(units: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    systemctl = Systemctl()
    monkeypatch.setattr(boot_units, "run", systemctl)

    boot_units.install_units()
    boot_units.install_units()

    assert {unit.name: unit.read_text() for unit in units.iterdir()} == boot_units.UNITS
    assert [words for words in systemctl.told if "enable" in words] == [
        ("systemctl", "enable", name) for name in boot_units.UNITS
    ]


def test_a_unit_that_systemd_does_not_take_is_not_left(units: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boot_units, "run", Systemctl(code=1))

    with pytest.raises(Refused, match="no such verb"):
        boot_units.install_units()

    assert list(units.iterdir()) == []


def test_where_no_systemd_runs_no_unit_is_written(units: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boot_units, "SYSTEMD", units / "absent")

    boot_units.install_units()

    assert list(units.iterdir()) == []
