"""The Linux driver of Hanse as a NAPALM driver: `napalm.get_network_driver("hanse_linux")` finds this package."""

from napalm_hanse_linux.driver import HanseLinuxDriver

__all__ = ["HanseLinuxDriver"]
