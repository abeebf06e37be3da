"""`hanse count`: lines that somebody wrote, and lines of configuration that follow from them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from hanse.cli.say import Exit, table, tell
from hanse.cli.source import Source, known_argument, source_of, texts_of
from hanse.network.wanted.files import dump
from hanse.render.counting import Count, count

NAME: Final = "count"
HELP: Final = "count lines of intent, and lines of configuration that follow from them"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="files to count; else the store")
    known_argument(parser)


def run(args: Namespace) -> int:
    """Count, without blank lines and comments."""
    source = source_of(args)
    counted = count(_texts(args.folder, source), source.specs().values(), source.overrides)
    written = [*counted.intent.items(), ("all of it", counted.written)]
    derived = [(one.node, one.dialect, one.files, one.lines) for one in counted.derived]
    total = ("all of them", "", sum(one.files for one in counted.derived), counted.lines)
    lines = (
        table(("WRITTEN", "LINES"), written),
        "",
        table(("ROUTER", "DIALECT", "FILES", "LINES"), [*derived, total]),
        f"\nFrom one line that somebody wrote follow {counted.ratio:.1f} lines of configuration.",
    )
    tell(args, _tree(counted), lines)
    return Exit.FINE


def _texts(folder: Path | None, source: Source) -> Mapping[str, str]:
    """Return the files in the folder, by name; of the store, those that `hanse export` would write."""
    if folder is None:
        return dump(source.network)
    return {Path(path).name: text for path, text in texts_of(folder).items()}


def _tree(counted: Count) -> dict[str, Any]:
    return {
        "intent": [{"file": name, "lines": lines} for name, lines in counted.intent.items()],
        "routers": [asdict(one) for one in counted.derived],
        "written": counted.written,
        "derived": counted.lines,
        "ratio": round(counted.ratio, 1),
    }
