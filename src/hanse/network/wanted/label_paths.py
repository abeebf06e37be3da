"""Label paths: ways through the network that packets take by their labels, whatever routing thinks (RFC 3031)."""

from dataclasses import dataclass
from typing import Annotated, Final

from annotated_types import Ge, Le, MinLen

from hanse.network.wanted.fields import HostName, Intent, ObjectName, Refers, Text

FIRST_LABEL: Final = 100_000  # below it routers take labels for LDP and VPNs as they need them
MOST: Final = 15_000
LABELS: Final = 131_072  # that a router has room for: more than the last path takes
LABEL_ROOM: Final = 8  # octets: a label for the way and one for the VPN (RFC 3032 section 2.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPath(Intent):
    """A way between the loopbacks of two routers, there and back, along links that are named.

    Its number is its own for ever: the label there is 100000 + 2 * number, that of the way back one more.
    """

    name: ObjectName
    number: Annotated[int, Ge(0), Le(MOST), "its own for ever: its labels are 100000 + 2 * number, and one more"]
    start: Annotated[HostName, Refers("nodes"), "the router that it begins at"]
    links: Annotated[tuple[ObjectName, ...], MinLen(1), Refers("links"), "from there to its end, in order"]
    description: Text = ""

    @property
    def label_there(self) -> int:
        """Return the label of packets from its start to its end."""
        return FIRST_LABEL + 2 * self.number

    @property
    def label_back(self) -> int:
        """Return the label of packets from its end to its start."""
        return self.label_there + 1
