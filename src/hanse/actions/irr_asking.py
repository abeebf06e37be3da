"""Asking a worker to ask the IRR."""

from collections.abc import Iterable
from typing import Final

from hanse.actions import jobs
from hanse.actions.irr import OBJECT, chosen_names
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.store import snapshot

KIND: Final = "nodes"  # what jobs are about: filters of any router may follow


def may_update(person: Person) -> bool:
    """Say whether this person may have the IRR asked."""
    return person.may(Right.CHANGE, OBJECT) and person.may(Right.CHANGE, KIND)


def request_update(*, person: Person, world: World, names: Iterable[str] = (), accept: bool = False) -> int:
    """Ask that `names` be looked up, all that bound a neighbour if there are none, and return the job's number.

    :raises NotAllowed:
    :raises NothingWanted:
    :raises NoSuchExpansion:
    """
    person.insist(Right.CHANGE, OBJECT)
    given = tuple(names)
    if given:
        given = chosen_names(snapshot.load(), given)
    arguments = {**({"names": [*given]} if given else {}), **({"accept": True} if accept else {})}
    return jobs.ask(kind="irr", person=person, world=world, arguments=arguments)
