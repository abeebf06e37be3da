"""What a router must show by what is wanted of it alone: its interfaces, their addresses, its files. Pure."""

from collections.abc import Iterator

from hanse.derive.spec import DeviceSpec, InterfaceRole
from hanse.network.values.bundle import parse_bundle
from hanse.render.text import render
from hanse_lab.soak.shown import KERNELS_OWN, SERVICES, Shown


def wrongly_there(spec: DeviceSpec, shown: Shown, cables: frozenset[str], first: frozenset[str]) -> Iterator[str]:
    """Yield a sentence for each interface, address and file that is not as wanted.

    `cables`: ports with a cable in the lab, which are there whatever is wanted. `first`: files of before Hanse.
    """
    wanted = {one.name for one in spec.interfaces if one.role is not InterfaceRole.LOOPBACK}
    there = {line.split()[0] for line in shown["links"]} - KERNELS_OWN
    yield from _both_ways("interface", wanted, there, without=cables | (SERVICES if spec.anycasts else frozenset()))
    fixed = {f"{one.name} {address}" for one in spec.interfaces for address in one.addresses}
    lines = {line for line in shown["addresses"] if not line.startswith("lo 127.") and line != "lo ::1/128"}
    yield from _both_ways("address", fixed, lines, without=frozenset())
    files = {file.path for file in parse_bundle(render(spec))}
    found = {line.split(maxsplit=1)[1] for line in shown["files"]}
    yield from _both_ways("file", files, found, without=first)


def _both_ways(what: str, wanted: set[str], there: set[str], without: frozenset[str]) -> Iterator[str]:
    yield from (f"{what} {one} is missing" for one in sorted(wanted - there))
    yield from (f"{what} {one} is left" for one in sorted(there - wanted - without))
