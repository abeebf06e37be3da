"""The sessions that we lack with a member of an exchange: on which connection, with which of its addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hanse.derive.meetings import Meetings
from hanse.network.values.addresses import Address
from hanse.network.values.asn import Asn
from hanse.network.wanted.peering import Connection, Exchange
from hanse.network.wanted.sessions import Session, SessionStatus

Place = tuple[Address, ...]  # of one router of a member on the LAN, IPv4 before IPv6


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What lacks with one router of a member on one connection of ours."""

    connection: str
    addresses: Place  # without a session
    session: str = ""  # one with the same router that can take them: it has its other address, or ended once


def gaps_with(found: Meetings, exchange: Exchange, asn: Asn, places: Iterable[Place]) -> tuple[Gap, ...]:
    """Return what lacks with the member `asn` of `exchange`, which has routers at `places`; nothing with ourselves."""
    if is_ours(found, asn):
        return ()
    known = tuple(places)
    return tuple(
        gap
        for connection in found.connections.get(exchange.name, ())
        for place in known
        for gap in _gap(found, exchange, connection, asn, place)
    )


def is_ours(found: Meetings, asn: Asn) -> bool:
    """Say whether `asn` is an AS number of ours."""
    known = found.network.autonomous_systems.get(asn)
    return asn == found.network.network.asn or (known is not None and known.own)


def _gap(found: Meetings, exchange: Exchange, connection: Connection, asn: Asn, place: Place) -> Iterator[Gap]:
    families = {address.version for address in connection.addresses}
    reached = {
        address: found.session_at(connection.name, address)
        for address in place
        if address.version in families and _is_on(exchange, address) and address not in connection.addresses
    }
    lacking = tuple(address for address, session in reached.items() if session is None or _has_ended(session))
    if not lacking or any(session and session.asn != asn for session in reached.values()):
        return
    known = next((session for session in reached.values() if session), None)
    yield Gap(connection=connection.name, addresses=lacking, session=known.name if known else "")


def _is_on(exchange: Exchange, address: Address) -> bool:
    return any(address in prefix for prefix in exchange.lan if prefix.version == address.version)


def _has_ended(session: Session) -> bool:
    return session.status is SessionStatus.DECOMMISSIONED
