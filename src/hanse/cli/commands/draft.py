"""`hanse draft`: changes of what is wanted, thought about before they are taken, and taken back as a whole."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import Final

from hanse.cli.draft_verbs import OPTIONS, VERBS, Deed

NAME: Final = "draft"
HELP: Final = "drafts: list, show, fill from files, look at what they do, take, withdraw; undo a change set"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    verbs = parser.add_subparsers(metavar="VERB", required=True, dest="verb")
    for verb, (help_text, takes, deed) in VERBS.items():
        added = verbs.add_parser(verb, help=help_text, description=help_text)
        added.add_argument("--json", action="store_true", default=SUPPRESS)
        for name in takes:
            added.add_argument(name, **OPTIONS[name])  # type: ignore[arg-type]
        added.set_defaults(deed=deed)


def run(args: Namespace) -> int:
    """Do it."""
    deed: Deed = args.deed
    return deed(args)
