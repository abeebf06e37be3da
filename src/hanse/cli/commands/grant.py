"""`hanse grant`: what groups and people may do, on what, and where."""

from argparse import ArgumentParser, Namespace
from typing import Any, Final

from hanse.actions import grants
from hanse.actions.grant_words import in_words
from hanse.actions.people import granted_by
from hanse.actions.rights import Right
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside

NAME: Final = "grant"
HELP: Final = "list what people may do, grant and take away"
USAGE: Final = "hanse grant list | set NAME --right RIGHT ... [--kind --site --asn] [--group --user] | remove NAME"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "set", "remove"))
    parser.add_argument("name", nargs="?", metavar="NAME")
    many: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--right", **many, help=f"{', '.join(Right)}; may be given again")
    parser.add_argument("--kind", **many, help="only this kind of object: nodes, sessions, ...")
    parser.add_argument("--site", **many, help="only at this site")
    parser.add_argument("--asn", **many, type=int, help="only this own AS number")
    parser.add_argument("--group", **many, help="to whom")
    parser.add_argument("--user", **many, help="to whom")


def run(args: Namespace) -> int:
    """Do it."""
    who, clock = person(), outside().clock
    match args.verb, args.name:
        case "list", None:
            return _list(args)
        case "set", str(name):
            granted = grants.granted_from(rights=args.right, kinds=args.kind, sites=args.site, asns=args.asn)
            given = grants.Given(name=name, granted=granted, users=tuple(args.user), groups=tuple(args.group))
            grants.put_grant(given=given, person=who, clock=clock)
            tell(args, {"grant": name, "done": "set", "says": in_words(granted)}, [in_words(granted)])
            return Exit.FINE
        case "remove", str(name):
            grants.remove_grant(name=name, person=who, clock=clock)
        case _:
            raise grants.NotAGrant(USAGE)
    tell(args, {"grant": args.name, "done": args.verb}, [])
    return Exit.FINE


def _list(args: Namespace) -> int:
    found = {grant.name: (grants.shown_grant(grant), granted_by(grant)) for grant in grants.grant_list(person())}
    lines = [
        (name, ", ".join((*shown["groups"], *shown["users"])), in_words(granted))
        for name, (shown, granted) in found.items()
    ]
    tell(args, {"grants": {name: shown for name, (shown, _) in found.items()}}, [table(("NAME", "TO", ""), lines)])
    return Exit.FINE
