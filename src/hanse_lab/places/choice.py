"""Which place a lab's routers stand in: the first whose kernel has what they need."""

from collections.abc import Callable, Iterable, Mapping

from hanse_lab.errors import NoPlace
from hanse_lab.places import uml
from hanse_lab.places.features import lacking
from hanse_lab.places.machine import HERE, Machine
from hanse_lab.plan import Place


def choose(
    features: Iterable[str], here: Machine = HERE, guest_lacks: Callable[[], tuple[str, ...]] = uml.lacks
) -> Place:
    """Return this machine if its kernel has all `features`, else the guest.

    :raises NoPlace: this machine lacks one, and no guest can be had
    """
    missing = lacking(here, features)
    if not missing:
        return Place.HOST
    if without := guest_lacks():
        raise NoPlace(f"this kernel has no {_told(missing)}; no guest can be had instead: {'; '.join(without)}")
    return Place.UML


def insist(features: Iterable[str], place: Place, machine: Machine) -> None:
    """Go on only if the kernel of `machine` has all `features`.

    :raises NoPlace:
    """
    if missing := lacking(machine, features):
        raise NoPlace(f"the kernel of place {place} has no {_told(missing)}, which the network needs")


def _told(missing: Mapping[str, str]) -> str:
    return ", ".join(f"{feature} ({said})" if said else feature for feature, said in missing.items())
