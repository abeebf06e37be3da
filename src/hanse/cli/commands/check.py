"""`hanse check`: is what is wanted free of contradictions, and can everything be written for it?"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from hanse.cli.say import Exit, tell
from hanse.cli.source import source_of
from hanse.render.text import render

NAME: Final = "check"
HELP: Final = "say what is wrong with what is wanted: nothing is touched"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="files to check; else the store")


def run(args: Namespace) -> int:
    """Check, derive and render every router; silent if all is well. What registries never told is no problem."""
    source = source_of(args)
    specs = source.specs()
    for spec in specs.values():
        if spec.dialect and not spec.missing:
            render(spec, source.overrides)
    untold = {spec.name: spec.missing for spec in specs.values() if spec.dialect and spec.missing}
    lines = [f"{node}: {sentence}" for node, sentences in untold.items() for sentence in sentences]
    tell(args, {"problems": [], "routers": len(specs), "untold": untold}, lines)
    return Exit.FINE
