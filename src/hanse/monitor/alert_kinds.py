"""The kinds of alarm, what each means for the network, and the key that one open alert at a time has."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class AlarmKind(StrEnum):
    """What is not well."""

    ROUTER_UNREACHABLE = "router-unreachable"
    LINK_DOWN = "link-down"  # or the port of a connection to an exchange
    NEIGHBOUR_DOWN = "neighbour-down"
    LABEL_MISSING = "label-missing"
    SESSION_DOWN = "session-down"
    SESSION_LOST_MOST_ROUTES = "session-lost-most-routes"
    DRIFT = "drift"
    DEPLOYMENT_UNDONE = "deployment-undone"
    JOB_LOST = "job-lost"

    @property
    def is_seen_by_looks(self) -> bool:
        """Say whether a look at the router tells if it is over."""
        return self in SEEN


SEEN: Final = frozenset(
    {
        AlarmKind.ROUTER_UNREACHABLE,
        AlarmKind.LINK_DOWN,
        AlarmKind.NEIGHBOUR_DOWN,
        AlarmKind.LABEL_MISSING,
        AlarmKind.SESSION_DOWN,
        AlarmKind.SESSION_LOST_MOST_ROUTES,
    }
)
MEANS: Final[Mapping[AlarmKind, str]] = {
    AlarmKind.ROUTER_UNREACHABLE: "what it carries is unknown, and nothing can be installed there",
    AlarmKind.LINK_DOWN: "nothing passes there",
    AlarmKind.NEIGHBOUR_DOWN: "OSPF uses no path over it",
    AlarmKind.LABEL_MISSING: "packets of its path end there",
    AlarmKind.SESSION_DOWN: "no routes are exchanged there",
    AlarmKind.SESSION_LOST_MOST_ROUTES: "traffic that went there takes other ways",
    AlarmKind.DRIFT: "the next deployment would undo what somebody did there by hand",
    AlarmKind.DEPLOYMENT_UNDONE: "the router does not run what is wanted",
    AlarmKind.JOB_LOST: "nobody knows how far it came",
}


def key_of(kind: AlarmKind, node: str, thing: str = "") -> str:
    """Return the key of an alarm of `kind` about `thing` on `node`."""
    return " ".join(part for part in (kind, node, thing) if part)
