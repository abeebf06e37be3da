"""`hanse undo`: back to what ran before."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.undoing import deployment_to_undo, plan_undo, stop_open
from hanse.cli.install import Nodded, force_arguments, install
from hanse.cli.say import Exit, tell
from hanse.conf.outside import outside

NAME: Final = "undo"
HELP: Final = "take back what is on trial on a router, or what was kept there last"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("node", metavar="NODE")
    force_arguments(parser)


def run(args: Namespace) -> int:
    """Undo the open deployment; if there is none, install the text from before the last one that was kept."""
    world = outside()
    stopped = stop_open(node=args.node, world=world)
    if stopped is None:
        nodded = Nodded(yes=args.yes, undoes=deployment_to_undo(args.node))
        return install(args, plan_undo(node=args.node, world=world), world, nodded=nodded)
    document = {"node": stopped.node, "deployment": stopped.name, "stage": stopped.stage, "sentence": stopped.outcome}
    tell(args, document, [f"{stopped.node}: {stopped.stage}: {stopped.outcome or 'told to undo'}"])
    return Exit.FINE
