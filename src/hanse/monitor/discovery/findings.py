"""A router's neighbours against what is wanted: which of them could be written down, and why others cannot."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hanse.derive.expected import WantedSession, wanted_sessions
from hanse.derive.spec import DeviceSpec
from hanse.monitor.compare import Condition, SessionCondition, session_conditions
from hanse.monitor.discovery.ways import Carried, Router, Way, remarks_on, router, way_to
from hanse.network.errors import WantedError
from hanse.network.seen.bgp import GLOBAL_VRF, BgpState, SeenSession
from hanse.network.values.addresses import Address
from hanse.network.values.asn import Asn
from hanse.network.values.names import parse_object_name
from hanse.network.wanted.inherited import vrf_of
from hanse.network.wanted.lookups import node_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.sessions import Session

NO_WAY: Final = Way()
Place = tuple[str, Address]  # on a router: VRF as the router calls it, remote address


class Sort(StrEnum):
    """What can be done about a session that is not on both sides."""

    NEW = "new"  # the router has it and nobody wrote it down: it can be accepted
    LEFT_OUT = "left out"  # the router has it, and it cannot be accepted as it is
    ABSENT = "absent"  # it is wanted, and the router has it not


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One session that is not on both sides. `why` is about those that cannot be accepted, `remark` about others."""

    sort: Sort
    place: Place
    remote_asn: Asn
    seen: SeenSession | None = None
    session: str = ""  # the wanted object that it is, or that there would be
    way: Way = NO_WAY  # of what can be accepted
    why: str = ""
    remark: str = ""

    @property
    def key(self) -> str:
        """Return what it is called where somebody chooses: if another AS stands there next time, it is another one."""
        vrf, address = self.place
        return f"{vrf} {address} {self.remote_asn.number}"

    @property
    def description(self) -> str:
        """Return what the router says of it."""
        return self.seen.description if self.seen else ""

    @property
    def local_asn(self) -> Asn | None:
        """Return the AS number for which the router speaks, if it tells."""
        return self.seen.local_asn if self.seen and self.seen.local_asn and self.seen.local_asn.number else None

    @property
    def is_switched_off(self) -> bool:
        """Say whether it is switched off on the router."""
        return self.seen is not None and self.seen.state is BgpState.ADMIN_DOWN


def findings(
    network: Network, spec: DeviceSpec, seen: Iterable[SeenSession], carried: Iterable[Carried]
) -> tuple[Finding, ...]:
    """Return what of a router does not agree: what it has in its own order, then what it has not.

    `spec` is what the router has to be; `network` may hold more, that is yet to be wanted.
    """
    comparing = _Comparing(at=router(network, spec, carried), owners=dict(_owners(network, spec.name)))
    found = session_conditions(wanted_sessions(spec), seen)
    there = tuple(comparing.finding(one) for one in found if one.condition is Condition.UNWANTED and one.seen)
    absent = (
        _absent(network, one.wanted, one.why) for one in found if one.wanted and one.condition is Condition.ABSENT
    )
    return (*there, *absent)


def _owners(network: Network, node: str) -> Iterator[tuple[Place, Session]]:
    """Yield the wanted sessions of a router, installed or not, by where they are."""
    for session in network.sessions.values():
        if node_of(network, session) == node:
            for address in session.addresses:
                yield (vrf_of(network, session) or GLOBAL_VRF, address), session


def _absent(network: Network, wanted: WantedSession, why: str) -> Finding:
    name = wanted.why.removeprefix("sessions.").rpartition(".addresses.")[0] if wanted.external else ""
    return Finding(
        sort=Sort.ABSENT,
        place=(wanted.vrf, wanted.remote_address),
        remote_asn=wanted.remote_asn,
        session=name if name in network.sessions else "",
        why=why,
        remark="" if wanted.external else "inside our network",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparing:
    """A router, and the wanted sessions there, installed or not, by where they are."""

    at: Router
    owners: Mapping[Place, Session]

    def finding(self, one: SessionCondition) -> Finding:
        """Return what can be done about a session that nobody wants so."""
        assert one.seen is not None
        seen, place = one.seen, (one.seen.vrf, one.seen.remote_address)
        owner = self.owners.get(place)
        way = self._why_not(seen, owner, one.why) or way_to(self.at, seen)
        if isinstance(way, str):
            name = owner.name if owner else ""
            return Finding(
                sort=Sort.LEFT_OUT, place=place, remote_asn=seen.remote_asn, seen=seen, session=name, why=way
            )
        remark = "; ".join(remarks_on(self.at, seen, way))
        return Finding(sort=Sort.NEW, place=place, remote_asn=seen.remote_asn, seen=seen, way=way, remark=remark)

    def _why_not(self, seen: SeenSession, owner: Session | None, why: str) -> str:
        """Return why it cannot be accepted, or nothing."""
        if owner is not None:
            return why or self._otherwise_wanted(seen, owner)
        if seen.remote_asn.number == 0:
            return "the router does not tell its AS number"
        if seen.remote_asn in {seen.local_asn, self.at.network.network.asn}:
            return "iBGP: sessions inside our network are derived from its routers"
        other = self.at.network.autonomous_systems.get(seen.remote_asn)
        if other is not None and other.own:
            return f"AS{seen.remote_asn} is one of ours: a session is with another network"
        if seen.remote_address.is_link_local:
            return "its address holds on one link only: a session needs one that holds everywhere"
        return _bad_name(seen.vrf)

    def _otherwise_wanted(self, seen: SeenSession, owner: Session) -> str:
        if owner.asn != seen.remote_asn:
            return f"{owner.name} has AS{owner.asn} at this address: change it there"
        if owner.status.is_installed:
            return f"it is {owner.name} already"
        return f"it is {owner.name}, which is {owner.status}: change its status"


def _bad_name(vrf: str) -> str:
    """Return what is wrong with a VRF's name, or nothing."""
    try:
        parse_object_name(vrf)
    except WantedError as error:
        return str(error)
    return ""
