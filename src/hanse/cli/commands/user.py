"""`hanse user`: who may log in to the pages."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions import accounts
from hanse.actions.accounts import FirstPassword, NotAUser
from hanse.cli.people import list_users, typed_password
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside

NAME: Final = "user"
HELP: Final = "list people who may log in, add and remove them, give them a new password"
USAGE: Final = (
    "hanse user list | add NAME | password NAME | enable NAME | disable NAME | admin NAME [--no] | "
    "forget-second-factor NAME | remove NAME"
)
VERBS: Final = ("list", "add", "password", "enable", "disable", "admin", "forget-second-factor", "remove")


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("--email", default="", help="mail address, for `add`")
    parser.add_argument("--admin", action="store_true", help="who may do everything, for `add`")
    parser.add_argument("--no", action="store_true", help="no administrator any more, for `admin`")
    parser.add_argument("--typed", action="store_true", help="read the password, instead of making one")


def run(args: Namespace) -> int:
    """Do it."""
    who, clock = person(), outside().clock
    match args.verb, args.name:
        case "list", None:
            return list_users(args)
        case "add", str(name):
            made = accounts.add_user(
                username=name,
                password=typed_password() if args.typed else "",
                email=args.email,
                administrator=args.admin,
                person=who,
                clock=clock,
            )
            return _tell_password(args, made)
        case "password", str(name):
            made = accounts.set_password(
                username=name, password=typed_password() if args.typed else "", person=who, clock=clock
            )
            return _tell_password(args, made)
        case "enable" | "disable", str(name):
            accounts.change_user(username=name, active=args.verb == "enable", person=who, clock=clock)
        case "admin", str(name):
            accounts.change_user(username=name, administrator=not args.no, person=who, clock=clock)
        case "forget-second-factor", str(name):
            accounts.forget_second_factor(username=name, person=who, clock=clock)
        case "remove", str(name):
            accounts.remove_user(username=name, person=who, clock=clock)
        case _:
            raise NotAUser(USAGE)
    tell(args, {"user": args.name, "done": args.verb}, [])
    return Exit.FINE


def _tell_password(args: Namespace, made: FirstPassword) -> int:
    shown = {} if args.typed else {"password": made.password}
    lines = [f"{made.username}: {made.password}"] if shown else []
    tell(args, {"user": made.username, "done": args.verb, **shown}, lines)
    return Exit.FINE
