"""`hanse import`: files become what is wanted. The files themselves are never rewritten."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from hanse.actions.wanted import changes_to, import_network
from hanse.cli.differences import change_lines, change_tree
from hanse.cli.say import Exit, tell
from hanse.cli.source import source_of
from hanse.cli.stored import author
from hanse.conf.outside import outside
from hanse.render.text import render

NAME: Final = "import"
HELP: Final = "make the files in DIR what is wanted; what is not in them is not wanted any more"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")


def run(args: Namespace) -> int:
    """Check the files, show what they change, and write it unless told not to."""
    source = source_of(args)
    for spec in source.specs().values():
        if spec.dialect:
            render(spec, source.overrides)
    if args.dry_run:
        changes = changes_to(source.network, source.own_templates)
    else:
        changes = import_network(
            network=source.network, templates=source.own_templates, author=author(), clock=outside().clock
        )
    verb = "would change" if args.dry_run else "changed"
    summary = f"{len(changes)} object{'' if len(changes) == 1 else 's'} {verb}." if changes else "Nothing changes."
    tell(args, {"changes": change_tree(changes), "written": not args.dry_run}, [*change_lines(changes), summary])
    return Exit.CHANGES if args.dry_run and changes else Exit.FINE
