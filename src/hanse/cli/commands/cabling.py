"""`hanse cabling`: cables that are wanted against what LLDP told at the last look. Nobody is asked."""

from argparse import ArgumentParser, Namespace
from typing import Any, Final

from hanse.actions import looking
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.monitor.cabling import Cabled, CableEnd

NAME: Final = "cabling"
HELP: Final = "compare the cables that are wanted with what LLDP told at the last look"
WRONG: Final = frozenset({Cabled.OTHERWISE, Cabled.MISSING})


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("--limit", metavar="NODE", default="", help="only the ends at this router")
    parser.add_argument("--wrong", action="store_true", help="only those that are missing or otherwise")


def run(args: Namespace) -> int:
    """Show both ends of every link that is a cable."""
    found = looking.cabling(person(), node=args.limit)
    shown = [one for one in found if one.cabled in WRONG or not args.wrong]
    rows = [(one.link, one.here, one.wanted, one.cabled, _heard(one)) for one in shown]
    lines = [table(("LINK", "HERE", "WANTED", "CABLED", "HEARD"), rows)] if rows else []
    tell(args, {"cables": [_tree(one) for one in shown]}, lines)
    return Exit.FINE


def _heard(end: CableEnd) -> str:
    return ", ".join(f"{one.remote_system}:{one.remote_port}" for one in end.heard)


def _tree(end: CableEnd) -> dict[str, Any]:
    heard = [f"{one.remote_system}:{one.remote_port}" for one in end.heard]
    ends = {"link": end.link, "here": str(end.here), "wanted": str(end.wanted)}
    return {**ends, "cabled": end.cabled, "heard": heard, "why": end.why}
