"""`hanse plan`: what would change on which router, by the routers' own word."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.planning import plan
from hanse.actions.plans import on_record
from hanse.actions.settling import settle_lost
from hanse.cli.as_if import show_as_if, statuses_in
from hanse.cli.limits import limit_argument, via_argument
from hanse.cli.plans import plan_lines, plan_tree
from hanse.cli.progress import progress
from hanse.cli.say import Exit, tell
from hanse.cli.stored import author
from hanse.conf.outside import outside
from hanse.deploy.limits import breaches

NAME: Final = "plan"
HELP: Final = "show each router's diff and the plan's checksum; nothing is changed (exit 10 if there are changes)"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    limit_argument(parser)
    via_argument(parser)
    parser.add_argument(
        "--as-if",
        action="append",
        type=statuses_in,
        metavar="NAME=STATUS",
        help="what would be written if this router or link stood there: core5=active; nobody is asked",
    )


def run(args: Namespace) -> int:
    """Ask the routers and show the plan, or show what would be written if things stood elsewhere."""
    if args.as_if:
        return show_as_if(args)
    world = outside(args.via)
    settle_lost(world=world, nodes=args.limit or None)
    with progress(args, "asking") as done:
        reviewed = plan(world=world, limit=args.limit, told=lambda one: done(one.node))
    on_record(reviewed, world=world, author=author())
    beyond = breaches(reviewed.plan, world.limits)
    tell(args, plan_tree(reviewed, beyond), plan_lines(reviewed, beyond))
    if reviewed.failed:
        return Exit.OUTSIDE
    return Exit.CHANGES if reviewed.plan.changed else Exit.FINE
