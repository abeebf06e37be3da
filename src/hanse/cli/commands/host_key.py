"""`hanse host-key`: what routers are known by."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.host_keys import host_key_list
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time

NAME: Final = "host-key"
HELP: Final = "list the SSH host keys that routers are known by; `hanse ping --learn` learns them"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("verb", choices=("list",))


def run(args: Namespace) -> int:
    """List them."""
    rows = list(host_key_list(person()))
    tree = [{"node": one.node, "key": one.key, "learned_at": one.learned_at, "by": one.by} for one in rows]
    lines = [(one.node, clock_time(one.learned_at), one.by, one.key) for one in rows]
    tell(args, {"host_keys": tree}, [table(("ROUTER", "LEARNED", "BY", "KEY"), lines)])
    return Exit.FINE
