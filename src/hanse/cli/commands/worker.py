"""`hanse worker`: runs the jobs that others put down."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

from hanse.cli.say import Exit, tell
from hanse.conf.engines import WORK

NAME: Final = "worker"
HELP: Final = "run queued jobs until Ctrl-C; with --once until the queue is empty"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("--threads", type=int, default=4, help="jobs at the same time (default 4)")
    parser.add_argument("--once", action="store_true", help="end when the queue is empty")
    parser.add_argument("--parent", type=int, default=0, help=SUPPRESS)  # ends when that process is gone


def run(args: Namespace) -> int:
    """Work."""
    work = import_string(WORK[settings.VALUES["HANSE_ENGINE"]])
    work(max(1, args.threads), once=args.once, parent=args.parent)
    tell(args, {"done": "worker"}, [])
    return Exit.FINE
