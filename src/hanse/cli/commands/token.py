"""`hanse token`: tokens for the API."""

from argparse import ArgumentParser, Namespace
from datetime import timedelta
from typing import Final

from hanse.actions import tokens
from hanse.cli.people import list_tokens
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside

NAME: Final = "token"
HELP: Final = "list tokens for the API, make one, end one"
USAGE: Final = "hanse token list | make NAME --user USER [--write] [--from PREFIX ...] [--days DAYS] | revoke KEY"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "make", "revoke"))
    parser.add_argument("name", nargs="?", metavar="NAME", help="what it is for; of `revoke` the key that `list` shows")
    parser.add_argument("--user", default="", help="for whom it speaks")
    parser.add_argument("--write", action="store_true", help="it may do what its user may, not only look")
    parser.add_argument(
        "--from", dest="networks", action="append", default=[], metavar="PREFIX", help="only from there"
    )
    parser.add_argument("--days", type=int, help="how long it is good; for ever without")


def run(args: Namespace) -> int:
    """Do it."""
    who, clock = person(), outside().clock
    match args.verb, args.name:
        case "list", None:
            return list_tokens(args)
        case "make", str(name) if args.user:
            expires = clock.now() + timedelta(days=args.days) if args.days is not None else None
            text = tokens.make(
                name=name,
                may_write=args.write,
                networks=args.networks,
                expires=expires,
                of=args.user,
                person=who,
                clock=clock,
            )
            tell(args, {"token": text, "of": args.user}, [text])
        case "revoke", str(key):
            tokens.revoke(key=key, person=who, clock=clock)
            tell(args, {"token": key, "done": "revoke"}, [])
        case _:
            raise tokens.BadToken(USAGE)
    return Exit.FINE
