"""How long things may take: the more files a router has and the slower its place, the longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hanse_lab.faults.marks import Mark
from hanse_lab.plan import Place

UNDO_AFTER: Final = timedelta(seconds=8)
MORE_EACH: Final = timedelta(seconds=1)  # for every file
GRACE: Final = timedelta(seconds=10)  # beyond the undo time
SLOWER: Final = {Place.HOST: 1, Place.UML: 4}
# Looking for an announced step costs a guest of its only processor.
OFTEN: Final = {Place.HOST: timedelta(seconds=0.02), Place.UML: timedelta(seconds=0.2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The times of one campaign."""

    undo_after: timedelta
    first_look: timedelta  # longer than a neighbour that is gone is still taken for one (four hellos)
    settle: timedelta
    grace: timedelta  # beyond the undo time, until the router has settled
    cut_for: timedelta  # at least: longer than Hanse waits for an answer
    answers_within: timedelta
    step_comes_within: timedelta  # of the deployment's begin
    as_before_within: timedelta  # of its end
    well_within: timedelta
    looked_every: timedelta

    @property
    def settled_within(self) -> timedelta:
        """Return how long after the strike the router may be neither old nor new."""
        return self.undo_after + self.grace

    @property
    def hanse_ends_within(self) -> timedelta:
        """Return how long a deployment may take."""
        return 3 * self.settled_within + timedelta(seconds=30)

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return Hanse's own settings."""
        return (
            ("HANSE_UNDO_AFTER", f"{self.undo_after.total_seconds():g}"),
            ("HANSE_FIRST_LOOK", f"{self.first_look.total_seconds():g}"),
            ("HANSE_SETTLE", f"{self.settle.total_seconds():g}"),
            ("NAPALM_TIMEOUT", f"{self.answers_within.total_seconds():g}"),
        )


def pace_for(marked: Sequence[Mark], place: Place) -> Pace:
    """Return the times for a router with these files: 12 s for four of them in a lab on this machine."""
    slower = SLOWER[place]
    return Pace(
        undo_after=slower * (UNDO_AFTER + len(marked) * MORE_EACH),
        first_look=slower * timedelta(seconds=3),
        settle=slower * timedelta(seconds=5),
        grace=slower * (GRACE + max(0, len(marked) - 4) * MORE_EACH),
        cut_for=slower * timedelta(seconds=8),
        answers_within=slower * timedelta(seconds=5),
        step_comes_within=slower * timedelta(seconds=60),
        as_before_within=slower * timedelta(seconds=40),
        well_within=slower * timedelta(seconds=120),
        looked_every=OFTEN[place],
    )
