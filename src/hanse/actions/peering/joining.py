"""Adding peers: all sessions that lack with members of exchanges, in one step, with the networks that are new."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from hanse.actions.drafting import network_of, put_somewhere
from hanse.actions.drafts import save_now
from hanse.actions.peering import registry
from hanse.actions.peering.finding import NoSuchExchange, PossiblePeer, exchange_named, lacking
from hanse.actions.peering.registry import Profile
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.derive.gaps import Gap
from hanse.derive.meetings import Meetings, meetings, spoken_name
from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn
from hanse.network.wanted.edits import Edit, body_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem, Kept
from hanse.network.wanted.sessions import Relationship, Session, SessionStatus

LONGEST: Final = 63  # letters of a name
ROOM: Final = 4  # of these, for a number behind it
NAMED: Final = 5  # networks in a title
STATUSES: Final = (SessionStatus.REQUESTED, SessionStatus.PROVISIONING)  # in which new sessions may begin


class NothingLacks(WantedError):
    """The networks are no members of the exchange, or every session with them is there already."""


class NotABeginning(WantedError):
    """A session that is added begins as requested or provisioning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What was added: in a draft, or taken at once as a change set; the other number is None."""

    sessions: tuple[str, ...]  # their names, new ones and those that got another address
    asns: tuple[int, ...]
    draft: int | None
    change_set: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How sessions are added. `relationship` None: route server if PeeringDB calls it so, else peer."""

    status: SessionStatus = SessionStatus.REQUESTED
    relationship: Relationship | None = None
    draft: int | None = None  # into which they go; None: a new one
    at_once: bool = False  # take them, without a draft


def add_peers(*, peers: Mapping[str, Iterable[int]], wish: Wish, person: Person, world: World) -> Joined:
    """Add all sessions that lack with members of exchanges: each address, on each connection of ours there.

    `peers` are AS numbers by exchange.

    :raises NoSuchExchange:
    :raises NothingLacks: with one of them; then nothing is added
    :raises NotABeginning:
    :raises NotAnAsn:
    :raises: what drafts raise
    """
    person.insist_any(Right.CHANGE, "sessions")
    if wish.status not in STATUSES:
        raise NotABeginning(f"a session begins as {' or '.join(STATUSES)}, not as {wish.status}")
    for exchange in peers:
        exchange_named(exchange, person)
    network = network_of(None if wish.at_once else wish.draft)
    chosen = {exchange: tuple(dict.fromkeys(Asn(asn).number for asn in asns)) for exchange, asns in peers.items()}
    edits = edits_for(network, chosen, wish) if network else ()
    asns = tuple(dict.fromkeys(asn for found in chosen.values() for asn in found))
    names = tuple(edit.name for edit in edits if edit.kind == "sessions")
    title = _title(tuple(chosen), asns)
    if wish.at_once:
        taken = save_now(edits=edits, person=person, world=world, title=title)
        return Joined(sessions=names, asns=asns, draft=None, change_set=taken.number if taken else None)
    draft, _ = put_somewhere(draft=wish.draft, edits=edits, person=person, world=world, title=title)
    return Joined(sessions=names, asns=asns, draft=draft, change_set=None)


def _title(exchanges: tuple[str, ...], asns: tuple[int, ...]) -> str:
    who = ", ".join(f"AS{asn}" for asn in asns[:NAMED])
    more = f" and {len(asns) - NAMED} more" if len(asns) > NAMED else ""
    return f"Peer at {', '.join(exchanges)} with {who}{more}"


def edits_for(network: Network, peers: Mapping[str, tuple[int, ...]], wish: Wish) -> tuple[Edit, ...]:
    """Return what is to be written so that no session lacks with the AS numbers of `peers` on their exchanges.

    :raises NothingLacks:
    :raises NoSuchExchange: it is not in the network of the draft
    """
    found = meetings(network)
    profiles = registry.profiles(asn for asns in peers.values() for asn in asns)
    names = Names(found)
    edits: dict[tuple[str, str], Edit] = {}
    for exchange, asns in peers.items():
        for asn, peer in _lacking_at(found, exchange, asns).items():
            profile = profiles.get(asn)
            relationship = wish.relationship or _relationship(profile)
            called = (exchange, _called(network, asn, profile))
            for edit in (
                *new_networks(network, asn, profile),
                *_sessions(found, peer, called, names, replace(wish, relationship=relationship)),
            ):
                edits[edit.kind, edit.name] = edit
    return tuple(edits.values())


