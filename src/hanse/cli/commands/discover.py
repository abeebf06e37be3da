"""`hanse discover`: BGP sessions that routers have and nobody wrote down, and the other way round."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.discovery import Acceptance, Result, accept, discover, would_accept
from hanse.actions.world import World
from hanse.cli.differences import change_lines
from hanse.cli.discovery import HEADS, chosen, insist_on_all, rows, tree
from hanse.cli.limits import limit_argument, names_in
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside
from hanse.network.wanted.sessions import Relationship
from hanse.store.audit import ObjectChange

NAME: Final = "discover"
HELP: Final = "show sessions that routers have and nobody wrote down; `--accept` shows, `--apply` writes them down"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("node", nargs="*", metavar="NODE")
    limit_argument(parser)
    parser.add_argument(
        "--accept", type=names_in, default=(), metavar="ADDRESS,ADDRESS", help="these new ones; VRF/ADDRESS, or `all`"
    )
    parser.add_argument(
        "--relationship",
        type=Relationship,
        choices=tuple(Relationship),
        default=Relationship.PEER,
        metavar="RELATIONSHIP",
        help="what their neighbours are to us: customer, peer (unless you say so), route-server or upstream",
    )
    parser.add_argument("--draft", action="store_true", help="put what is accepted into a new draft")
    parser.add_argument("--apply", action="store_true", help="make what is accepted wanted at once")


def run(args: Namespace) -> int:
    """Look, show what does not agree, and accept what was named."""
    world = outside()
    found = discover(world=world, limit=(*args.node, *args.limit))
    insist_on_all(found, args.accept)
    shown = [row for one in found for row in rows(one)]
    silent = [f"{one.node}: {one.error}" for one in found if one.error]
    lines = [_accepted(args, one.result, world) for one in found if one.result and args.accept]
    fine = [f"{len(found) - len(silent)} routers have what is wanted."] if not shown else []
    listed = [table(HEADS, shown)] if shown else []
    told = [line for part in lines for line in part]
    tell(args, {"routers": [tree(one) for one in found], "accepted": told}, [*listed, *silent, *fine, *told])
    if silent:
        return Exit.OUTSIDE
    return Exit.CHANGES if told and not (args.draft or args.apply) else Exit.FINE


def _accepted(args: Namespace, found: Result, world: World) -> list[str]:
    """Accept, or say what would be written; nothing where nobody chose anything on this router."""
    keys = chosen(found, args.accept)
    if not keys:
        return []
    acceptance = Acceptance(keys=keys, relationship=args.relationship)
    if not (args.draft or args.apply):
        edits = would_accept(found, acceptance)
        return change_lines(ObjectChange(kind=e.kind, name=e.name, before=None, after=e.body) for e in edits)
    done = accept(node=found.node, acceptance=acceptance, at_once=args.apply, person=person(), world=world)
    where = f"change set {done.change_set}" if args.apply else f"draft {done.draft}"
    return [f"{found.node}: {', '.join(done.sessions)}: {where}"]
