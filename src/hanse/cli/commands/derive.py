"""`hanse derive`: what a router has to be, and why."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any, Final

from pydantic import TypeAdapter

from hanse.cli.one import spec_of
from hanse.cli.say import Exit
from hanse.cli.source import folder_argument, known_argument, source_of
from hanse.derive.spec import DeviceSpec

NAME: Final = "derive"
HELP: Final = "print what a router has to be, each value with its reason"
ADAPTER: Final = TypeAdapter(DeviceSpec)


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("node", metavar="NODE")
    folder_argument(parser)
    known_argument(parser)


def run(args: Namespace) -> int:
    """Print the router's DeviceSpec: as JSON, or as an outline without what is empty."""
    tree = ADAPTER.dump_python(spec_of(source_of(args), args.node), mode="json", fallback=plain)
    if args.json:
        print(json.dumps(tree, indent=2, ensure_ascii=False))
    else:
        print("\n".join(outline(tree, "")))
    return Exit.FINE


def plain(value: object) -> str:
    """Return a value that JSON does not know as its text."""
    return str(value)


def outline(tree: Any, indent: str) -> list[str]:
    """Return the lines of a tree: `word: value`, lists with dashes, empty things left out."""
    lines: list[str] = []
    pairs = tree.items() if isinstance(tree, dict) else (("-", item) for item in tree)
    for word, value in pairs:
        head = f"{indent}{word}" if word == "-" else f"{indent}{word}:"
        if isinstance(value, dict | list) and value:
            lines += [head, *outline(value, f"{indent}  ")]
        elif value not in (None, "", [], {}):
            lines.append(f"{head} {value}")
    return lines