def _lacking_at(found: Meetings, exchange: str, asns: tuple[int, ...]) -> dict[int, PossiblePeer]:
    if exchange not in found.network.exchanges:
        raise NoSuchExchange(f"there is no exchange {exchange!r} in this draft")
    wanted = found.network.exchanges[exchange]
    members = [one for one in registry.members_of(wanted) if one.asn in set(asns)]
    peers = {peer.asn: peer for peer in lacking(found, wanted, members, {})}
    without = [f"AS{asn}" for asn in asns if asn not in peers]
    if without or not asns:
        who = ", ".join(without) or "nobody"
        raise NothingLacks(f"{who}: no member of {exchange} that PeeringDB knows, or every session is there already")
    return peers


def new_networks(network: Network, asn: int, profile: Profile | None) -> Iterator[Edit]:
    """Yield what makes an AS wanted, with what PeeringDB says of it, unless it is wanted already."""
    if Asn(asn) in network.autonomous_systems:
        return
    body: dict[str, Any] = {}
    if profile:
        told = {
            Kept.NAME: profile.name,
            Kept.AS_SET: profile.as_set,
            Kept.MAX_PREFIXES_IPV4: profile.prefixes4,
            Kept.MAX_PREFIXES_IPV6: profile.prefixes6,
        }
        keep = tuple(field for field, value in told.items() if value)
        wanted = AutonomousSystem(
            asn=Asn(asn), name=profile.name, as_set=profile.as_set, max_prefixes=profile.max_prefixes, keep=keep
        )
        body = body_of("autonomous_systems", wanted)
    yield Edit(kind="autonomous_systems", name=str(asn), body=body)


def _relationship(profile: Profile | None) -> Relationship:
    return Relationship.ROUTE_SERVER if profile and profile.is_route_server else Relationship.PEER


class Names:
    """Names for new sessions: none that is taken, nor one that a router could not tell from another."""

    def __init__(self, found: Meetings) -> None:
        self._spoken = set(found.spoken)

    def new(self, *words: str) -> str:
        """Return a name made of `words`, with a number behind it if it has to be."""
        stem = "-".join(filter(None, (re.sub(r"[^A-Za-z0-9]+", "-", word).strip("-").lower() for word in words)))
        stem = stem[: LONGEST - ROOM].rstrip("-")
        name, number = stem, 1
        while spoken_name(name) in self._spoken:
            number += 1
            name = f"{stem}-{number}"
        self._spoken.add(spoken_name(name))
        return name


def _sessions(found: Meetings, peer: PossiblePeer, called: tuple[str, ...], names: Names, wish: Wish) -> Iterator[Edit]:
    for gap in peer.gaps:
        if gap.session:
            wanted = _widened(found.network.sessions[gap.session], gap, wish.status)
        else:
            wanted = Session(
                name=names.new(*called),
                asn=Asn(peer.asn),
                connection=gap.connection,
                addresses=gap.addresses,
                relationship=wish.relationship or Relationship.PEER,
                status=wish.status,
            )
        yield Edit(kind="sessions", name=wanted.name, body=body_of("sessions", wanted))


def _widened(session: Session, gap: Gap, status: SessionStatus) -> Session:
    """Return a session with the addresses that it lacks; one that had ended begins anew."""
    more = tuple(address for address in gap.addresses if address not in session.addresses)
    begins = status if session.status is SessionStatus.DECOMMISSIONED else session.status
    return replace(session, addresses=(*session.addresses, *more), status=begins)


def _called(network: Network, asn: int, profile: Profile | None) -> str:
    """Return what a network is called in the names of sessions: by its name where that has letters, else its number."""
    known = network.autonomous_systems.get(Asn(asn))
    name = (known.name if known else "") or (profile.name if profile else "")
    return name if re.search(r"[A-Za-z0-9]", name) else f"as{asn}"
