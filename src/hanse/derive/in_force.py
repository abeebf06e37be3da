"""What counts for one session in the end, and which level says so: read together, for people who ask why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hanse.derive.filters import number_for
from hanse.derive.policy import TERMS, policies
from hanse.network.values.addresses import Family, Prefix
from hanse.network.wanted.inherited import (
    bfd_of,
    communities_of,
    context_of,
    decided_by,
    levels_of,
    local_asn_of,
    status_of,
    vrf_of,
)
from hanse.network.wanted.levels import Level
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem, Connection, Exchange, Group
from hanse.network.wanted.policies import Direction, RoutingPolicy
from hanse.network.wanted.sessions import Session

NETWORK: Final = "the network"
ITSELF: Final = "the session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that counts, and the level that says so. `detail`: what it does, in words."""

    value: str
    by: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What counts for the addresses of one family. Policies stand in the order that they are gone through."""

    status: Counted
    vrf: Counted | None  # None: the global table
    local_asn: Counted
    max_prefixes: Counted
    bfd: Counted | None
    password: str  # the secret's name
    import_policies: tuple[Counted, ...]
    export_policies: tuple[Counted, ...]
    import_communities: tuple[Counted, ...]
    export_communities: tuple[Counted, ...]
    context: tuple[Counted, ...]  # words for templates

    @property
    def inherited_status(self) -> str:
        """Return the status that the session has from above it, and from what; empty: it stands as it says itself."""
        return "" if self.status.by == ITSELF else f"{self.status.value} by {self.status.by}"


def in_force(network: Network, session: Session, family: Family) -> InForce:
    """Return what counts for the addresses of `family` of a session that is wanted in `network`."""
    return InForce(
        status=_status(network, session),
        vrf=_vrf(network, session),
        local_asn=_local_asn(network, session),
        max_prefixes=_max_prefixes(network, session, family),
        bfd=_bfd(network, session),
        password=session.password,
        import_policies=tuple(_policies(network, session, Direction.IMPORT, family)),
        export_policies=tuple(_policies(network, session, Direction.EXPORT, family)),
        import_communities=tuple(_communities(network, session, Direction.IMPORT)),
        export_communities=tuple(_communities(network, session, Direction.EXPORT)),
        context=tuple(_context(network, session)),
    )


def called(level: Level) -> str:
    """Return what people call a level."""
    match level:
        case AutonomousSystem():
            return f"AS{level.asn}"
        case Group():
            return f"group {level.name}"
        case Connection():
            return f"connection {level.name}"
        case Exchange():
            return f"exchange {level.name}"
        case _:
            return ITSELF


def _lister(levels: Iterable[tuple[Level, tuple[str, ...]]], name: str) -> str:
    """Return the nearest of `levels` that lists `name`."""
    return next(called(level) for level, names in levels if name in names)


def _status(network: Network, session: Session) -> Counted:
    parent = decided_by(network, session)
    return Counted(value=status_of(network, session), by=called(parent) if parent else ITSELF)


def _vrf(network: Network, session: Session) -> Counted | None:
    vrf = vrf_of(network, session)
    return Counted(value=vrf, by=ITSELF if vrf == session.vrf else f"connection {session.connection}") if vrf else None


def _local_asn(network: Network, session: Session) -> Counted:
    asn = local_asn_of(network, session)
    levels = [level for level in levels_of(network, session) if getattr(level, "local_asn", None)]
    return Counted(value=f"AS{asn}", by=called(levels[0]) if levels else NETWORK)


def _max_prefixes(network: Network, session: Session, family: Family) -> Counted:
    described = network.autonomous_systems.get(session.asn)
    levels: tuple[Session | AutonomousSystem | None, ...] = (session, described)
    for level in levels:
        if level and level.max_prefixes:
            return Counted(value=str(number_for(level.max_prefixes, family)), by=called(level))
    usual = number_for(TERMS[session.relationship].max_prefixes, family)
    return Counted(value=str(usual), by=f"relationship {session.relationship}")


def _bfd(network: Network, session: Session) -> Counted | None:
    profile = bfd_of(network, session)
    if profile is None:
        return None
    detail = f"{profile.transmit} ms out, {profile.receive} ms in, {profile.multiplier} missed"
    return Counted(value=profile.name, by=ITSELF if session.bfd else f"group {session.group}", detail=detail)


def _policies(network: Network, session: Session, way: Direction, family: Family) -> Iterator[Counted]:
    levels = [(level, _named(level, way)) for level in levels_of(network, session)]
    for rule in policies(network, session, way, family):
        detail = _told(network.routing_policies[rule.name], rule.prefixes)
        yield Counted(value=rule.name, by=_lister(levels, rule.name), detail=detail)


def _named(level: Level, way: Direction) -> tuple[str, ...]:
    return level.import_policies if way is Direction.IMPORT else level.export_policies


def _told(policy: RoutingPolicy, prefixes: Iterable[Prefix]) -> str:
    """Return what a policy does, and with routes of which of its `prefixes`, shortly."""
    which = ", ".join((*map(str, prefixes), *policy.with_communities))
    does = (
        "refuse" if policy.refuse else "",
        f"local preference {policy.local_preference}" if policy.local_preference is not None else "",
        f"MED {policy.med}" if policy.med is not None else "",
        f"prepend {policy.prepend}" if policy.prepend else "",
        f"add {', '.join(policy.communities)}" if policy.communities else "",
        "lines of its own" if policy.text else "",
    )
    what = "; ".join(filter(None, does)) or "words for templates only"
    return f"weight {policy.weight}: {what}" + (f" for {which}" if which else "")


def _communities(network: Network, session: Session, way: Direction) -> Iterator[Counted]:
    levels = [(level, level.communities) for level in levels_of(network, session)]
    for one in communities_of(network, session, way):
        yield Counted(value=one.name, by=_lister(levels, one.name), detail=str(one.value))


def _context(network: Network, session: Session) -> Iterator[Counted]:
    """Yield the words for templates; one that is merged of several levels names them all, the nearest first."""
    for word, value in context_of(network, session).items():
        levels = [called(level) for level in levels_of(network, session) if word in level.context]
        yield Counted(value=word, by=", ".join(levels), detail=str(value))
