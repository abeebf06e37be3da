"""Contradictions among services, and in who may manage closed routers."""

from collections.abc import Collection, Iterator
from typing import Final

from hanse.network.values.addresses import Family, family_of
from hanse.network.wanted.lookups import is_offered_by
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Problem
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.services import Firewall, Service, Transport

BGP: Final = 179  # RFC 4271 section 8.2.1


def services_nowhere(network: Network) -> Iterator[Problem]:
    """Services on routers, at sites or with tags that are not there, and those that no router offers."""
    for service in network.services.values():
        unknown = tuple(_unknown(network, service))
        yield from unknown
        if not unknown and not any(is_offered_by(service, node) for node in network.nodes.values()):
            yield Problem(
                ("services", service.name),
                "no router offers it: name one under `nodes`, or say none of `nodes`, `sites` and `with_tags` for all",
            )


def _unknown(network: Network, service: Service) -> Iterator[Problem]:
    named: tuple[tuple[str, str, tuple[str, ...], Collection[str]], ...] = (
        ("nodes", "node", service.nodes, network.nodes),
        ("sites", "site", service.sites, network.sites),
        ("with_tags", "tag", service.with_tags, network.tags),
    )
    for field, one, names, known in named:
        for index, name in enumerate(names):
            if name not in known:
                yield Problem(
                    ("services", service.name, field, str(index)), f"there is no {one} {name!r}: {one_of(known, name)}"
                )


def services_that_are_bgp(network: Network) -> Iterator[Problem]:
    """Services that would let strangers speak BGP."""
    for service in network.services.values():
        for index, ports in enumerate(service.ports):
            if service.protocol is Transport.TCP and ports.first <= BGP <= ports.last:
                yield Problem(
                    ("services", service.name, "ports", str(index)),
                    f"{ports} lets in BGP ({BGP}), which is for neighbours alone: leave it out, and add a session",
                )


def managers_that_cannot_come(network: Network) -> Iterator[Problem]:
    """Closed routers that are managed over one family, when managers come from networks of the other."""
    general = network.network
    if general.firewall is not Firewall.CLOSED or not general.management_sources:
        return
    families = {family_of(prefix) for prefix in general.management_sources}
    met: set[Family] = set()
    for node in network.nodes.values():
        family = family_of(node.management.address)
        if family not in families | met:
            met.add(family)
            yield Problem(
                ("network", "management_sources"),
                f"{node.name} is managed at {node.management.address.ip}, and no {_spoken(family)} network is listed: "
                "nobody could reach it; add the one that you manage it from",
            )


def _spoken(family: Family) -> str:
    return "IPv4" if family is Family.IPV4 else "IPv6"
