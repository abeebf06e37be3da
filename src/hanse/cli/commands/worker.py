"""`hanse worker`: runs the jobs that others put down."""

from argparse import ArgumentParser, Namespace
from typing import Final

from hanse.cli.say import Exit, tell
from hanse.cli.threads import run_workers

NAME: Final = "worker"
HELP: Final = "run queued jobs until Ctrl-C; with --once until the queue is empty"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("--threads", type=int, default=4, help="jobs at the same time (default 4)")
    parser.add_argument("--once", action="store_true", help="end when the queue is empty")


def run(args: Namespace) -> int:
    """Work."""
    run_workers(args.threads, once=args.once)
    tell(args, {"done": "worker"}, [])
    return Exit.FINE
