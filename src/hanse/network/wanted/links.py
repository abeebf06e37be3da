"""Links between routers and the classes that give them meaning."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Final

from annotated_types import Ge, Le, Len
from pydantic import PlainSerializer, WithJsonSchema

from hanse.network.errors import WantedError
from hanse.network.values.names import parse_host_name, parse_interface_name
from hanse.network.wanted.fields import Intent, ObjectName, Refers, Text, reading
from hanse.network.wanted.ports import Mtu
from hanse.network.wanted.services import Trust


class NotAnEnd(WantedError):
    """The text does not name a port of a node."""


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One end of a link: a port of a node, written `core1:eth1`."""

    node: str
    port: str

    @classmethod
    def parse(cls, text: str) -> "End":
        """Return the end that `text` names.

        :raises NotAnEnd:
        """
        node, colon, port = text.partition(":")
        if not colon:
            raise NotAnEnd(f"{text!r} is no end of a link: write it as node:port")
        return cls(node=parse_host_name(node), port=parse_interface_name(port))

    def __str__(self) -> str:
        return f"{self.node}:{self.port}"


EndField = Annotated[
    End,
    reading(End.parse),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "description": "node:port"}),
]


class Medium(StrEnum):
    """What carries a link."""

    FIBRE = "fibre"
    COPPER = "copper"
    RADIO = "radio"
    TUNNEL = "tunnel"


Cost = Annotated[int, Ge(1), Le(65535)]  # RFC 2328 appendix C.3
Capacity = Annotated[int, Ge(1), Le(100_000_000)]  # Mbit/s
Frequency = Annotated[int, Ge(1), Le(300_000)]  # MHz: the microwaves end at 300 GHz
HELLO: Final = 10  # seconds, RFC 2328 appendix C.3
HELLOS_UNTIL_DEAD: Final = 4  # RFC 2328 appendix C.3


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkClass(Intent):
    """What links of one kind share."""

    name: ObjectName
    medium: Annotated[Medium, "what carries the link"]
    cost: Annotated[Cost | None, "of OSPF: the way with the smallest sum is taken; empty: by capacity"] = None
    capacity: Annotated[Capacity | None, "Mbit/s: what such a link carries"] = None
    frequency: Annotated[Frequency | None, "MHz: of a radio link, for its loss and its Fresnel zone"] = None
    mtu: Annotated[Mtu, "octets of the largest packet"] = 1500
    hello: Annotated[int, Ge(1), Le(60), "seconds between two OSPF hellos"] = HELLO
    trust: Annotated[Trust, "who is at the other end: we (inside), or perhaps somebody else (outside)"] = Trust.INSIDE
    ldp: Annotated[bool, "both routers tell each other labels (RFC 5036); the dialect frr knows it"] = False

    @property
    def dead_after(self) -> timedelta:
        """Return the silence after which OSPF gives a neighbour up."""
        return timedelta(seconds=self.hello * HELLOS_UNTIL_DEAD)


class LinkStatus(StrEnum):
    """Where a link stands in its life. Its number stays its own in all of it."""

    PLANNED = "planned"  # it is not there yet: nothing of it is on either router
    ACTIVE = "active"
    MAINTENANCE = "maintenance"  # somebody works on it: the last way to take; what goes wrong alarms nobody
    OFFLINE = "offline"  # it is out of order for a while: both routers stay as they are, and are quiet about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Intent):
    """Two ports joined. Its number (0, 1, ...) is its own for ever: both addresses are taken by it."""

    name: ObjectName
    number: Annotated[int, Ge(0), "its own for ever: both addresses are taken by it"]
    ends: Annotated[tuple[EndField, ...], Len(2, 2), Refers("ends"), "a port of a router: core1:eth1"]
    link_class: Annotated[ObjectName, Refers("link_classes")]
    status: LinkStatus = LinkStatus.ACTIVE
    cost: Annotated[Cost | None, "of OSPF, where this link differs from its class"] = None
    description: Text = ""
