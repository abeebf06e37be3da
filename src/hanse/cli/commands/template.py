"""`hanse template`: templates of one's own, in the store."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Final

from hanse.actions.access import remove_template, set_template, stored_templates
from hanse.actions.rights import operator
from hanse.actions.templates import preview
from hanse.cli.say import Exit, tell
from hanse.cli.stored import author
from hanse.conf.outside import outside
from hanse.network.errors import WantedError
from hanse.render.dialects import DIALECTS
from hanse.render.text import template_names, template_text

NAME: Final = "template"
HELP: Final = "list, show, preview, set and remove the templates that configurations are written with"
USAGE: Final = "hanse template list | show NAME | preview NAME --file FILE | set NAME --file FILE | remove NAME"


class NoText(WantedError):
    """The file with the template's text cannot be read, or was not named."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "show", "preview", "set", "remove"))
    parser.add_argument("name", nargs="?", metavar="NAME", help="as `list` shows it: bird2/bird.conf.j2")
    parser.add_argument("--file", type=Path, metavar="FILE", help="the new text, for `preview` and `set`")


def run(args: Namespace) -> int:
    """Do it."""
    stored = stored_templates()
    match args.verb, args.name:
        case "list", None:
            names = [name for dialect in DIALECTS for name in template_names(dialect)]
            shown = {name: "yours" if name in stored else "ours" for name in names}
            tell(args, {"templates": shown}, [f"{whose:6} {name}" for name, whose in shown.items()])
            return Exit.FINE
        case "show", str(name):
            text = stored.get(name) or template_text(name)
            tell(args, {"name": name, "text": text}, [text.removesuffix("\n")])
            return Exit.FINE
        case "preview", str(name) if args.file:
            changes = preview(name, _text(args.file), person=operator(author().who), world=outside())
            tell(args, {"routers": [asdict(one) for one in changes]}, [f"{one.node}:\n{one.diff}" for one in changes])
            return Exit.CHANGES if changes else Exit.FINE
        case "set", str(name) if args.file:
            set_template(name=name, text=_text(args.file), author=author(), clock=outside().clock)
        case "remove", str(name):
            remove_template(name=name, author=author(), clock=outside().clock)
        case _:
            raise NoText(USAGE)
    tell(args, {"template": args.name, "done": args.verb}, [])
    return Exit.FINE


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NoText(f"{file} cannot be read: {error}") from error
