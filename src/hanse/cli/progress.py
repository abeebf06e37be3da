"""A bar on stderr for work that takes time; none with `--json` or where nobody looks."""

import itertools
import sys
from argparse import Namespace
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress(args: Namespace, what: str, total: int | None = None) -> Generator[Callable[[str], None]]:
    """Yield a function to call with a word for each piece that is done."""
    with gauge(args, what, total) as at:
        count = itertools.count(1)
        yield lambda done: at(done, next(count))


@contextmanager
def gauge(args: Namespace, what: str, total: int | None = None) -> Generator[Callable[[str, int], None]]:
    """Yield a function to call with where the work is, and how many pieces are done."""
    if args.json or not sys.stderr.isatty():
        yield lambda where, done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    # What is printed meanwhile goes above the bar; but never to stderr what somebody has sent elsewhere.
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda where, done: bar.update(task, completed=done, description=f"{what}: {where}")
