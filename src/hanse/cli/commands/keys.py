"""`hanse keys`: the keys of tunnels, which Hanse makes itself. No value is ever shown."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.keys import NoSuchTunnel, key_list, rotate
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time
from hanse.conf.outside import outside

NAME: Final = "keys"
HELP: Final = "list the keys of tunnels with their age, or make those of one anew; routers change with the next apply"
UNMADE: Final = "with the next plan"
USAGE: Final = "hanse keys list | rotate TUNNEL"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list", "rotate"))
    parser.add_argument("tunnel", nargs="?", metavar="TUNNEL")


def run(args: Namespace) -> int:
    """Do it."""
    match args.verb, args.tunnel:
        case "list", None:
            found = key_list(person())
            tree = [
                {"tunnel": one.tunnel, "kind": one.kind, "ends": list(one.ends), "made_at": one.made_at}
                for one in found
            ]
            lines = [
                (one.tunnel, one.kind, one.routers, clock_time(one.made_at) if one.made_at else UNMADE) for one in found
            ]
            tell(args, {"keys": tree}, [table(("TUNNEL", "KIND", "ROUTERS", "KEYS MADE"), lines)])
        case "rotate", str(name):
            ends = rotate(name, person=person(), clock=outside().clock)
            said = f"{name} has new keys. `hanse apply --limit {','.join(ends)}` gives them to both routers at once."
            tell(args, {"tunnel": name, "routers": list(ends)}, [said])
        case _:
            raise NoSuchTunnel(USAGE)
    return Exit.FINE
