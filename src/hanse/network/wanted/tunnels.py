"""Tunnels: links that go through somebody else's network, encrypted or at least wrapped."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from annotated_types import Ge, Le, Len

from hanse.network.wanted.fields import AddressField, HostName, Intent, ObjectName, Refers, Text, keyed_by
from hanse.network.wanted.links import Cost, LinkStatus

HIGHEST_NUMBER: Final = 13_000  # ports are counted up from 51820 (WireGuard) and 21194 (OpenVPN) and end at 65535


class TunnelKind(StrEnum):
    """What wraps the packets."""

    WIREGUARD = "wireguard"
    OPENVPN = "openvpn"  # 2.6, TLS between two certificates that know each other by fingerprint
    IPSEC = "ipsec"  # GRE within ESP in transport mode, keys by IKEv2
    GRE = "gre"  # RFC 2784: wrapped and not encrypted

    @property
    def needs_both_addresses(self) -> bool:
        """Say whether each end has to know where the other one is."""
        return self in {TunnelKind.IPSEC, TunnelKind.GRE}


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelEnd(Intent):
    """One router of a tunnel, and how the other one reaches it."""

    name: Annotated[HostName, Refers("nodes"), "a router"]
    address: Annotated[
        AddressField | None, "where the other end reaches this one; empty: behind NAT, or it changes"
    ] = None
    vrf: Annotated[Text, Refers("vrfs"), "the table that the wrapped packets go by; empty: the global one"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tunnel(Intent):
    """Two routers joined through another network. Its number is its own for ever: addresses and ports are taken by it.

    The end of the router with the smaller number has the lower address. An end with an address waits for one without.
    """

    name: ObjectName
    number: Annotated[int, Ge(0), Le(HIGHEST_NUMBER), "its own for ever: addresses and ports are taken by it"]
    kind: TunnelKind
    ends: Annotated[Mapping[HostName, TunnelEnd], keyed_by("name"), Len(2, 2), "its two routers"]
    link_class: Annotated[ObjectName, Refers("link_classes"), "its cost, its hello, and its MTU"]
    status: LinkStatus = LinkStatus.ACTIVE
    cost: Annotated[Cost | None, "of OSPF, where this tunnel differs from its class"] = None
    description: Text = ""
