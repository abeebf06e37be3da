"""Where lines of a router's text come from, as the terminal tells it."""

from argparse import Namespace
from typing import Final

from hanse.cli.say import Exit, tell
from hanse.cli.source import Source
from hanse.network.errors import WantedError
from hanse.network.wanted.problem import place_of
from hanse.render.explain import ExplainedLine, object_of

SHOWN: Final = 20  # lines that a text is found in


class NoSuchLine(WantedError):
    """The router's text has no line of that number, and none with that text."""


def told_of_lines(args: Namespace, source: Source, lines: tuple[ExplainedLine, ...]) -> int:
    """Tell of the line whose number was asked for, or of those that hold the text.

    :raises NoSuchLine:
    """
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
