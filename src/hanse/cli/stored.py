"""What a command needs of an opened store: the wanted network in it, and who is asking."""

import getpass
import os

from hanse.actions.rights import Person, operator
from hanse.network.known.known import Known
from hanse.network.wanted.network import Network
from hanse.store import access, known, snapshot
from hanse.store.audit import Author


def wanted() -> tuple[Network, dict[str, str], Known]:
    """Return the store's wanted network, its templates, and what registries told.

    :raises NothingWanted:
    """
    network = snapshot.load()
    return network, access.templates(), known.known(network)


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
