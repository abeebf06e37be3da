"""Having a plan reviewed at the terminal, and installing it: for `apply` and `undo`."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

from hanse.actions.applying import Insistence, apply
from hanse.actions.planning import Reviewed
from hanse.actions.plans import on_record
from hanse.cli.plans import exit_after, outcome_line, outcome_tree, plan_lines, plan_tree
from hanse.cli.progress import progress
from hanse.cli.say import Exit, sentence, tell
from hanse.cli.stored import author
from hanse.conf.outside import Outside
from hanse.deploy.journal import Outcome
from hanse.deploy.limits import breaches
from hanse.network.errors import WantedError


class NotReviewed(WantedError):
    """Nobody has agreed to the plan: give its checksum with `--plan`, or `--yes`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodded:
    """How the plan was agreed to: by its checksum, or blindly. `undoes`: the deployment that it takes back."""

    plan: bool = False
    yes: bool = False
    undoes: str = ""


def force_arguments(parser: ArgumentParser) -> None:
    """Add `--yes` and `--force`."""
    parser.add_argument("--yes", action="store_true", help="install whatever the plan is, without asking")
    parser.add_argument("--force", action="store_true", help="pass the safety limits")


def install(args: Namespace, reviewed: Reviewed, world: Outside, nodded: Nodded) -> int:
    """Install the plan once it is agreed to, telling each router's outcome as it comes."""
    beyond = breaches(reviewed.plan, world.limits)
    if not reviewed.plan.changed:
        tell(args, {**plan_tree(reviewed, beyond), "outcomes": []}, plan_lines(reviewed, beyond))
        return Exit.OUTSIDE if reviewed.failed else Exit.FINE
    if not (nodded.plan or args.json):
        tell(args, None, plan_lines(reviewed, beyond))
    if not (nodded.plan or nodded.yes or _agrees(args, reviewed)):
        raise NotReviewed("Nothing was installed.")
    with progress(args, "installing", len(reviewed.plan.changed)) as done:

        def told(outcome: Outcome) -> None:
            done(outcome.node)
            if not args.json:
                print(outcome_line(outcome), flush=True)

        who = author()
        record = on_record(reviewed, world=world, author=who, undoes=nodded.undoes)
        insistence = Insistence(force=args.force)
        outcomes = apply(reviewed, world=world, author=who, insistence=insistence, told=told, record=record)
    if args.json:
        tell(args, {**plan_tree(reviewed, beyond), "outcomes": outcome_tree(outcomes)}, ())
    return exit_after(outcomes, reviewed)


def _agrees(args: Namespace, reviewed: Reviewed) -> bool:
    """Ask at the terminal.

    :raises NotReviewed: there is none
    """
    if args.json or not sys.stdin.isatty():
        raise NotReviewed(f"say that you have seen this plan: --plan {reviewed.plan.checksum}, or --yes")
    sentence(f"Install this on {len(reviewed.plan.changed)} routers? [y/N]")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
