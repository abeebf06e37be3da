"""Which columns of lists people want to see: each person's own choice, that concerns nobody else."""

from collections.abc import Sequence
from typing import Final

from hanse.actions.rights import NotAllowed, Person
from hanse.network.errors import WantedError
from hanse.store import shown_columns

LONGEST: Final = 100  # letters of the name of a list, and of a column's key
MOST: Final = 50  # columns


class NotAChoice(WantedError):
    """Columns are chosen that no list can have."""


def columns_of(name: str, person: Person) -> tuple[str, ...]:
    """Return the keys of the columns that a person chose for a list; empty: none were. One query, none for nobody."""
    return shown_columns.shown(person.who, name) if person.who else ()


def choose_columns(name: str, columns: Sequence[str], person: Person) -> None:
    """Remember which columns of a list a person wants to see; none: all that it has.

    :raises NotAChoice:
    :raises NotAllowed: nobody has logged in
    """
    if not person.who:
        raise NotAllowed("log in first: nobody's columns are remembered")
    if not 0 < len(name) <= LONGEST or len(columns) > MOST or any(len(key) > LONGEST for key in columns):
        raise NotAChoice("no list has such columns")
    shown_columns.choose(person.who, name, tuple(dict.fromkeys(columns)))
