"""`hanse render`: the text that a router gets, and where a line of it came from."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.cli.one import spec_of
from hanse.cli.say import Exit, tell
from hanse.cli.source import Source, folder_argument, known_argument, source_of
from hanse.network.errors import WantedError
from hanse.network.wanted.problem import place_of
from hanse.render.explain import ExplainedLine, explain, object_of
from hanse.render.text import render

NAME: Final = "render"
HELP: Final = "print the configuration of a router, secrets by name; or where a line of it came from"
SHOWN: Final = 20  # lines that a text is found in


class NoSuchLine(WantedError):
    """The router's text has no line of that number, and none with that text."""


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
        return _explain(args, source, explain(spec, source.overrides))
    text = render(spec, source.overrides)
    tell(args, {"node": args.node, "text": text}, [text.removesuffix("\n")])
    return Exit.FINE


def _explain(args: Namespace, source: Source, lines: tuple[ExplainedLine, ...]) -> int:
    asked: str = args.explain
    found = [line for line in lines if (str(line.number) == asked if asked.isdecimal() else asked in line.text)]
    if not found:
        raise NoSuchLine(f"the text of {args.node} has {len(lines)} lines, and none is or has {asked!r}")
    shown = [_tree(line, source) for line in found[:SHOWN]]
    more = len(found) - SHOWN
    told = [words for one in shown for words in _words(one)]
    tell(args, {"node": args.node, "lines": shown}, [*told, *([f"and {more} more"] if more > 0 else [])])
    return Exit.FINE


def _tree(line: ExplainedLine, source: Source) -> dict[str, object]:
    kind, name = object_of(line.why, source.network) if line.why else ("", "")
    rest = tuple(line.why.removeprefix(f"{kind}.{name}").strip(".").split("."))
    mark = place_of((kind, name, *rest), source.marks) if line.why else None
    return {
        "number": line.number,
        "text": line.text,
        "path": line.path,
        "template": line.template,
        "template_line": line.template_line,
        "why": line.why,
        "kind": kind,
        "name": name,
        "place": str(mark) if mark else "",
    }


def _words(one: dict[str, object]) -> list[str]:
    file = f"{one['path']}: " if one["path"] else ""
    template = f"template {one['template']}, line {one['template_line']}" if one["template"] else "the head of a file"
    place = f" ({one['place']})" if one["place"] else ""
    why = f"{one['why']}{place}" if one["why"] else "it stands on every router like this one"
    return [f"{file}line {one['number']}: {one['text']}", f"    written by {template}", f"    because of {why}"]
