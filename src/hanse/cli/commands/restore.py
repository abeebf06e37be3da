"""`hanse restore`: traffic comes back to a router or a link that was drained or offline."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.lifecycle import Way
from hanse.cli.commands import plan
from hanse.cli.lifecycle import PlanWord, step_arguments, take_step

NAME: Final = "restore"
HELP: Final = "let traffic come back to a router or a link that was drained or offline: it is wanted active"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    step_arguments(parser)


def run(args: Namespace) -> int:
    """Take the step."""
    return take_step(args, Way.RESTORE, PlanWord(arguments=plan.arguments, run=plan.run))
