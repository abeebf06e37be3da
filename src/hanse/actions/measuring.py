"""How Hanse itself does: whether it works at all, and the numbers that monitoring systems ask for."""

from dataclasses import dataclass

from hanse.actions import keeping
from hanse.actions.rights import Person, Right
from hanse.devices.clock import Clock
from hanse.store import measures
from hanse.store.measures import Measures
from hanse.store.outages import OUTAGES
from hanse.store.workers import WorkerSign


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the database answers, and how many workers live."""

    database: bool
    workers: int

    @property
    def is_well(self) -> bool:
        """Say whether jobs can be asked for and will run."""
        return self.database and self.workers > 0


def health(*, clock: Clock) -> Health:
    """Return how Hanse does. Anybody may know. One query."""
    try:
        return Health(database=True, workers=len(keeping.alive(at=clock.now())))
    except OUTAGES:
        return Health(database=False, workers=0)


def measured(person: Person, *, clock: Clock) -> tuple[Measures, tuple[WorkerSign, ...]]:
    """Return the numbers about everything, and the workers that live. Seven queries.

    :raises NotAllowed: a right to look within some sites only is not enough
    """
    person.insist(Right.VIEW)
    return measures.measures(), keeping.alive(at=clock.now())
