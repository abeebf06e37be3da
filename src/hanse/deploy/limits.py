"""A plan that is too large is refused, with the numbers, unless somebody insists."""

from dataclasses import dataclass
from typing import Final

from hanse.deploy.plan import DevicePlan, Plan
from hanse.network.errors import WantedError


class TooLarge(WantedError):
    """The plan passes the safety limits: look again, then `--force`, or raise the limit."""

    def __init__(self, breaches: tuple["Breach", ...]) -> None:
        self.breaches = breaches
        super().__init__("\n".join(str(breach) for breach in breaches))


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyLimits:
    """How much one plan may do. A share counts from the floor beside it on.

    Below the floor a share says nothing: one session of four is 25 % and an everyday change. So up to
    `few_lines` lines and `few_sessions` sessions may be taken from a router whatever their share is.
    """

    max_routers: int = 50
    max_share_of_lines_removed: float = 0.3
    few_lines: int = 60
    max_share_of_sessions_removed: float = 0.25
    few_sessions: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One limit that a plan passes; `node` is empty where it is about the whole plan."""

    node: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.node}: {self.sentence}" if self.node else self.sentence


DEFAULT_LIMITS: Final = SafetyLimits()


def breaches(plan: Plan, limits: SafetyLimits = DEFAULT_LIMITS) -> tuple[Breach, ...]:
    """Return every limit that `plan` passes: the whole plan's first, then by router.

    A first installation removes nothing, whatever its size.
    """
    found = []
    if len(plan.changed) > limits.max_routers:
        found.append(
            Breach(node="", sentence=f"{len(plan.changed)} routers would change, {limits.max_routers} may at once")
        )
    for device in plan.changed:
        found += _breaches_of(device, limits)
    return tuple(found)


def insist_within(plan: Plan, limits: SafetyLimits = DEFAULT_LIMITS) -> None:
    """Return if `plan` passes no limit.

    :raises TooLarge:
    """
    found = breaches(plan, limits)
    if found:
        raise TooLarge(found)


def _breaches_of(device: DevicePlan, limits: SafetyLimits) -> list[Breach]:
    counted = (
        ("lines", device.lines_removed, device.lines_before, limits.few_lines, limits.max_share_of_lines_removed),
        (
            "BGP sessions",
            len(device.sessions_removed),
            device.sessions_before,
            limits.few_sessions,
            limits.max_share_of_sessions_removed,
        ),
    )
    return [
        Breach(
            node=device.node,
            sentence=f"{removed} of {total} {what} would go ({removed / total:.0%}), {share:.0%} may at once",
        )
        for what, removed, total, few, share in counted
        if total and removed > few and removed > total * share
    ]
