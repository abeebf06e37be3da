"""What the commands about routers share: errors as sentences with their exit codes, and jobs instead of work."""

import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError

from hanse.actions.jobs import ask
from hanse.actions.rights import operator
from hanse.actions.world import chosen
from hanse.cli.opened import bring_up_to_date
from hanse.cli.say import Exit
from hanse.cli.stored import author
from hanse.conf.outside import outside
from hanse.network.errors import HanseError, WantedError
from hanse.store import snapshot


@contextmanager
def sentences() -> Generator[None]:
    """Let an error of Hanse leave as its sentence, with the exit code that `hanse` gives it."""
    bring_up_to_date()
    try:
        yield
    except HanseError as error:
        code = Exit.WANTED if isinstance(error, WantedError) else Exit.OUTSIDE
        raise CommandError(str(error), returncode=code) from error


def finish(is_well: bool) -> None:
    """Leave with the exit code of a failure of the outside unless all is well."""
    if not is_well:
        sys.exit(Exit.OUTSIDE)


def on_worker(kind: str, limit: Iterable[str], arguments: Mapping[str, Any]) -> list[str]:
    """Put one job a router down, hand it to the workers, and return a line each.

    :raises NothingWanted:
    :raises NoSuchNode:
    """
    world, by = outside(), author("manage")
    person = operator(by.who, by.door)
    return [
        f"{node}: job {ask(kind=kind, device=node, arguments=arguments, person=person, world=world)}"
        for node in chosen(snapshot.load(), limit)
    ]
