"""`hanse template`: templates of one's own, in the store, and what templates see."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Final

from hanse.actions.templates import drop_template, preview, save_template, template, template_list
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside
from hanse.network.errors import WantedError
from hanse.render.reference import reference

NAME: Final = "template"
HELP: Final = "list, show, preview, set and remove the templates of configurations, mails and exports"
VERBS: Final = ("list", "show", "preview", "set", "remove", "reference")
USAGE: Final = (
    "hanse template list | show NAME | preview NAME --file FILE | set NAME --file FILE | remove NAME | reference"
)
WHOSE: Final = {"ours": "ours", "store": "yours", "folder": "folder"}


class NoText(WantedError):
    """The file with the template's text cannot be read, or was not named."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("name", nargs="?", metavar="NAME", help="as `list` shows it, or a new export/NAME.j2")
    parser.add_argument("--file", type=Path, metavar="FILE", help="the new text, for `preview` and `set`")


def run(args: Namespace) -> int:
    """Do it."""
    who, world = person(), outside()
    match args.verb, args.name:
        case "list", None:
            shown = {one.name: WHOSE[one.source] for one in template_list(person=who, world=world)}
            tell(args, {"templates": shown}, [f"{whose:6} {name}" for name, whose in shown.items()])
            return Exit.FINE
        case "reference", None:
            text = reference()
            tell(args, {"reference": text}, [text.removesuffix("\n")])
            return Exit.FINE
        case "show", str(name):
            text = template(name, person=who, world=world).text
            tell(args, {"name": name, "text": text}, [text.removesuffix("\n")])
            return Exit.FINE
        case "preview", str(name) if args.file:
            changes = preview(name, _text(args.file), person=who, world=world)
            tell(args, {"routers": [asdict(one) for one in changes]}, [f"{one.node}:\n{one.diff}" for one in changes])
            return Exit.CHANGES if changes else Exit.FINE
        case "set", str(name) if args.file:
            save_template(name, _text(args.file), person=who, world=world)
        case "remove", str(name):
            drop_template(name, person=who, world=world)
        case _:
            raise NoText(USAGE)
    tell(args, {"template": args.name, "done": args.verb}, [])
    return Exit.FINE


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NoText(f"{file} cannot be read: {error}") from error
