"""Sessions that routers have and nobody wrote down: asking for them, looking at them, accepting them."""

from hanse.actions.discovery.accepting import Acceptance, Accepted, NothingChosen, NotOnOffer, accept, would_accept
from hanse.actions.discovery.asking import Discovered, discover
from hanse.actions.discovery.results import LookIsOld, NeverSeen, Result, result

__all__ = [
    "Acceptance",
    "Accepted",
    "Discovered",
    "LookIsOld",
    "NeverSeen",
    "NotOnOffer",
    "NothingChosen",
    "Result",
    "accept",
    "discover",
    "result",
    "would_accept",
]
