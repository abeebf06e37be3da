"""What the pages are drawn with: fetched by npm, locked without naming a host, and complete."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from house.house_files import ROOT

PAGES: Final = ROOT / "src" / "hanse" / "web" / "pages"
ICON: Final = re.compile(r"""<c-icon name="([a-z0-9-]+)"|\bicon="([a-z0-9-]+)\"""")
CHOSEN: Final = re.compile(r"<c-icon name=\"\{%(.*?)\"\s*(?:class|/)")
DRAWING: Final = '<svg class="icon"><path stroke="none" d="M0 0h24v24H0z" fill="none" /><path d="M3 12h4" /></svg>'


@pytest.fixture
def assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hanse_assets", ROOT / "script" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def packages(assets: ModuleType, tmp_path: Path) -> Path:
    """Return what npm would have fetched, in small."""
    folder = tmp_path / "node_modules"
    for name in assets.FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text {}\n/*# sourceMappingURL=text.css.map */\n")
    (folder / assets.ICONS).mkdir(parents=True)
    (folder / assets.ICONS / "router.svg").write_text(DRAWING)
    (folder / "uplot" / "LICENSE").write_text("MIT")
    return folder


def test_every_icon_that_a_page_names_is_in_the_sprite(assets: ModuleType) -> None:
    named: dict[str, str] = {}
    for path in (*PAGES.rglob("*.html"), *PAGES.rglob("*.py")):
        text = path.read_text()
        words = {one or other for one, other in ICON.findall(text)}
        words |= {word for choice in CHOSEN.findall(text) for word in re.findall(r"%\}([a-z0-9-]+)\{%", choice)}
        named |= dict.fromkeys(words, path.name)

    assert {icon: page for icon, page in named.items() if icon not in assets.icon_names()} == {}


def test_icons_are_listed_once_and_in_order(assets: ModuleType) -> None:
    names = assets.icon_names()

    assert list(names) == sorted(set(names))


def test_the_sprite_holds_drawings_without_their_frame(assets: ModuleType, packages: Path) -> None:
    text = assets.sprite(packages / assets.ICONS, ("router",))

    assert '<symbol id="router" viewBox="0 0 24 24"><path d="M3 12h4" /></symbol>' in text


def test_an_icon_that_there_is_not_is_named(assets: ModuleType, packages: Path) -> None:
    with pytest.raises(assets.NoAssets, match="no icon banana"):
        assets.sprite(packages / assets.ICONS, ("router", "banana"))


def test_what_is_wanted_is_placed_with_its_licence_and_without_maps(
    assets: ModuleType, packages: Path, tmp_path: Path
) -> None:
    target = tmp_path / "vendor"

    assets.place(packages, target, ("router",))

    placed = {path.name for path in target.iterdir()}
    assert placed == {*(Path(name).name for name in assets.FILES), "icons.svg", "uplot.LICENSE.txt"}
    assert (target / "tabler.min.css").read_text() == "text {}\n"


def test_without_npm_the_sentence_says_what_to_install(
    assets: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in assets.SOURCES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.setenv("PATH", "")

    with pytest.raises(assets.NoAssets, match="apt-get install npm"):
        assets.make(tmp_path)


def test_the_lock_names_versions_and_sums_and_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}

    assert packages != {}
    assert [name for name, one in packages.items() if "resolved" in one] == []
    assert [name for name, one in packages.items() if not one["integrity"].startswith("sha512-")] == []
