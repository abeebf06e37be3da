"""Bring what the pages need from npm to where Django finds it: `static/vendor`, which git ignores.

    python3 script/assets.py           fetch and place it, unless it is there and current
    python3 script/assets.py --check   say by the exit code whether it is

Standard library only. `./hanse` calls it, and hatch_build.py when a wheel is made.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PLACE: Final = Path("src/hanse/web/pages/static/vendor")
SOURCES: Final = ("package.json", "package-lock.json", "script/icons.txt", "script/assets.py")
ICONS: Final = "@tabler/icons/icons/outline"
SPRITE: Final = "icons.svg"
FILES: Final = (
    "@tabler/core/dist/css/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js",
    "cose-base/cose-base.js",
    "cytoscape-fcose/cytoscape-fcose.js",
    "cytoscape/dist/cytoscape.min.js",
    "layout-base/layout-base.js",
    "uplot/dist/uPlot.iife.min.js",
    "uplot/dist/uPlot.min.css",
)
# Where a package keeps its licence under a name of its own, it is carried along.
LICENCE: Final = re.compile(r"licen[cs]e(\..*)?", re.IGNORECASE)
SOURCE_MAP: Final = re.compile(r"\n?(/\*|//)# sourceMappingURL=[^\n]*")  # the maps are not carried along
DRAWING: Final = re.compile(r"<svg[^>]*>(?P<inside>.*)</svg>", re.DOTALL)
FRAME: Final = re.compile(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" />')


class NoAssets(Exception):
    """What the pages are drawn with cannot be had; the text says why."""


def sum_of_sources(root: Path) -> str:
    """Return the checksum of all that the assets are made from."""
    total = hashlib.sha256()
    for name in SOURCES:
        total.update((root / name).read_bytes())
    return total.hexdigest()


def is_current(root: Path = ROOT) -> bool:
    """Say whether the assets are there and as the sources want them."""
    stamp = root / PLACE / "stamp"
    return stamp.exists() and stamp.read_text() == sum_of_sources(root)


def icon_names(root: Path = ROOT) -> tuple[str, ...]:
    """Return the icons that the pages use."""
    lines = (line.strip() for line in (root / "script/icons.txt").read_text().splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def sprite(folder: Path, names: tuple[str, ...]) -> str:
    """Return one SVG that holds every icon as a symbol.

    :raises NoAssets: naming those that Tabler does not have
    """
    lacking = [name for name in names if not (folder / f"{name}.svg").exists()]
    if lacking:
        raise NoAssets(f"Tabler has no icon {', '.join(lacking)}: see script/icons.txt")
    return "\n".join(('<svg xmlns="http://www.w3.org/2000/svg">', *_symbols(folder, names), "</svg>\n"))


def _symbols(folder: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        drawing = DRAWING.search((folder / f"{name}.svg").read_text())
        if drawing is None:
            raise NoAssets(f"the icon {name} is no drawing")
        inside = " ".join(FRAME.sub("", drawing["inside"]).split())
        yield f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>'


def fetch(root: Path, npm: str) -> Path:
    """Let npm put the locked packages into `node_modules`; return that folder.

    :raises NoAssets:
    """
    words = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    beside = {"PATH": f"{Path(npm).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(words, check=False, cwd=root, env=os.environ | beside, capture_output=True, text=True)
    if done.returncode:
        raise NoAssets(f"npm cannot fetch what the pages are drawn with:\n{(done.stderr or done.stdout).strip()}")
    return root / "node_modules"


def place(packages: Path, target: Path, names: tuple[str, ...]) -> None:
    """Copy what is wanted out of `packages`, with its licences."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in FILES:
        text = (packages / name).read_text(encoding="utf-8")
        (target / Path(name).name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
    (target / SPRITE).write_text(sprite(packages / ICONS, names), encoding="utf-8")
    for package in {*(_package_of(name) for name in FILES), _package_of(ICONS)}:
        for licence in sorted((packages / package).iterdir()):
            if LICENCE.fullmatch(licence.name):
                shutil.copy(licence, target / f"{package.replace('/', '-').lstrip('@')}.LICENSE.txt")


def _package_of(file: str) -> str:
    parts = file.split("/")
    return "/".join(parts[:2]) if file.startswith("@") else parts[0]


def make(root: Path = ROOT, npm: str | None = None) -> bool:
    """Make the assets if they are not current; return whether there was anything to do.

    :raises NoAssets:
    """
    if is_current(root):
        return False
    npm = npm or shutil.which("npm")
    if npm is None:
        raise NoAssets("there is no npm. On Debian: apt-get install npm")
    place(fetch(root, npm), root / PLACE, icon_names(root))
    (root / PLACE / "stamp").write_text(sum_of_sources(root))
    return True


def main() -> int:
    """Return the exit code: 3 when the world outside fails."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--check", action="store_true", help="change nothing")
    words.add_argument("--npm", help="the npm to use; without it the one in the PATH")
    asked = words.parse_args()
    if asked.check:
        return 0 if is_current() else 1
    try:
        make(npm=asked.npm)
    except NoAssets as lack:
        print(lack, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
