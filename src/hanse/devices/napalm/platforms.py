"""What each NAPALM driver can do: a table, so that it is said before and not discovered during.

The facts are from the sources of NAPALM 5.2; a driver that NAPALM does not ship is judged by its class alone.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any, Final

from hanse.devices.driver import Abilities, NotOffered
from hanse.devices.napalm.owned.eos import EOS
from hanse.devices.napalm.owned.ios import IOS
from hanse.devices.napalm.owned.iosxr import IOSXR
from hanse.devices.napalm.owned.junos import JUNOS
from hanse.devices.napalm.owned.nxos import NXOS
from hanse.devices.napalm.owned.section import Section
from hanse.network.errors import WantedError


class UnknownNapalmDriver(WantedError):
    """No NAPALM driver has this name: mend it, or list the package that brings it in `local_requirements.txt`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoTimer:
    """The times a device accepts for undoing a commit by itself."""

    unit: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(hours=24) - timedelta(seconds=1)

    def at_least(self, wanted: timedelta) -> timedelta:
        """Return the shortest time the device accepts that is not shorter than `wanted`: never undone too early.

        >>> UndoTimer(unit=timedelta(minutes=1)).at_least(timedelta(seconds=61))
        datetime.timedelta(seconds=120)

        :raises NotOffered: `wanted` is longer than the device's timer runs
        """
        units = max(1, -(-wanted // self.unit))
        if units * self.unit > self.longest:
            raise NotOffered(f"the undo timer of this platform ends at {self.longest}; {wanted} was asked for")
        return units * self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One NAPALM driver as Hanse uses it."""

    name: str
    replace: bool = True
    timer: UndoTimer | None = None
    takes_message: bool = False  # a commit message; most drivers raise on one
    names_session: bool = False  # the candidate has a name of our choice, which another connection can open
    section: Section | None = None  # what is ours of its configuration; None: Hanse has only the whole or nothing
    ssh_port: int | None = None  # where it shows a host key, unless the target says otherwise; None: it shows none
    merge_diff: bool = True  # shows a diff of its own for lines that are merged

    @property
    def abilities(self) -> Abilities:
        """Return what the rest of the house is told."""
        return Abilities(
            replace=self.replace,
            undo_timer=self.timer is not None,
            verdicts=False,
            neighbours=False,
        )


SECONDS: Final = UndoTimer()  # "commit timer HH:MM:SS"
JUNOS_MINUTES: Final = UndoTimer(unit=timedelta(minutes=1), longest=timedelta(minutes=65535))
IOS_MINUTES: Final = UndoTimer(unit=timedelta(minutes=1), longest=timedelta(minutes=120))  # needs `archive`

SHIPPED: Final[Mapping[str, Platform]] = {
    platform.name: platform
    for platform in (
        Platform(name="eos", timer=SECONDS, names_session=True, section=EOS),
        Platform(name="ios", timer=IOS_MINUTES, section=IOS, ssh_port=22),
        Platform(name="iosxr", takes_message=True, section=IOSXR, ssh_port=22),
        Platform(name="iosxr_netconf", section=IOSXR, ssh_port=830),
        Platform(name="junos", timer=JUNOS_MINUTES, takes_message=True, section=JUNOS, ssh_port=22),
        Platform(name="nxos", section=NXOS, merge_diff=False),
        Platform(name="nxos_ssh", section=NXOS, merge_diff=False, ssh_port=22),
    )
}


def napalm_class(driver_name: str) -> Any:
    """Return NAPALM's class for the name; NAPALM is imported here, when the first device needs it (0.5 s).

    :raises UnknownNapalmDriver:
    """
    base = import_module("napalm.base")
    try:
        found = base.get_network_driver(driver_name)
    except (ImportError, base.exceptions.ModuleImportError) as error:
        raise UnknownNapalmDriver(
            f"there is no NAPALM driver {driver_name!r} ({error}): NAPALM brings {', '.join(SHIPPED)}; "
            "others come with a package that local_requirements.txt names"
        ) from error
    if found is base.NetworkDriver:  # the look-up takes the first class by name
        raise UnknownNapalmDriver(f"the package of the NAPALM driver {driver_name!r} shows NAPALM's base class first")
    return found


def platform_of(driver_name: str) -> Platform:
    """Return what the driver can do; one that NAPALM does not ship is not trusted with more than its class shows.

    :raises UnknownNapalmDriver:
    """
    plain = driver_name.lower().replace("-", "")
    return SHIPPED.get(plain) or judged(driver_name, napalm_class(driver_name))


def judged(name: str, driver_class: Any) -> Platform:
    """Return the abilities that a third party's class shows without a connection.

    It has a timer only if it has all three of a timer's methods, and commit takes the time.
    """
    base = import_module("napalm.base").NetworkDriver

    def brings(method: str) -> bool:
        return getattr(driver_class, method) is not getattr(base, method)

    timed = "revert_in" in inspect.signature(driver_class.commit_config).parameters and all(
        brings(method) for method in ("commit_config", "confirm_commit", "has_pending_commit")
    )
    return Platform(name=name, replace=brings("load_replace_candidate"), timer=SECONDS if timed else None)
