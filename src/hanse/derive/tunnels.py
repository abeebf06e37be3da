"""Both ends of each tunnel: what wraps, the interface, and OSPF over it."""

from collections.abc import Iterator
from typing import Final

from hanse.derive.addressing import router_id, tunnel_addresses
from hanse.derive.life import HIGHEST_COST
from hanse.derive.ospf_spec import OspfInterface
from hanse.derive.spec import InterfaceRole, InterfaceSpec
from hanse.derive.tunnel_ends import TunnelHere
from hanse.derive.tunnel_spec import TunnelSpec
from hanse.network.values.secrets import secret_token
from hanse.network.wanted.costs import cost_of
from hanse.network.wanted.links import LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, NodeStatus
from hanse.network.wanted.tunnel_keys import OF_BOTH, OF_ENDS, KeyPart, key_name
from hanse.network.wanted.tunnel_names import interface_of, port_of
from hanse.network.wanted.tunnel_sizes import underlay_version
from hanse.network.wanted.tunnels import TunnelKind
from hanse.network.wanted.vrfs import FIRST_TABLE, device_of

MINE: Final = {
    "private_key": (KeyPart.PRIVATE, KeyPart.TLS_KEY),
    "certificate": (KeyPart.CERTIFICATE,),
}
YOURS: Final = {"public_key": (KeyPart.PUBLIC,), "fingerprint": (KeyPart.FINGERPRINT,)}
SHARED: Final = {"shared_key": (KeyPart.SHARED, KeyPart.IKE_SHARED)}


def _keys(here: TunnelHere) -> Iterator[tuple[str, str]]:
    """Yield each field of the spec that holds a key, and what stands there for it."""
    kind = here.tunnel.kind
    for fields, parts, node in (
        (MINE, OF_ENDS[kind], here.mine.name),
        (YOURS, OF_ENDS[kind], here.yours.name),
        (SHARED, OF_BOTH[kind], ""),
    ):
        for field, possible in fields.items():
            yield from ((field, secret_token(key_name(here.tunnel, part, node))) for part in possible if part in parts)


def tunnel_spec(network: Network, here: TunnelHere) -> TunnelSpec:
    """Return one end of a tunnel."""
    tunnel, mine, yours = here.tunnel, here.mine, here.yours
    vrf = network.vrfs[mine.vrf] if mine.vrf else None
    is_marked = vrf and tunnel.kind is TunnelKind.WIREGUARD  # its socket cannot be bound to a table
    return TunnelSpec(
        name=tunnel.name,
        kind=tunnel.kind,
        interface=interface_of(tunnel),
        far=yours.name,
        waits=here.waits,
        local=mine.address,
        remote=yours.address,
        version=underlay_version(tunnel),
        port=port_of(tunnel),
        vrf=mine.vrf,
        device=device_of(vrf.name) if vrf else "",
        table=FIRST_TABLE + (vrf.number or 0) if vrf else None,
        mark=port_of(tunnel) if is_marked else None,
        why=f"tunnels.{tunnel.name}",
        **dict(_keys(here)),
    )


def tunnel_interface(network: Network, here: TunnelHere) -> InterfaceSpec:
    """Return the interface at one end of a tunnel."""
    tunnel = here.tunnel
    return InterfaceSpec(
        name=interface_of(tunnel),
        role=InterfaceRole.TUNNEL,
        why=f"tunnels.{tunnel.name}",
        mtu=network.link_classes[tunnel.link_class].mtu,
        addresses=tunnel_addresses(network, tunnel.number, here.index),
        description=tunnel.description or f"{tunnel.name} to {here.yours.name}",
    )


def tunnel_ospf(network: Network, node: Node, here: TunnelHere) -> OspfInterface:
    """Return OSPF at one end of a tunnel."""
    link_class = network.link_classes[here.tunnel.link_class]
    is_drained = LinkStatus.MAINTENANCE is here.tunnel.status or node.status is NodeStatus.MAINTENANCE
    return OspfInterface(
        name=interface_of(here.tunnel),
        cost=HIGHEST_COST if is_drained else cost_of(network, here.tunnel),
        why=f"tunnels.{here.tunnel.name}",
        hello=link_class.hello,
        dead=int(link_class.dead_after.total_seconds()),
        neighbour=router_id(network, network.nodes[here.yours.name].number),
    )
