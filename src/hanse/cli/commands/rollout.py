"""`hanse rollout`: plans on record, applied by a worker, watched and stopped."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions import deploying, deployments, plans
from hanse.actions.rights import Person
from hanse.actions.rollouts import Wish
from hanse.cli.rollouts import plan_table, record_tree, rollout_lines, rollout_tree
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import Outside, outside
from hanse.network.errors import WantedError

NAME: Final = "rollout"
HELP: Final = "list the plans on record, let a worker apply one, look how far that is, stop it"
USAGE: Final = (
    "hanse rollout list | show PLAN | begin PLAN [--by-hand] [--force DIGITS] | keep PLAN | stop PLAN [--undo]"
)
SHOWN: Final = 50  # of the newest


class NotARolloutWord(WantedError):
    """The words after `hanse rollout` cannot be read."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "show", "begin", "keep", "stop"))
    parser.add_argument("plan", nargs="?", type=int, metavar="PLAN", help="a plan's number, as `list` shows it")
    parser.add_argument("--by-hand", action="store_true", help="begin: keep nothing without `hanse deployment confirm`")
    parser.add_argument("--force", default="", metavar="DIGITS", help="begin: the checksum's first, to pass the limits")
    parser.add_argument("--undo", action="store_true", help="stop: undo what is not kept yet")


def run(args: Namespace) -> int:
    """Do it."""
    who, world = person(), outside()
    match args.verb, args.plan:
        case "list", None:
            rows = list(plans.plan_list(who)[:SHOWN])
            tell(args, {"plans": [record_tree(row) for row in rows]}, [plan_table(rows)])
        case "show", int(number):
            page = deployments.rollout(number, person=who)
            tell(args, rollout_tree(page), rollout_lines(page))
        case "begin", int(number):
            _begin(args, number, who, world)
        case "keep", int(number):
            kept = deploying.keep_waiting(number, person=who, world=world)
            tell(args, {"plan": number, "told_to_keep": kept}, [f"{name}: told to keep it" for name in kept])
        case "stop", int(number):
            undone = deploying.stop_rollout(number, person=who, world=world, undo=args.undo)
            tell(args, {"plan": number, "told_to_undo": undone}, [f"{name}: told to undo" for name in undone])
        case _:
            raise NotARolloutWord(USAGE)
    return Exit.FINE


def _begin(args: Namespace, number: int, person: Person, world: Outside) -> None:
    wish = Wish(force=args.force, by_hand=args.by_hand)
    job = deploying.request_apply(number, person=person, world=world, wish=wish)
    tell(args, {"plan": number, "job": job}, [f"plan {number}: job {job} applies it as soon as a worker is free"])
