"""`hanse secret`: passwords by name. A value goes in and is never shown again."""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from typing import Final

from hanse.actions.access import NotASecret, remove_secret, secret_list, set_secret
from hanse.actions.rights import operator
from hanse.actions.secrets import reveal
from hanse.cli.say import Exit, tell
from hanse.cli.stored import author
from hanse.cli.times import clock_time
from hanse.conf.outside import outside

NAME: Final = "secret"
HELP: Final = "set, list and remove secrets; values are read from the terminal or stdin; `show` is put on record"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("set", "list", "show", "remove"))
    parser.add_argument("name", nargs="?", metavar="NAME")


def run(args: Namespace) -> int:
    """Do it."""
    clock = outside().clock
    match args.verb, args.name:
        case "list", None:
            names = secret_list()
            tell(args, {"secrets": list(names)}, [f"{name}  {clock_time(at)}" for name, at in names.items()])
            return Exit.FINE
        case "set", str(name):
            set_secret(name=name, value=_value(name), author=author(), clock=clock)
        case "show", str(name):
            value = reveal(name, person=operator(author().who), world=outside())
            tell(args, {"secret": name, "value": value}, [value])
            return Exit.FINE
        case "remove", str(name):
            remove_secret(name=name, author=author(), clock=clock)
        case _:
            raise NotASecret(USAGE)
    tell(args, {"secret": args.name, "done": args.verb}, [])
    return Exit.FINE


USAGE: Final = "hanse secret set NAME | list | show NAME | remove NAME"


def _value(name: str) -> str:
    """Return what is typed, unseen, or the first line of stdin."""
    if sys.stdin.isatty():
        return getpass(f"{name}: ")
    return sys.stdin.readline().rstrip("\n")
