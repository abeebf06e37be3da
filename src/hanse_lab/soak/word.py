"""The word `soak` of the command: what it takes, and what it prints."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hanse_lab.errors import LabError
from hanse_lab.folder import Folder
from hanse_lab.lab import Say
from hanse_lab.plan import Place
from hanse_lab.soak.campaign import Soak, Wanted, soak
from hanse_lab.soak.journey import insist_on_kinds
from hanse_lab.soak.told import table, tree_of


def words_of_soak(parser: ArgumentParser) -> None:
    """Add what this word takes besides a network and a place."""
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same edits")
    parser.add_argument("--count", type=int, default=500, metavar="N", help="number of the last edit")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="K", help="begin with edit K")
    parser.add_argument(
        "--only", default="", metavar="KIND,...", help="edits of these kinds alone, named as in the table at the end"
    )
    parser.add_argument("--kept", type=Path, default=Path("soak-harms"), help="folder where harms are written down")
    parser.add_argument("--json", action="store_true", help="print one document at the end")


def soak_from(args: Namespace, folder: Folder, say: Say) -> bool:
    """Run a soak as the command was given, and print what came of it, also when it is broken off; True: no harm.

    :raises LabError:
    """
    if not 1 <= args.first <= args.count:
        raise LabError(f"--from {args.first} is not between 1 and the last edit, {args.count}")
    only = tuple(filter(None, map(str.strip, args.only.split(","))))
    insist_on_kinds(only)
    place = Place(args.place) if args.place in set(Place) else None
    wanted = Wanted(
        network=args.network, seed=args.seed, first=args.first, last=args.count, only=only, place=place, kept=args.kept
    )
    tell = _beside if args.json else say
    with soak(wanted, folder, tell) as running:
        try:
            return running.run(tell)
        finally:
            _sum_up(running, say, as_json=args.json)


def _beside(sentence: str) -> None:
    """Print a line where it is in nobody's way."""
    print(sentence, file=sys.stderr, flush=True)


def _sum_up(running: Soak, say: Say, *, as_json: bool) -> None:
    results, wanted, left_out = running.results, running.wanted, running.left_out()
    if as_json:
        say(json.dumps(tree_of(results, seed=wanted.seed, left_out=left_out), indent=2))
        return
    for line in table(results):
        say(line)
    harmful = sum(bool(one.harms) for one in results)
    say(f"{len(results)} edits with seed {wanted.seed}: {harmful} did harm.")
    if left_out:
        say(f"{len(left_out)} kinds are left out, for which the kernel here has no means: {', '.join(left_out)}.")
    if harmful:
        say(f"What they did, and how to do it again, is in {wanted.kept}.")
