"""What a command needs of an opened store: the wanted network in it, and who is asking."""

import getpass
import os

from hanse.actions.rights import Person, operator
from hanse.cli.source import Source
from hanse.conf.environment import current_settings
from hanse.conf.templates import templates_in
from hanse.store import access, snapshot
from hanse.store.audit import Author


def source() -> Source:
    """Return the store's wanted network and its templates.

    :raises NothingWanted:
    """
    overrides = {**templates_in(current_settings()["HANSE_TEMPLATES"]), **access.templates()}
    return Source(network=snapshot.load(), overrides=overrides)


def author(door: str = "cli") -> Author:
    """Return the user at the terminal, through sudo too, or the number of one that has no name."""
    try:
        who = os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        who = f"user {os.getuid()}"
    return Author(who=who, door=door)


def person() -> Person:
    """Return the user at the terminal as somebody who may do everything: they hold the database."""
    asks = author()
    return operator(asks.who, asks.door)
