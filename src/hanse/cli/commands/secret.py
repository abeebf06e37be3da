"""`hanse secret`: passwords by name. A value goes in and is never shown again."""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from typing import Final

from hanse.actions.secrets import NotASecret, remove_secret, reveal, secret_names, set_secret
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
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
            found = secret_names(person())
            lines = [f"{one.name}  {clock_time(one.changed_at)}" for one in found]
            tell(args, {"secrets": [one.name for one in found]}, lines)
            return Exit.FINE
        case "set", str(name):
            set_secret(name, _value(name), person=person(), clock=clock)
        case "show", str(name):
            value = reveal(name, person=person(), clock=clock)
            tell(args, {"secret": name, "value": value}, [value])
            return Exit.FINE
        case "remove", str(name):
            remove_secret(name, person=person(), clock=clock)
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
