"""`hanse drain`: traffic leaves a router or a link before somebody works on it."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.lifecycle import Way
from hanse.cli.commands import plan
from hanse.cli.lifecycle import PlanWord, step_arguments, take_step

NAME: Final = "drain"
HELP: Final = "lead traffic around a router or a link: it is wanted in maintenance, and works on as the last way"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    step_arguments(parser)


def run(args: Namespace) -> int:
    """Take the step."""
    return take_step(args, Way.DRAIN, PlanWord(arguments=plan.arguments, run=plan.run))
