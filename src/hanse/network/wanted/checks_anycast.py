"""Contradictions among anycast services."""

import re
from collections.abc import Iterator
from typing import Final

from hanse.network.values.addresses import Address, lies_within
from hanse.network.wanted.anycast import Anycast, Asks, Teller
from hanse.network.wanted.memberships import runs_at
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node
from hanse.network.wanted.problem import Path, Problem
from hanse.network.wanted.sentences import one_of

INTERFACE: Final = "anycast"  # has the addresses of all services of a router
SPEAKING: Final = frozenset({"bird2", "frr"})  # dialects that tell of services
REQUEST_PATH: Final = re.compile(r"/[!-~]*")  # RFC 9112 section 3.2.1
DOMAIN: Final = re.compile(
    r"\.|(?=.{1,253}\.?$)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?"
)  # RFC 1035 section 2.3.4


def anycasts_nowhere(network: Network) -> Iterator[Problem]:
    """Services on routers that are not there, on none, or on one that cannot tell of them."""
    for service in network.anycasts.values():
        for index, name in enumerate(service.nodes):
            if name not in network.nodes:
                path = ("anycasts", service.name, "nodes", str(index))
                yield Problem(path, f"there is no node {name!r}: {one_of(network.nodes, name)}")
        there = [node for node in network.nodes.values() if runs_at(service, node)]
        if not there:
            yield Problem(("anycasts", service.name), "it runs nowhere: name routers under `nodes`, or a tag of theirs")
        for node in there:
            yield from _cannot_tell(network, service, node)


def _cannot_tell(network: Network, service: Anycast, node: Node) -> Iterator[Problem]:
    path, platform = ("anycasts", service.name), network.platforms.get(node.platform)
    dialect = platform.dialect if platform else ""
    if INTERFACE in node.ports:
        yield Problem(
            ("nodes", node.name, "ports", INTERFACE),
            f"the addresses of {service.name} are on an interface of this name: call the port otherwise",
        )
    if dialect and dialect not in SPEAKING:
        yield Problem(path, f"{node.name} speaks {dialect}, and only bird2 and frr tell of services: leave it out")
    if dialect == "frr" and service.speaker is Teller.EXABGP:
        yield Problem(
            (*path, "speaker"),
            f"FRR on {node.name} takes no route from a neighbour on its own router: write `speaker: router`",
        )


def anycast_addresses_of_others(network: Network) -> Iterator[Problem]:
    """Addresses of services that no host can have, or that something else has."""
    owner: dict[Address, str] = {}
    for service in network.anycasts.values():
        for index, address in enumerate(service.addresses):
            path = ("anycasts", service.name, "addresses", str(index))
            first = owner.setdefault(address, ".".join(path))
            if first != ".".join(path):
                yield Problem(path, f"{address} is the address of {first} already: take another one")
            yield from _of_others(network, address, path)


def _of_others(network: Network, address: Address, path: Path) -> Iterator[Problem]:
    if address.is_multicast or address.is_loopback or address.is_link_local or address.is_unspecified:
        yield Problem(path, f"{address} is no address that others can reach: take one of your own space")
    for pool in network.pools.values():
        if lies_within(address, pool.prefix):
            yield Problem(
                path,
                f"{address} lies in pool {pool.name} ({pool.prefix}), whose addresses are taken by number: "
                "take one outside of all pools",
            )
    for node in network.nodes.values():
        for port in node.ports.values():
            if not port.vrf and any(address == own.ip for own in port.addresses):
                yield Problem(
                    path, f"{address} is the address of nodes.{node.name}.ports.{port.name}: take another one"
                )


def health_checks_that_cannot_be(network: Network) -> Iterator[Problem]:
    """Questions that cannot be asked, and times that contradict each other."""
    for service in network.anycasts.values():
        path, check = ("anycasts", service.name, "check"), service.check
        if check.kind is Asks.HTTP and not REQUEST_PATH.fullmatch(check.path):
            yield Problem((*path, "path"), f"{check.path!r} is no path: begin with /, without spaces")
        if check.kind is Asks.DNS and not DOMAIN.fullmatch(check.question):
            yield Problem((*path, "question"), f"{check.question!r} is no domain: write one, or . for the root")
        if check.longest_hold < check.hold:
            yield Problem(
                (*path, "longest_hold"),
                f"{check.longest_hold:g} seconds are less than the {check.hold:g} of `hold`, from which it grows: "
                f"write {check.hold:g} at least",
            )
        if check.address is not None and check.address in service.addresses:
            yield Problem(
                (*path, "address"),
                f"{check.address} is the service's own address, which others have too: "
                "another router would answer for this one; leave it empty",
            )
