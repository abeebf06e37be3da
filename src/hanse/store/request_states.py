"""The states of a peering request, as a table: what is not in it cannot happen."""

from enum import StrEnum
from typing import Final

from hanse.network.errors import WantedError


class NoSuchRequestStep(WantedError):
    """A peering request cannot take that step from where it stands."""


class RequestState(StrEnum):
    """Where a peering request stands."""

    DRAFTED = "drafted"  # written, and shown; nobody has been told
    SENDING = "sending"  # somebody is handing it to the mail server
    SENT = "sent"
    ACCEPTED = "accepted"  # they want to peer
    DECLINED = "declined"
    EXPIRED = "expired"  # nobody answered for long
    WITHDRAWN = "withdrawn"  # thrown away before it was sent


class RequestEvent(StrEnum):
    """What happens to a peering request."""

    BEGUN = "begun to be sent"
    TAKEN = "taken by the mail server"
    REFUSED = "refused by the mail server"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "given up"
    WITHDRAWN = "withdrawn"


ANSWERED: Final = {
    RequestEvent.ACCEPTED: RequestState.ACCEPTED,
    RequestEvent.DECLINED: RequestState.DECLINED,
}
STEPS: Final[dict[RequestState, dict[RequestEvent, RequestState]]] = {
    RequestState.DRAFTED: {
        RequestEvent.BEGUN: RequestState.SENDING,
        RequestEvent.WITHDRAWN: RequestState.WITHDRAWN,
    },
    RequestState.SENDING: {
        RequestEvent.TAKEN: RequestState.SENT,
        RequestEvent.REFUSED: RequestState.DRAFTED,
        **ANSWERED,  # its sender died after the mail had gone, and they answered
        RequestEvent.EXPIRED: RequestState.EXPIRED,
    },
    RequestState.SENT: {**ANSWERED, RequestEvent.EXPIRED: RequestState.EXPIRED},
    RequestState.EXPIRED: {**ANSWERED, RequestEvent.BEGUN: RequestState.SENDING},  # answered late, or reminded
    RequestState.ACCEPTED: {},
    RequestState.DECLINED: {},
    RequestState.WITHDRAWN: {},
}


def step(state: RequestState, event: RequestEvent) -> RequestState:
    """Return the state after `event`.

    :raises NoSuchRequestStep:
    """
    if event not in STEPS[state]:
        raise NoSuchRequestStep(f"a request that is {state} cannot be {event}")
    return STEPS[state][event]
