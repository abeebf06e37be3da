"""The text of every router, as what is wanted says now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hanse.deploy.health import StillWanted, still_wanted
from hanse.derive.devices import device_specs
from hanse.derive.expected import wanted_neighbours, wanted_sessions
from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory
from hanse.network.wanted.problems import problems
from hanse.render.dialects import DIALECTS
from hanse.render.text import render
from hanse.store import access, known


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Texts by router, what verification insists on there, and the routers that cannot be written or never are."""

    texts: Mapping[str, str]
    still_wanted: Mapping[str, StillWanted]
    without_dialect: Mapping[str, str]  # router -> why
    untold: Mapping[str, str]  # router -> what a registry never told, and what to do


def specs_of(network: Network) -> dict[str, DeviceSpec]:
    """Return what every router has to be.

    :raises Contradictory:
    """
    found = problems(network)
    if found:
        raise Contradictory(found)
    return device_specs(network, known.known(network))


def render_all(network: Network, nodes: Iterable[str], given: Mapping[str, str]) -> Rendered:
    """Return the texts of `nodes`. Templates in the store stand in for ours and for those `given`. A router
    whose filters need what a registry never told is left out. One query, or two.

    :raises Contradictory:
    :raises TemplateBroken:
    """
    specs = specs_of(network)
    templates = {**given, **access.templates()}
    written = {node: specs[node] for node in nodes if specs[node].dialect in DIALECTS and not specs[node].missing}
    return Rendered(
        texts={node: render(spec, templates) for node, spec in written.items()},
        still_wanted={
            node: still_wanted(wanted_sessions(spec), wanted_neighbours(spec)) for node, spec in written.items()
        },
        without_dialect={
            node: f"its platform {specs[node].platform} has no dialect that Hanse writes"
            for node in nodes
            if specs[node].dialect not in DIALECTS
        },
        untold={
            node: "; ".join(specs[node].missing)
            for node in nodes
            if specs[node].dialect in DIALECTS and specs[node].missing
        },
    )
