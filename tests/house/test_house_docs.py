"""What the code offers is documented; what is written from the code is current."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from hanse.cli.main import words
from hanse.conf.environment import SETTINGS
from hanse.devices.napalm.platforms import SHIPPED
from house.house_files import ROOT

DOCS: Final = ROOT / "docs"
MANAGE: Final = sorted(
    path.stem for path in (ROOT / "src").rglob("management/commands/*.py") if not path.stem.startswith("_")
)


def page(name: str) -> str:
    path: Path = DOCS / name
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def write_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "script/write_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("word", words())
def test_every_word_of_hanse_is_documented(word: str) -> None:
    assert f"hanse {word}" in page("use/commands.md")


def test_the_readme_uses_words_that_there_are() -> None:
    used = re.findall(r"\./hanse ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert set(used) - set(words()) == {"demo", "test"}


def test_every_word_of_manage_py_is_documented() -> None:
    _, _, commands = page("use/commands.md").partition("## `manage.py`")

    assert [word for word in MANAGE if f"`{word}" not in commands] == []


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in page("operate/settings.md")


def drivers() -> Iterator[str]:
    """Yield the drivers of the entry points, as the project's own file has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from project["entry-points"]["hanse.drivers"]
    yield from SHIPPED


@pytest.mark.parametrize("name", tuple(drivers()))
def test_every_driver_is_documented(name: str) -> None:
    assert f"`{name}`" in page("use/drivers.md")


def test_the_page_of_errors_is_current(write_docs: ModuleType) -> None:
    write_docs.import_all()

    assert page("use/errors.md") == write_docs.errors_page(), "run script/write_docs.py"


def test_the_table_of_abilities_is_current(write_docs: ModuleType) -> None:
    drivers_page = page("use/drivers.md")

    assert drivers_page == write_docs.drivers_page(drivers_page), "run script/write_docs.py"


def test_what_follows_from_the_example_is_counted_as_it_is_now(write_docs: ModuleType) -> None:
    network_page = page("use/network.md")

    assert network_page == write_docs.network_page(network_page), "run script/write_docs.py"


def test_the_floors_of_the_architecture_page_are_those_of_the_contracts() -> None:
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter")
    floors = contracts["importlinter:contract:floors"]["layers"].split("\n")

    drawn = re.search(r"<!-- floors -->\n```\n(.*?)```", page("develop/architecture.md"), re.DOTALL)

    assert drawn is not None
    rooms = [line.partition("  ")[0].strip() for line in drawn[1].splitlines()]
    assert rooms == [floor.strip() for floor in floors if floor.strip()]


def test_every_room_is_on_the_architecture_page() -> None:
    rooms = sorted(path.name for path in (ROOT / "src/hanse").iterdir() if (path / "__init__.py").exists())

    assert [room for room in rooms if f"  {room}/" not in page("develop/architecture.md")] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("[0-9]*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_no_page_links_to_a_file_that_is_not_there() -> None:
    pages = [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    dead = [
        f"{path.name}: {target}"
        for path in pages
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]

    assert dead == []


def test_every_page_is_linked_from_the_front_page() -> None:
    front = page("README.md")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if path.name != "README.md"]

    assert [name for name in pages if f"({name})" not in front and not name.startswith("decisions/")] == []
