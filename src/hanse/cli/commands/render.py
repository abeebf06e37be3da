"""`hanse render`: the text that a router gets, and where a line of it came from."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.cli.explained import told_of_lines
from hanse.cli.one import spec_of
from hanse.cli.say import Exit, tell
from hanse.cli.source import folder_argument, known_argument, source_of
from hanse.render.explain import explain
from hanse.render.text import render

NAME: Final = "render"
HELP: Final = "print the configuration of a router, secrets by name; or where a line of it came from"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("node", metavar="NODE")
    parser.add_argument("--explain", metavar="LINE", help="where a line came from: its number, or some text of it")
    folder_argument(parser)
    known_argument(parser)


def run(args: Namespace) -> int:
    """Print the text, or what is behind some of its lines."""
    source = source_of(args)
    spec = spec_of(source, args.node)
    if args.explain is not None:
        return told_of_lines(args, source, explain(spec, source.overrides))
    text = render(spec, source.overrides)
    tell(args, {"node": args.node, "text": text}, [text.removesuffix("\n")])
    return Exit.FINE
