"""Words for sessions: policies, communities, contacts and limits, merged from all levels already."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from hanse.derive.spec import ContactSpec, ExternalSession, PolicySpec, RemoteAs
from hanse.network.values.communities import CommunityValue

WAYS: Final = ("import", "export")


def import_policies(session: ExternalSession) -> tuple[PolicySpec, ...]:
    """Return the policies for routes taken, of every level, the lightest first: the last to set something wins."""
    return session.imports.policies


def export_policies(session: ExternalSession) -> tuple[PolicySpec, ...]:
    """Return the policies for routes told, of every level, the lightest first: the last to set something wins."""
    return session.exports.policies


def communities(session: ExternalSession, way: str) -> tuple[CommunityValue, ...]:
    """Return the communities put on all routes that go that way, "import" or "export", of every level."""
    if way not in WAYS:
        raise ValueError(f'routes go "import" or "export", not {way!r}')
    return session.imports.communities if way == "import" else session.exports.communities


def contacts(of: ExternalSession | RemoteAs, role: str = "") -> list[ContactSpec]:
    """Return whom to write to at the other network, with a role only those who have it."""
    remote = of.remote if isinstance(of, ExternalSession) else of
    return [one for one in remote.contacts if not role or role in one.roles]


def max_prefix(session: ExternalSession) -> int:
    """Return how many prefixes the neighbour may tell us in the session's family; more end the session."""
    return session.imports.max_prefixes


def with_relationship(sessions: Iterable[ExternalSession], *relationships: str) -> list[ExternalSession]:
    """Return the sessions with neighbours that are one of these to us: "peer", "customer", "upstream", ..."""
    return [one for one in sessions if str(one.imports.relationship) in relationships]


def ipv4(sessions: Sequence[ExternalSession]) -> list[ExternalSession]:
    """Return the sessions of IPv4: what `of_family(4)` does, in one word."""
    return [one for one in sessions if one.family == 4]


def ipv6(sessions: Sequence[ExternalSession]) -> list[ExternalSession]:
    """Return the sessions of IPv6: what `of_family(6)` does, in one word."""
    return [one for one in sessions if one.family == 6]


PEERING_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "communities": communities,
    "contacts": contacts,
    "export_policies": export_policies,
    "import_policies": import_policies,
    "ipv4": ipv4,
    "ipv6": ipv6,
    "max_prefix": max_prefix,
    "with_relationship": with_relationship,
}
