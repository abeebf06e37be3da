"""An exchange as its page shows it: how we stand there, what is down, what changed, whom we could peer with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q

from hanse.actions.looking.lists import change_list, session_list
from hanse.actions.objects import wanted_now
from hanse.actions.peering.finding import PossiblePeer, exchange_named, possible_peers
from hanse.actions.rights import Person, Right
from hanse.actions.whereabouts import visible
from hanse.actions.world import World
from hanse.derive.meetings import meetings
from hanse.monitor.compare import Condition
from hanse.monitor.happenings import Subject
from hanse.network.known.peeringdb import PeeringdbKind
from hanse.network.wanted.peering import Connection, Exchange
from hanse.store import peeringdb
from hanse.store.models import ChangeRecord, SessionStanding

SHOWN: Final = 10  # sessions that are down, and changes
WRONG: Final = (Condition.DOWN, Condition.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRow:
    """An exchange in the list of all."""

    name: str
    status: str
    description: str
    lan: tuple[str, ...]
    connections: int
    routers: tuple[str, ...]
    sessions: int  # wanted, one for each address
    up: int
    down: int
    peers: int  # networks with whom there is a session


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangePage:
    """Everything about one exchange. `known_at` is when PeeringDB last told who is there; None: never."""

    exchange: Exchange
    connections: tuple[Connection, ...]
    counts: dict[str, int]  # of sessions, by condition
    down: tuple[SessionStanding, ...]
    changes: tuple[ChangeRecord, ...]
    peers: tuple[PossiblePeer, ...]
    known_at: datetime | None

    @property
    def sessions(self) -> int:
        """Return how many sessions there are."""
        return sum(self.counts.values())


def exchange_list(person: Person) -> tuple[ExchangeRow, ...]:
    """Return the exchanges that `person` may look at, by name. One query besides what is wanted.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW, "exchanges")
    network = wanted_now()
    if network is None:
        return ()
    found = meetings(network)
    counted = (
        session_list(person)
        .exclude(exchange="")
        .order_by()
        .values("exchange")
        .annotate(
            sessions=Count("pk", filter=Q(is_wanted=True)),
            up=Count("pk", filter=Q(condition=Condition.UP)),
            down=Count("pk", filter=Q(condition__in=WRONG)),
            peers=Count("remote_asn", distinct=True),
        )
    )
    counts: dict[str, Any] = {row["exchange"]: row for row in counted}
    return tuple(
        _row(exchange, found.connections.get(name, ()), counts.get(name, {}))
        for name, exchange in sorted(visible("exchanges", person).items())
    )


def _row(exchange: Exchange, connections: tuple[Connection, ...], counts: Mapping[str, int]) -> ExchangeRow:
    return ExchangeRow(
        name=exchange.name,
        status=exchange.status,
        description=exchange.description,
        lan=tuple(map(str, exchange.lan)),
        connections=len(connections),
        routers=tuple(sorted({one.node for one in connections})),
        sessions=counts.get("sessions", 0),
        up=counts.get("up", 0),
        down=counts.get("down", 0),
        peers=counts.get("peers", 0),
    )


def exchange_page(name: str, person: Person, *, world: World) -> ExchangePage:
    """Return everything about one exchange, in a fixed number of queries.

    :raises NoSuchExchange:
    :raises NotAllowed:
    """
    exchange = exchange_named(name, person)
    network = wanted_now()
    rows = session_list(person).filter(exchange=name)
    counted = rows.order_by().values("condition").annotate(count=Count("pk"))
    addresses = rows.order_by().values("remote_address")
    connections = meetings(network).connections.get(name, ()) if network else ()
    nodes = [one.node for one in connections]
    changes = change_list(person, subject=Subject.SESSION.value).filter(node__in=nodes, key__in=addresses)
    return ExchangePage(
        exchange=exchange,
        connections=connections,
        counts={row["condition"]: row["count"] for row in counted},
        down=tuple(rows.filter(condition__in=WRONG).order_by("-since", "pk")[:SHOWN]),
        changes=tuple(changes[:SHOWN]),
        peers=possible_peers(name, person, world=world),
        known_at=members_known_at(),
    )


def members_known_at() -> datetime | None:
    """Return when PeeringDB last told who is on which LAN; None: it was never asked. One query."""
    return next((one.good_at for one in peeringdb.freshness() if one.kind is PeeringdbKind.MEMBER), None)
