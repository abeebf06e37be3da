"""Whom we could peer with: the members of an exchange with whom we lack a session, and who of them is hidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hanse.actions.objects import wanted_now
from hanse.actions.peering import registry
from hanse.actions.peering.registry import Member
from hanse.actions.rights import Person, Right
from hanse.actions.whereabouts import visible
from hanse.actions.world import World
from hanse.derive.gaps import Gap, gaps_with
from hanse.derive.meetings import Meetings, meetings
from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn
from hanse.network.wanted.peering import Exchange
from hanse.network.wanted.sentences import one_of
from hanse.store import peering
from hanse.store.models import HiddenPeer


class NoSuchExchange(WantedError):
    """There is no exchange of that name, or none that one may look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PossiblePeer:
    """A member of an exchange with whom at least one session lacks there. Numbers that nobody told are None."""

    exchange: str
    asn: int
    name: str
    policy: str
    kind: str  # of network, in PeeringDB's words
    prefixes4: int | None
    prefixes6: int | None
    speed: int  # Mbit/s, of all its ports there together
    is_rs_peer: bool
    as_set: str
    gaps: tuple[Gap, ...]
    has: int  # sessions with it on this exchange
    hidden_until: date | None = None
    hidden_why: str = ""
    hidden_by: str = ""

    @property
    def is_hidden(self) -> bool:
        """Say whether it is not to be suggested for a while."""
        return self.hidden_until is not None

    @property
    def standing(self) -> str:
        """Return "new" if there is no session with it on this exchange at all, else "partly"."""
        return "partly" if self.has else "new"

    @property
    def route_servers(self) -> str:
        """Return "yes" if it takes part in the exchange's route servers, else "no"."""
        return "yes" if self.is_rs_peer else "no"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return its addresses that have no session on one of our connections, each once."""
        return tuple(dict.fromkeys(str(address) for gap in self.gaps for address in gap.addresses))

    @property
    def connections(self) -> tuple[str, ...]:
        """Return our connections on which something lacks."""
        return tuple(dict.fromkeys(gap.connection for gap in self.gaps))


def exchange_named(name: str, person: Person) -> Exchange:
    """Return an exchange that `person` may look at.

    :raises NoSuchExchange:
    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW, "exchanges")
    known = visible("exchanges", person)
    if name not in known:
        raise NoSuchExchange(f"there is no exchange {name!r}: {one_of(known, name)}")
    found: Exchange = known[name]
    return found


def possible_peers(exchange: str, person: Person, *, world: World) -> tuple[PossiblePeer, ...]:
    """Return the members of an exchange with whom we lack a session there, by AS number, the hidden ones too.

    :raises NoSuchExchange:
    :raises NotAllowed:
    """
    wanted = exchange_named(exchange, person)
    network = wanted_now()
    if network is None:
        return ()
    hidden = peering.hidden(world.clock.now().date(), exchange=exchange)
    return lacking(meetings(network), wanted, registry.members_of(wanted), hidden)


def lacking(
    found: Meetings, exchange: Exchange, members: Iterable[Member], hidden: dict[int, HiddenPeer]
) -> tuple[PossiblePeer, ...]:
    """Return those of `members` with whom something lacks on `exchange`, by AS number."""
    known = ((member, gaps_with(found, exchange, Asn(member.asn), member.places)) for member in members)
    rows = (_possible(found, exchange, member, gaps, hidden.get(member.asn)) for member, gaps in known if gaps)
    return tuple(sorted(rows, key=lambda row: row.asn))


def _possible(
    found: Meetings, exchange: Exchange, member: Member, gaps: tuple[Gap, ...], hidden: HiddenPeer | None
) -> PossiblePeer:
    here = {connection.name for connection in found.connections.get(exchange.name, ())}
    return PossiblePeer(
        exchange=exchange.name,
        asn=member.asn,
        name=member.name,
        policy=member.policy,
        kind=member.kind,
        prefixes4=member.prefixes4,
        prefixes6=member.prefixes6,
        speed=member.speed,
        is_rs_peer=member.is_rs_peer,
        as_set=member.as_set,
        gaps=gaps,
        has=sum(session.connection in here for session in found.of_asn.get(member.asn, ())),
        hidden_until=hidden.until if hidden else None,
        hidden_why=hidden.why if hidden else "",
        hidden_by=hidden.who if hidden else "",
    )
