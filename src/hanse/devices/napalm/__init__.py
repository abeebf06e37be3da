"""Any NAPALM driver by name, through the house's own protocol: NAPALM's words go no further than this room."""

from hanse.devices.napalm.arguments import merged_arguments
from hanse.devices.napalm.driver import napalm_kind

__all__ = ("merged_arguments", "napalm_kind")
