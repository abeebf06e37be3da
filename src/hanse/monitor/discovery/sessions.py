"""What neighbours would be as wanted sessions: the addresses of one neighbour are one session, each with a name.

Two addresses are taken for one neighbour's only where that is clear: one of each family, of one AS, on one connection
or in one VRF, and by PeeringDB one port, or by their descriptions, or the only ones of that AS there.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from hanse.derive.meetings import meetings, spoken_name
from hanse.monitor.discovery.findings import Finding, Sort
from hanse.network.values.addresses import Address
from hanse.network.values.asn import Asn
from hanse.network.wanted.inherited import local_asn_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.sessions import Relationship, Session, SessionStatus

LONGEST: Final = 48  # letters of a name, so that what makes it unique has room
FAMILY_WORDS: Final = re.compile(r"\b(ip)?v[46]\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the registries say of the neighbours."""

    names: Mapping[Asn, str] = field(default_factory=dict)
    ports: Mapping[Address, int] = field(default_factory=dict)  # at exchanges, by address: a number for each port


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One session that could be written down, and the findings that it is made of."""

    session: Session
    findings: tuple[Finding, ...]


NOTHING_REGISTERED: Final = Registered()


def offers(
    network: Network, node: str, findings: Iterable[Finding], registered: Registered = NOTHING_REGISTERED
) -> tuple[Offer, ...]:
    """Return the sessions that the new ones among `findings` would be, in their order."""
    new = [one for one in findings if one.sort is Sort.NEW]
    taken = set(meetings(network).spoken) if new else set()
    made: list[Offer] = []
    for neighbour in _neighbours(new, registered):
        session = _session(network, node, neighbour, taken)
        taken.add(spoken_name(session.name))
        named = tuple(replace(one, session=session.name) for one in neighbour)
        made.append(Offer(session=session, findings=named))
    return tuple(made)


Neighbour = tuple[Finding, ...]


def _neighbours(findings: Collection[Finding], registered: Registered) -> Iterator[Neighbour]:
    """Yield the findings, those of one neighbour together, in the order of the first of each."""
    partner: dict[str, Finding] = {}
    for group in _grouped(findings, _where):
        for one, other in _pairs(group, registered):
            partner[one.key], partner[other.key] = other, one
    done: set[str] = set()
    for one in findings:
        if one.key not in done:
            found = (one, partner[one.key]) if one.key in partner else (one,)
            done.update(each.key for each in found)
            yield tuple(sorted(found, key=_version))


def _where(one: Finding) -> Hashable:
    """Return what two findings must share to be one session at all."""
    return one.place[0], one.way.connection, one.remote_asn, one.local_asn, one.is_switched_off, one.way.multihop


def _pairs(group: list[Finding], registered: Registered) -> Iterator[tuple[Finding, Finding]]:
    """Yield those of both families that are clearly one neighbour; what is clearest comes first."""
    left = group
    rules: tuple[Callable[[Finding], str | int | None], ...] = (
        lambda one: registered.ports.get(one.place[1]),
        _description,
        lambda one: _port(one) if one.place[1] not in registered.ports else None,
    )
    for rule in rules:
        for same in _grouped([one for one in left if rule(one) not in {None, ""}], rule):
            versions = sorted(map(_version, same))
            if versions == [4, 6] and _may_be_one(same, registered):
                yield same[0], same[1]
                left = [one for one in left if one not in same]


def _may_be_one(pair: list[Finding], registered: Registered) -> bool:
    """Say whether nothing tells two apart: PeeringDB's ports, or else their descriptions."""
    ports = {port for one in pair if (port := registered.ports.get(one.place[1])) is not None}
    if len(ports) == 1 and all(one.place[1] in registered.ports for one in pair):
        return True
    return len(ports) < 2 and len({said for one in pair if (said := _description(one))}) < 2


def _description(one: Finding) -> str:
    """Return what the router says of it, without what tells the families apart."""
    said = FAMILY_WORDS.sub(" ", one.description.lower())
    return " ".join(re.findall(r"[a-z0-9]+", said))


def _port(one: Finding) -> str:
    """Return over what it is reached: a neighbour's only addresses there belong together."""
    return one.way.connection or one.way.port


def _version(one: Finding) -> int:
    return one.place[1].version


def _grouped(findings: Iterable[Finding], by: Callable[[Finding], Hashable]) -> list[list[Finding]]:
    groups: dict[Hashable, list[Finding]] = {}
    for one in findings:
        groups.setdefault(by(one), []).append(one)
    return list(groups.values())


def _session(network: Network, node: str, neighbour: Neighbour, taken: Collection[str]) -> Session:
    first = neighbour[0]
    session = Session(
        name=_name(node, neighbour, taken),
        asn=first.remote_asn,
        addresses=tuple(one.place[1] for one in neighbour),
        relationship=Relationship.PEER,
        connection=first.way.connection,
        node="" if first.way.connection else node,
        status=SessionStatus.DISABLED if first.is_switched_off else SessionStatus.ENABLED,
        vrf=first.way.vrf,
        local_addresses=tuple(one.way.local_address for one in neighbour if one.way.local_address is not None),
        multihop=first.way.multihop,
        description=first.description,
    )
    told = first.local_asn
    return session if told in {None, local_asn_of(network, session)} else replace(session, local_asn=told)


def _name(node: str, neighbour: Neighbour, taken: Collection[str]) -> str:
    """Return a name that nobody has: from the description, else the AS and where it is; the VRF and numbers help."""
    first = neighbour[0]
    where = first.way.exchange or node
    said = re.sub(r"[^a-z0-9]+", "-", first.description.lower()).strip("-")[:LONGEST].strip("-")
    plain = said if len(said) > 1 else f"as{first.remote_asn.number}-{where}"
    tries = [plain, f"{plain}-{first.way.vrf}"] if first.way.vrf else [plain]
    for name in tries:
        if spoken_name(name) not in taken:
            return name
    number = 2
    while spoken_name(f"{tries[-1]}-{number}") in taken:
        number += 1
    return f"{tries[-1]}-{number}"
