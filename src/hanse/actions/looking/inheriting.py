"""What a session has from above it, in words."""

from collections.abc import Mapping
from typing import Final

from hanse.network.wanted.inherited import Parent, decided_by
from hanse.network.wanted.peering import AutonomousSystem, Connection, Exchange, Group
from hanse.store import snapshot

CALLED: Final[Mapping[type, str]] = {Connection: "connection", Exchange: "exchange", Group: "group"}


def inherited_status(name: str) -> str:
    """Return the status that a wanted session has from above, and from what; empty: it stands as it says itself.

    Whoever may see the session may know why it is off.
    """
    try:
        network = snapshot.load()
    except snapshot.NothingWanted:
        return ""
    session = network.sessions.get(name)
    parent = decided_by(network, session) if session else None
    return f"{parent.status} by {_called(parent)}" if parent else ""


def _called(parent: Parent) -> str:
    if isinstance(parent, AutonomousSystem):
        return f"AS{parent.asn}"
    return f"{CALLED[type(parent)]} {parent.name}"
