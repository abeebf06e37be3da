"""`hanse group`: people who are granted the same."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions import grants
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside

NAME: Final = "group"
HELP: Final = "list groups of people, say who is in one, remove one"
USAGE: Final = "hanse group list | set NAME [USER ...] | remove NAME"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "set", "remove"))
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("members", nargs="*", metavar="USER", help="who is in it, for `set`; all others are not")


def run(args: Namespace) -> int:
    """Do it."""
    who, clock = person(), outside().clock
    match args.verb, args.name:
        case "list", None:
            groups = {
                group.name: sorted(user.username for user in group.user_set.all()) for group in grants.group_list(who)
            }
            lines = table(("NAME", "MEMBERS"), [(name, ", ".join(members)) for name, members in groups.items()])
            tell(args, {"groups": groups}, [lines])
            return Exit.FINE
        case "set", str(name):
            grants.put_group(name=name, members=args.members, person=who, clock=clock)
        case "remove", str(name):
            grants.remove_group(name=name, person=who, clock=clock)
        case _:
            raise grants.NotAGrant(USAGE)
    tell(args, {"group": args.name, "done": args.verb}, [])
    return Exit.FINE
