"""`hanse apply`: the reviewed plan goes to the routers; what does harm undoes itself."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.planning import plan
from hanse.actions.settling import settle_lost
from hanse.cli.install import Nodded, force_arguments, install
from hanse.cli.limits import limit_argument, via_argument
from hanse.cli.progress import progress
from hanse.conf.outside import outside

NAME: Final = "apply"
HELP: Final = "install what `hanse plan` showed; each router undoes by itself what does harm"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    limit_argument(parser)
    via_argument(parser)
    parser.add_argument(
        "--plan", metavar="SUM", help="the checksum that `hanse plan` printed: no other plan is installed"
    )
    force_arguments(parser)


def run(args: Namespace) -> int:
    """Plan again, insist on the plan that was reviewed or have this one reviewed, and install it."""
    world = outside(args.via)
    settle_lost(world=world, nodes=args.limit or None)
    with progress(args, "asking") as done:
        reviewed = plan(world=world, limit=args.limit, told=lambda one: done(one.node))
    if args.plan:
        reviewed.plan.insist_on(args.plan)
    return install(args, reviewed, world, nodded=Nodded(plan=bool(args.plan), yes=args.yes))
