"""Anycast services at their routers."""

from ipaddress import ip_address
from typing import Final

from hanse.derive.anycast_spec import AnycastSpec, CheckSpec
from hanse.derive.spec import InternalSession
from hanse.network.values.addresses import Address, Family, family_of
from hanse.network.wanted.anycast import Anycast, Teller
from hanse.network.wanted.memberships import runs_at
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, NodeStatus

HERE: Final[dict[Family, Address]] = {Family.IPV4: ip_address("127.0.0.1"), Family.IPV6: ip_address("::1")}
EXABGP: Final = ip_address("127.0.0.2")  # where ExaBGP speaks from, on the router itself


def anycasts(network: Network, node: Node) -> tuple[AnycastSpec, ...]:
    """Return the services that `node` tells others of, by name; a router in maintenance leaves them to the others."""
    if not node.takes_part or node.status is NodeStatus.MAINTENANCE:
        return ()
    found = (network.anycasts[name] for name in sorted(network.anycasts))
    return tuple(_anycast(service) for service in found if runs_at(service, node))


def _anycast(service: Anycast) -> AnycastSpec:
    check = service.check
    addresses = tuple(sorted(service.addresses, key=lambda address: address.version))
    return AnycastSpec(
        name=service.name,
        addresses=addresses,
        speaker=service.speaker,
        check=CheckSpec(
            kind=check.kind,
            address=check.address or HERE[family_of(addresses[0])],
            port=check.port,
            path=check.path,
            question=check.question,
            interval=check.interval,
            timeout=check.timeout,
            fall=check.fall,
            rise=check.rise,
            hold=check.hold,
            longest_hold=check.longest_hold,
        ),
        why=f"anycasts.{service.name}",
    )


def beside(network: Network, node: Node) -> tuple[InternalSession, ...]:
    """Return the session with ExaBGP on the router itself, where that tells of services; it carries both families."""
    told = [service for service in anycasts(network, node) if service.speaker is Teller.EXABGP]
    return tuple(
        InternalSession(
            name="exabgp",
            family=Family.IPV4,
            local_address=HERE[Family.IPV4],
            remote_address=EXABGP,
            remote_node=node.name,
            is_client=True,
            why=service.why,
        )
        for service in told[:1]
    )
