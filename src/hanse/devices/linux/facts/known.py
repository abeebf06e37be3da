"""All facts of a Linux router."""

from hanse.devices.linux.facts.bgp_sessions import BGP_SESSIONS
from hanse.devices.linux.facts.device import DEVICE, KERNEL
from hanse.devices.linux.facts.interfaces import INTERFACES
from hanse.devices.linux.facts.labels import LABELS
from hanse.devices.linux.facts.lldp_neighbours import LLDP_NEIGHBOURS
from hanse.devices.linux.facts.ospf_neighbours import OSPF_NEIGHBOURS
from hanse.devices.linux.facts.routes import ROUTES

__all__ = [
    "BGP_SESSIONS",
    "DEVICE",
    "INTERFACES",
    "KERNEL",
    "LABELS",
    "LLDP_NEIGHBOURS",
    "OSPF_NEIGHBOURS",
    "ROUTES",
]
