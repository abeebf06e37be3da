"""What counts for a session in the end, with what stands above it."""

from hanse.derive.in_force import InForce, in_force
from hanse.network.values.addresses import Family
from hanse.store import snapshot


def session_in_force(name: str, family: int) -> InForce | None:
    """Return what counts for the addresses of one family of a wanted session; None: nobody wants one of that name.

    Whoever may see the session may know why it is as it is. Of a password only the name is told.
    """
    try:
        network = snapshot.load()
    except snapshot.NothingWanted:
        return None
    session = network.sessions.get(name)
    return in_force(network, session, Family(family)) if session else None
