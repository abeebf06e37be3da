"""What may come in to the routers themselves: how closed they are, and what they offer besides."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from annotated_types import MinLen
from pydantic import PlainSerializer, WithJsonSchema

from hanse.network.values.transport_ports import TransportPorts
from hanse.network.wanted.fields import HostName, Intent, ObjectName, PrefixField, Refers, Text, reading


def _printed(ports: TransportPorts) -> int | str:
    return ports.first if ports.first == ports.last else str(ports)


TransportPortsField = Annotated[
    TransportPorts,
    reading(TransportPorts.parse),
    PlainSerializer(_printed, return_type=int | str),
    WithJsonSchema({"type": ["integer", "string"], "description": "a port, or a run of them: 443, 8000-8010"}),
]


class Firewall(StrEnum):
    """How closed the routers are."""

    OFF = "off"  # nothing of it is Hanse's: no rules are written
    OPEN = "open"  # only BGP is kept from strangers
    CLOSED = "closed"  # only what the network needs, and what is named, comes in; nobody speaks in our name


class Trust(StrEnum):
    """Who is at the other end of a link."""

    INSIDE = "inside"  # we are: packets in our name come in there
    OUTSIDE = "outside"  # somebody could be: only what stands behind the link may speak in its name


class Transport(StrEnum):
    """Protocols that have ports."""

    TCP = "tcp"
    UDP = "udp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Intent):
    """Something that routers offer besides what the network needs: closed routers let it in.

    It is on all routers unless nodes, sites or tags say on which.
    """

    name: ObjectName
    protocol: Transport = Transport.TCP
    ports: Annotated[tuple[TransportPortsField, ...], MinLen(1), "one, or a run of them: 443, 8000-8010"]
    sources: Annotated[tuple[PrefixField, ...], "who may come; empty: everybody"] = ()
    nodes: Annotated[tuple[HostName, ...], Refers("nodes", in_order=False), "routers that offer it"] = ()
    sites: Annotated[tuple[ObjectName, ...], Refers("sites", in_order=False), "all routers there offer it"] = ()
    with_tags: Annotated[tuple[ObjectName, ...], Refers("tags", in_order=False), "routers with one offer it"] = ()
    description: Text = ""
