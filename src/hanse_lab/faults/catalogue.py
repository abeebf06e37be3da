"""Every fault of the campaign: what is done to the deployment, and at which of the router's announced steps."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


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


class Variant(StrEnum):
    """The configuration that is deployed while the fault strikes."""

    GOOD = "good"
    NO_MANAGEMENT = "management address removed"
    NO_SSH = "firewall closes SSH"
    NO_SESSIONS = "BIRD drops all sessions"
    BAD_BIRD = "syntax error in bird.conf"
    BAD_INTERFACES = "syntax error in interfaces"
    BAD_NFTABLES = "syntax error in nftables.conf"
    BAD_SYSCTL = "syntax error in sysctl.conf"


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


# As the carried program announces them in /run/hanse/NAME.progress, in order.
ON_THE_WAY: Final = (
    "staging",
    "staged",
    "arming",
    "armed",
    "guarded",
    "working",
    "swapping:/etc/bird/bird.conf",
    "swapping:/etc/sysctl.d/90-hanse.conf",
    "swapped",
    "reloading:sysctl",
    "reloading:nft",
    "reloading:interfaces",
    "reloading:bird",
    "judged",
    "trial",
    "confirming",
    "kept",
)
ON_THE_WAY_BACK: Final = ("undoing", "restored:/etc/bird/bird.conf", "restoring:bird", "restored", "reverted")
WHEN_INSTALLING: Final = ON_THE_WAY[2:16]  # from arming to confirming


def catalogue() -> tuple[Fault, ...]:
    """Return all faults, in a fixed order."""
    return (
        *(Fault(kind=Kind.HARMFUL, variant=variant) for variant in Variant if variant is not Variant.GOOD),
        *(Fault(kind=Kind.PROGRAM_KILLED, step=step) for step in ON_THE_WAY),
        *(Fault(kind=Kind.PROGRAM_KILLED, step=step, variant=Variant.NO_SESSIONS) for step in ON_THE_WAY_BACK),
        *(Fault(kind=Kind.HANSE_KILLED, step=step) for step in ON_THE_WAY),
        *(Fault(kind=Kind.CONNECTION_CUT, step=step) for step in ON_THE_WAY),
        *(Fault(kind=Kind.POWER_LOST, step=step) for step in WHEN_INSTALLING),
        *(Fault(kind=Kind.POWER_LOST, step=step, variant=Variant.NO_SESSIONS) for step in ON_THE_WAY_BACK[:3]),
        *(Fault(kind=Kind.DISK_FULL, step=step) for step in ("", "staged", "armed", "swapped")),
        *(
            Fault(kind=Kind.CLOCK_JUMPED, step=step, detail=jump)
            for step in ("armed", "trial")
            for jump in ("86400", "-86400")
        ),
        *(Fault(kind=Kind.GUARDS_STRUCK, step="trial", detail=which) for which in ("first", "last")),
    )


def drawn(*, seed: int, count: int) -> tuple[Fault, ...]:
    """Return `count` faults in an order that the seed alone decides, one of each kind first.

    More than there are: all, and some again.
    """
    chance = random.Random(seed)
    left = list(catalogue())
    chance.shuffle(left)
    first = {fault.kind: fault for fault in reversed(left)}
    ordered = [*first.values(), *(fault for fault in left if first[fault.kind] is not fault)]
    while len(ordered) < count:
        again = list(catalogue())
        chance.shuffle(again)
        ordered += again
    return tuple(ordered[:count])
