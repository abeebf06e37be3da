"""What a text export is made of: the whole network, as it is wanted and as every router has to be."""

from collections.abc import Iterable
from dataclasses import dataclass

from hanse.derive.spec import DeviceSpec
from hanse.network.known.irr import Expansion
from hanse.network.known.known import Known
from hanse.network.wanted.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSpec:
    """Everything that a template of a text export is given, as `export`."""

    network: Network  # what is wanted, by kind and name; secrets stand there by name
    routers: tuple[DeviceSpec, ...]  # what each has to be, by name
    expansions: tuple[Expansion, ...]  # what the IRR told last, by name


def export_spec(network: Network, routers: Iterable[DeviceSpec], known: Known) -> ExportSpec:
    """Return what an export is made of."""
    return ExportSpec(
        network=network,
        routers=tuple(sorted(routers, key=lambda one: one.name)),
        expansions=tuple(known.expansions[name] for name in sorted(known.expansions)),
    )
