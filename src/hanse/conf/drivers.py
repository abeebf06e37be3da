"""The driver kinds, by the name that a platform gives: entry points first, Hanse's own, then any NAPALM driver."""

from functools import cache
from importlib.metadata import entry_points
from typing import Final

from django.utils.module_loading import import_string

from hanse.devices.driver import DriverKind
from hanse.devices.napalm.driver import napalm_kind
from hanse.network.errors import WantedError

GROUP: Final = "hanse.drivers"
# For a clone that is run without being installed. By name: most words of `hanse` speak to no router, and SSH takes
# a while to import.
OURS: Final = {
    "linux": "hanse.devices.linux.driver.LINUX",
    "salt": "hanse.conf.salt_means.SALT",
    "fake": "hanse.devices.fake.driver.FAKE",
    "ping": "hanse.devices.ping.driver.PING",
}


class NotADriver(WantedError):
    """An entry point of the group `hanse.drivers` does not name a driver kind."""


@cache
def driver_kind(name: str) -> DriverKind:
    """Return the driver kind that a platform calls `name`.

    :raises NotADriver:
    :raises UnknownNapalmDriver: nothing of that name is installed
    """
    for point in entry_points(group=GROUP, name=name):
        try:
            kind = point.load()
        except (ImportError, AttributeError) as error:
            raise NotADriver(f"the driver {name!r} cannot be loaded from {point.value}: {error}") from error
        if not isinstance(kind, DriverKind):
            raise NotADriver(f"{point.value} is no driver kind: it is a {type(kind).__name__}")
        return kind
    if name in OURS:
        ours: DriverKind = import_string(OURS[name])
        return ours
    return napalm_kind(name)
