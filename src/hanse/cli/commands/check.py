"""`hanse check`: is what is wanted free of contradictions, and can everything be written for it?"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from hanse.cli.say import Exit, tell
from hanse.cli.source import Source, source_of
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.render.text import render

NAME: Final = "check"
HELP: Final = "say what is wrong with what is wanted: nothing is touched"


class Unwritable(WantedError):
    """The texts of routers cannot be written: a template fails, or a platform has no words for what is wanted."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="files to check; else the store")


def run(args: Namespace) -> int:
    """Check, derive and render every router; silent if all is well. What registries never told is no problem.

    :raises Unwritable: with every router that it holds for
    """
    source = source_of(args)
    specs = source.specs()
    wrong = [sentence for spec in specs.values() if (sentence := _unwritten(spec, source))]
    if wrong:
        raise Unwritable("\n".join(wrong))
    untold = {spec.name: spec.missing for spec in specs.values() if spec.dialect and spec.missing}
    lines = [f"{node}: {sentence}" for node, sentences in untold.items() for sentence in sentences]
    tell(args, {"problems": [], "routers": len(specs), "untold": untold}, lines)
    return Exit.FINE


def _unwritten(spec: DeviceSpec, source: Source) -> str:
    """Return why a router's text cannot be written; empty: it can, or nothing is written there."""
    if not spec.dialect or spec.missing:
        return ""
    try:
        render(spec, source.overrides)
    except WantedError as error:
        return f"{spec.name}: {str(error).removeprefix(f'{spec.name}: ')}"
    return ""
