"""`hanse render`: the text that a router gets."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.cli.one import spec_of
from hanse.cli.say import Exit, tell
from hanse.cli.source import folder_argument, source_of
from hanse.render.text import render

NAME: Final = "render"
HELP: Final = "print the configuration of a router, secrets by name"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("node", metavar="NODE")
    folder_argument(parser)


def run(args: Namespace) -> int:
    """Print the text."""
    source = source_of(args)
    text = render(spec_of(source, args.node), source.overrides)
    tell(args, {"node": args.node, "text": text}, [text.removesuffix("\n")])
    return Exit.FINE
