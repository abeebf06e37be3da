"""The door is a script without a suffix; its parts are tested as functions, its whole by CI."""

import importlib.machinery
import importlib.util
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest

from house.house_files import ROOT


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the door of an empty clone in a folder of its own."""
    loader = importlib.machinery.SourceFileLoader("hanse_door", str(ROOT / "hanse"))
    spec = importlib.util.spec_from_loader("hanse_door", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "hanse-environment")
    monkeypatch.setattr(module, "PROGRAMS", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(module, "KEEP_SERVICES_DOWN", tmp_path / "policy-rc.d")
    for lock in module.LOCKS.values():
        (tmp_path / lock).write_text(f"# {lock}\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    return module


def made(door: Any, kind: str) -> None:
    """Leave what a finished installation leaves."""
    door.STAMP.write_text(f"{kind} {door.sum_for(kind)} {door.ROOT}")


def test_door_and_ci_can_be_executed() -> None:
    for path in (ROOT / "hanse", ROOT / ".ci/run", ROOT / "script/lock"):
        assert path.stat().st_mode & stat.S_IXUSR


def test_the_door_needs_the_python_that_the_project_names(door: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["requires-python"] == f">={'.'.join(map(str, door.OLDEST_PYTHON))}"


def test_a_new_clone_is_not_ready(door: Any) -> None:
    assert not door.ready("user")


def test_what_was_made_is_ready_until_the_lock_changes(door: Any) -> None:
    made(door, "user")
    assert door.ready("user")

    (door.ROOT / "requirements.lock").write_text("django==5.2.9\n")

    assert not door.ready("user")


def test_a_third_partys_drivers_are_part_of_the_environment(door: Any, tmp_path: Path) -> None:
    door.THIRD_PARTY = tmp_path / "local_requirements.txt"
    made(door, "user")

    door.THIRD_PARTY.write_text("napalm-example\n")

    assert not door.ready("user")


def test_a_moved_clone_is_made_anew(door: Any, tmp_path: Path) -> None:
    made(door, "user")

    door.ROOT = tmp_path / "elsewhere"
    door.ROOT.mkdir()
    for lock in door.LOCKS.values():
        (door.ROOT / lock).write_text(f"# {lock}\n")

    assert not door.ready("user")


@pytest.mark.parametrize(
    ("before", "word", "needed"),
    [
        ("", "check", "user"),
        ("", "test", "developer"),
        ("", "lint", "developer"),
        ("user", "check", "user"),
        ("user", "lint", "developer"),
        ("developer", "check", "developer"),
    ],
)
def test_a_developers_environment_never_shrinks(door: Any, before: str, word: str, needed: str) -> None:
    if before:
        made(door, before)

    assert door.kind_needed(word) == needed


def test_services_are_kept_down_while_packages_come_and_no_longer(door: Any) -> None:
    with door.services_kept_down():
        assert door.KEEP_SERVICES_DOWN.read_text().endswith("exit 101\n")

    assert not door.KEEP_SERVICES_DOWN.exists()


def test_an_operators_own_policy_stays(door: Any) -> None:
    door.KEEP_SERVICES_DOWN.write_text("#!/bin/sh\nexit 0\n")

    with door.services_kept_down():
        pass

    assert door.KEEP_SERVICES_DOWN.read_text() == "#!/bin/sh\nexit 0\n"


def test_a_left_over_policy_of_ours_is_cleared_away(door: Any) -> None:
    door.KEEP_SERVICES_DOWN.write_text(door.KEEP_SERVICES_DOWN_TEXT)

    with door.services_kept_down():
        pass

    assert not door.KEEP_SERVICES_DOWN.exists()


def test_a_command_that_fails_is_quoted_in_one_sentence_with_its_last_lines(door: Any) -> None:
    with pytest.raises(door.CannotGoOn, match=r"no luck\.\n  sh -c .* said:\n    gone"):
        door.quietly(["sh", "-c", "echo gone; exit 1"], "no luck.")


def test_packages_that_are_only_half_there_count_as_missing(
    door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "dpkg-query"
    asked.write_text("#!/bin/sh\necho bird2 installed\necho frr config-files\nexit 1\n")
    asked.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    door.DEBIAN_PACKAGES = tmp_path / "packages.txt"
    door.DEBIAN_PACKAGES.write_text("# the lab's\nbird2  # a daemon\nfrr\n\ntini\n")

    assert door.packages_missing() == ["frr", "tini"]


def test_where_there_is_no_dpkg_everything_is_missing(
    door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    door.DEBIAN_PACKAGES = tmp_path / "packages.txt"
    door.DEBIAN_PACKAGES.write_text("bird2\n")

    assert door.packages_missing() == ["bird2"]


def test_what_only_tests_need_is_not_installed_for_the_lab(
    door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    door.DEBIAN_PACKAGES = tmp_path / "packages.txt"
    door.DEBIAN_PACKAGES.write_text("bird2  # a daemon\nredis-server  # tests only: an engine\n")

    assert door.packages_missing(for_tests=False) == ["bird2"]
    assert door.packages_missing() == ["bird2", "redis-server"]


def test_the_demo_without_root_says_what_to_do(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "is_root", lambda: False)

    with pytest.raises(door.CannotGoOn, match="sudo"):
        door.enter(["demo"])


def test_a_machine_without_pip_is_told_how_to_get_it(
    door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(door.sys, "executable", str(tmp_path / "python"))

    with pytest.raises(door.CannotGoOn, match="apt-get install python3-pip"):
        door.host_pip()
