"""What Prometheus is to ask, in the shape of its file_sd and http_sd: the exporters that run on our Linux routers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hanse.network.values.addresses import Address
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node

NODE_EXPORTER: Final = ("node", 9100)  # https://github.com/prometheus/prometheus/wiki/Default-port-allocations
BY_DIALECT: Final = {"bird2": ("bird", 9324), "frr": ("frr", 9342)}  # the same page
LINUX: Final = "linux"  # the driver of what runs exporters at all


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """One exporter of one router, as a target group of Prometheus has it."""

    targets: tuple[str, ...]
    labels: dict[str, str]


def target_groups(network: Network, nodes: Iterable[str]) -> tuple[TargetGroup, ...]:
    """Return the exporters of those of `nodes` that are there to be asked, by router; vendor routers have none."""
    return tuple(
        _group(network, network.nodes[name], exporter, port)
        for name in sorted(nodes)
        if name in network.nodes and network.nodes[name].status.is_asked
        for exporter, port in exporters_of(network, network.nodes[name])
    )


def exporters_of(network: Network, node: Node) -> tuple[tuple[str, int], ...]:
    """Return the exporters that run on `node`, each with its TCP port."""
    platform = network.platforms[node.platform]
    if platform.driver != LINUX:
        return ()
    beside = BY_DIALECT.get(platform.dialect)
    return (NODE_EXPORTER, beside) if beside else (NODE_EXPORTER,)


def _group(network: Network, node: Node, exporter: str, port: int) -> TargetGroup:
    return TargetGroup(
        targets=(_with_port(node.management.address.ip, port),),
        labels={
            "node": node.name,
            "site": node.site,
            "region": network.sites[node.site].region,
            "role": ",".join(node.roles),
            "platform": node.platform,
            "status": node.status.value,
            "exporter": exporter,
        },
    )


def _with_port(address: Address, port: int) -> str:
    return f"{address}:{port}" if address.version == 4 else f"[{address}]:{port}"
