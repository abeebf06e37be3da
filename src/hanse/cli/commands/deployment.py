"""`hanse deployment`: what was done to routers, and what is to become of what is on trial."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions import deployments
from hanse.actions.deploying import say
from hanse.cli.rollouts import deployment_table, deployment_tree, page_lines, page_tree
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside
from hanse.deploy.journal import Word
from hanse.network.errors import WantedError

NAME: Final = "deployment"
HELP: Final = "list deployments, show the record of one, confirm or undo one that is on trial"
USAGE: Final = "hanse deployment list [--node NODE] | show NAME | confirm NAME | undo NAME"
SHOWN: Final = 50  # of the newest


class NotADeploymentWord(WantedError):
    """The words after `hanse deployment` cannot be read."""


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "show", "confirm", "undo"))
    parser.add_argument("name", nargs="?", metavar="NAME", help="as `list` shows it")
    parser.add_argument("--node", help="list: only those on this router")


def run(args: Namespace) -> int:
    """Do it."""
    who, world = person(), outside()
    match args.verb, args.name:
        case "list", None:
            found = deployments.deployment_list(who)
            rows = list((found.filter(node=args.node) if args.node else found)[:SHOWN])
            tell(args, {"deployments": [deployment_tree(row) for row in rows]}, [deployment_table(rows)])
        case "show", str(name):
            page = deployments.deployment(name, person=who)
            tell(args, page_tree(page), page_lines(page))
        case ("confirm" | "undo") as word, str(name):
            say(name, Word(word), person=who, world=world)
            tell(args, {"deployment": name, "said": word}, [f"{name}: told to {word}"])
        case _:
            raise NotADeploymentWord(USAGE)
    return Exit.FINE
