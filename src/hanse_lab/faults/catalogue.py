"""Every fault of the campaign: what is done to the deployment, and at which of the router's announced steps."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hanse_lab.faults.marks import Mark, components_of
from hanse_lab.faults.variants import Variant, harmful_to


class Kind(StrEnum):
    """What is done."""

    PROGRAM_KILLED = "the router's program killed"  # the process that announced the step, SIGKILL
    HANSE_KILLED = "Hanse killed"  # SIGKILL
    CONNECTION_CUT = "connection cut"  # the management cable, until the router has settled
    POWER_LOST = "power lost"  # all processes and interfaces gone at once, then started again from the files
    DISK_FULL = "disk full"
    CLOCK_JUMPED = "clock jumped"  # the wall clock, by seconds
    GUARDS_STRUCK = "a guard killed"  # one of the two that watch the trial, and Hanse
    HARMFUL = "harmful configuration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: `kind` is done at `step` of the transaction (empty: at none), while `variant` is deployed."""

    kind: Kind
    step: str = ""
    variant: Variant = Variant.GOOD
    detail: str = ""

    def __str__(self) -> str:
        at = f" at {self.step}" if self.step else ""
        what = f", {self.variant}" if self.variant is not Variant.GOOD else ""
        return f"{self.kind}{f' ({self.detail})' if self.detail else ''}{at}{what}"


# These are installed before they are found harmful: the way back can be struck. The first that the router knows.
UNDONE: Final = (Variant.NO_SESSIONS, Variant.NO_FRR_SESSIONS, Variant.NO_MANAGEMENT)


@dataclass(frozen=True, slots=True)
class Steps:
    """What the carried program announces in /run/hanse/NAME.progress when all these files change, in order."""

    on_the_way: tuple[str, ...]
    on_the_way_back: tuple[str, ...]

    @classmethod
    def of(cls, marked: Iterable[Mark]) -> "Steps":
        """Return the steps of a router with these files. A step with a blank in it cannot be struck."""
        listed = tuple(marked)
        files = [mark.file for mark in listed]
        components = [name for name in components_of(listed) if " " not in name]
        return cls(
            on_the_way=(
                *("staging", "staged", "arming", "armed", "guarded", "working"),
                *(f"swapping:{file}" for file in files),
                "swapped",
                *(f"reloading:{name}" for name in components),
                *("judged", "trial", "confirming", "kept"),
            ),
            on_the_way_back=(
                "undoing",
                *(f"restored:{file}" for file in files),
                *(f"restoring:{name}" for name in components),
                *("restored", "reverted"),
            ),
        )

    @property
    def when_installing(self) -> tuple[str, ...]:
        """Return those from arming to confirming."""
        return self.on_the_way[2:-1]


def catalogue(marked: Iterable[Mark]) -> tuple[Fault, ...]:
    """Return all faults that a router with these files can be struck with, in a fixed order."""
    listed = tuple(marked)
    harmful = harmful_to(listed)
    undone = next(variant for variant in UNDONE if variant in harmful)
    return (
        *(Fault(kind=Kind.HARMFUL, variant=variant) for variant in harmful),
        *_at_every_step(Steps.of(listed), undone),
        *(Fault(kind=Kind.DISK_FULL, step=step) for step in ("", "staged", "armed", "swapped")),
        *(
            Fault(kind=Kind.CLOCK_JUMPED, step=step, detail=jump)
            for step in ("armed", "trial")
            for jump in ("86400", "-86400")
        ),
        *(Fault(kind=Kind.GUARDS_STRUCK, step="trial", detail=which) for which in ("first", "last")),
    )


def _at_every_step(steps: Steps, undone: Variant) -> Iterator[Fault]:
    for kind in (Kind.PROGRAM_KILLED, Kind.HANSE_KILLED, Kind.CONNECTION_CUT):
        yield from (Fault(kind=kind, step=step) for step in steps.on_the_way)
    yield from (Fault(kind=Kind.POWER_LOST, step=step) for step in steps.when_installing)
    yield from (Fault(kind=Kind.PROGRAM_KILLED, step=step, variant=undone) for step in steps.on_the_way_back)
    yield from (Fault(kind=Kind.POWER_LOST, step=step, variant=undone) for step in steps.on_the_way_back[:-2])


def drawn(marked: Iterable[Mark], *, seed: int, count: int) -> tuple[Fault, ...]:
    """Return `count` faults for a router with these files, in an order that the seed alone decides: each kind first.

    More than there are: all, and some again.
    """
    chance = random.Random(seed)
    known = catalogue(marked)
    left = list(known)
    chance.shuffle(left)
    first = {fault.kind: fault for fault in reversed(left)}
    ordered = [*first.values(), *(fault for fault in left if first[fault.kind] is not fault)]
    while len(ordered) < count:
        again = list(known)
        chance.shuffle(again)
        ordered += again
    return tuple(ordered[:count])
