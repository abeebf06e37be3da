"""`hanse poll`: look at the routers and put down what changed."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.actions.polling import Polled, poll
from hanse.actions.settling import settle_lost
from hanse.cli.limits import limit_argument
from hanse.cli.progress import progress
from hanse.cli.say import Exit, tell
from hanse.conf.outside import outside
from hanse.monitor.look import Unanswered

NAME: Final = "poll"
HELP: Final = "look at the routers now and put down what changed since the last look"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    limit_argument(parser)


def run(args: Namespace) -> int:
    """Poll, and tell the changes and who does not answer."""
    world = outside()
    settle_lost(world=world, nodes=args.limit or None)
    with progress(args, "asking") as done:
        polled = poll(world=world, limit=args.limit, told=lambda one: done(one.look.node))
    silent = [one.look for one in polled if isinstance(one.look, Unanswered)]
    lines = [str(happening) for one in polled for happening in one.happenings]
    lines += [f"{look.node}: does not answer: {look.reason}" for look in silent]
    tell(args, {"routers": [_tree(one) for one in polled]}, [*lines, f"{len(polled)} asked, {len(silent)} silent."])
    return Exit.OUTSIDE if silent else Exit.FINE


def _tree(polled: Polled) -> dict[str, object]:
    look = polled.look
    return {
        "node": look.node,
        "answered": not isinstance(look, Unanswered),
        "error": look.reason if isinstance(look, Unanswered) else "",
        "took": look.took.total_seconds(),
        "sessions": None if isinstance(look, Unanswered) else len(look.sessions),
        "neighbours": None if isinstance(look, Unanswered) else len(look.neighbours),
        "changes": [
            {"subject": one.subject, "name": one.name, "change": one.change, "why": one.why, "since": one.since}
            for one in polled.happenings
        ],
    }
