"""`hanse export`: what is wanted, as files; or as a text that a template of yours writes."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from hanse.actions.template_texts import export_text
from hanse.actions.wanted import export_network
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.cli.written import write_files
from hanse.conf.outside import outside
from hanse.network.errors import WantedError

NAME: Final = "export"
HELP: Final = "write what is wanted as files into DIR, which `hanse import` reads back; or print a text by a template"


class NothingNamed(WantedError):
    """An export goes into a folder, or is written by a template: neither was named, or both were."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--template", metavar="NAME", help="print the text of the template export/NAME instead")
    parser.add_argument("--overwrite", action="store_true", help="replace files of the same name")


def run(args: Namespace) -> int:
    """Write the files; files that are there already are somebody's work and stay, unless told otherwise."""
    if bool(args.folder) == bool(args.template):
        raise NothingNamed("hanse export DIR [--overwrite] | --template export/NAME")
    if args.template:
        text = export_text(args.template, person=person(), world=outside())
        tell(args, {"template": args.template, "text": text}, [text.removesuffix("\n")])
        return Exit.FINE
    files = export_network()
    folder: Path = args.folder
    write_files(folder, files, overwrite=args.overwrite)
    tell(args, {"folder": str(folder), "files": list(files)}, [f"{len(files)} files written to {folder}."])
    return Exit.FINE
