"""`hanse discover`: BGP sessions on the routers that nobody wants, and wanted ones that are not there."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.discovering import Discovered, discover
from hanse.cli.limits import limit_argument
from hanse.cli.say import Exit, table, tell
from hanse.conf.outside import outside
from hanse.monitor.compare import SessionCondition

NAME: Final = "discover"
HELP: Final = "compare the routers' BGP sessions with the wanted ones; nothing is written"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    limit_argument(parser)


def run(args: Namespace) -> int:
    """Ask, and show what does not agree."""
    found = discover(world=outside(), limit=args.limit)
    rows = [row for one in found for row in _rows(one)]
    silent = [one for one in found if one.error]
    shown = [{"node": one.node, "error": one.error, "sessions": _rows_tree(one)} for one in found]
    lines = [f"{one.node}: {one.error}" for one in silent]
    if rows:
        tell(args, {"routers": shown}, [table(("router", "address", "AS", "what", "why"), rows), *lines])
    else:
        tell(args, {"routers": shown}, [*lines, f"{len(found) - len(silent)} routers have what is wanted."])
    return Exit.OUTSIDE if silent else Exit.FINE


def _rows(one: Discovered) -> list[tuple[object, ...]]:
    return [(one.node, *_cells(session)) for session in (*one.unwanted, *one.absent)]


def _rows_tree(one: Discovered) -> list[dict[str, object]]:
    words = ("remote_address", "remote_asn", "what", "why")
    return [dict(zip(words, _cells(session), strict=True)) for session in (*one.unwanted, *one.absent)]


def _cells(one: SessionCondition) -> tuple[str, int, str, str]:
    session = one.seen or one.wanted
    if session is None:
        return "", 0, one.condition, one.why
    why = one.why or (one.wanted.why if one.wanted else one.seen.description if one.seen else "")
    return str(session.remote_address), session.remote_asn.number, one.condition, why
