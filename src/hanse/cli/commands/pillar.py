"""`hanse pillar`: what Salt's minions get, as plain .sls files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from hanse.actions.pillars import pillars
from hanse.cli.limits import limit_argument
from hanse.cli.say import Exit, tell
from hanse.cli.sls import sls_files
from hanse.cli.stored import person
from hanse.cli.written import write_files
from hanse.conf.outside import outside
from hanse.store import snapshot

NAME: Final = "pillar"
HELP: Final = "write the pillar of Salt's minions into DIR as .sls files: each router's files, secrets by name"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    limit_argument(parser)
    parser.add_argument("--secrets", action="store_true", help="with the values of secrets, for your eyes only")
    parser.add_argument("--overwrite", action="store_true", help="replace files of the same name")


def run(args: Namespace) -> int:
    """Write the files."""
    found = pillars(person=person(), world=outside(), limit=args.limit, with_secrets=args.secrets)
    files = sls_files(found, snapshot.load().network.domain)
    write_files(args.folder, files, overwrite=args.overwrite, for_owner_only=args.secrets)
    tree = {"folder": str(args.folder), "files": list(files), "routers": [one.node for one in found]}
    tell(args, tree, [f"{len(files)} files for {len(found)} routers written to {args.folder}."])
    return Exit.FINE
