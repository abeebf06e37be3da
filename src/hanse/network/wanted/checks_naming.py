"""Contradictions in what is said of the domain name system."""

from collections.abc import Iterator

from hanse.network.values.names import NotAName, parse_domain_name
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Problem


def domains_that_are_none(network: Network) -> Iterator[Problem]:
    """A domain in which no name can be."""
    try:
        parse_domain_name(network.network.domain or "example")
    except NotAName as error:
        yield Problem(("network", "domain"), str(error))


def nameservers_without_address(network: Network) -> Iterator[Problem]:
    """Servers in our own domain whose address nobody knows: nobody would find them."""
    domain = network.network.domain
    for server in network.network.nameservers.values():
        label = server.name.removesuffix(f".{domain}")
        if domain and label != server.name and not server.addresses and label not in network.nodes:
            yield Problem(
                ("network", "nameservers", server.name),
                f"{server.name} is in our own domain and no router is called {label}: give it its addresses",
            )
        if label != server.name and server.addresses and label in network.nodes:
            yield Problem(
                ("network", "nameservers", server.name, "addresses"),
                f"{server.name} is the router {label}, which has addresses: take these away, or give it another name",
            )
