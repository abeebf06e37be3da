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
from hanse.render.text import NeverTold, TemplateBroken, render
from hanse.render.vendor_words import NotExpressible
from hanse.store import access, known


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Texts by router, what verification insists on there, and the routers that nothing is or can be written for."""

    texts: Mapping[str, str]
    still_wanted: Mapping[str, StillWanted]
    without_dialect: Mapping[str, str]  # router -> why
    unwritten: Mapping[str, str]  # router -> why its text cannot be written, as things are


def specs_of(network: Network) -> dict[str, DeviceSpec]:
    """Return what every router has to be.

    :raises Contradictory:
    """
    found = problems(network)
    if found:
        raise Contradictory(found)
    return device_specs(network, known.known(network))


def render_all(network: Network, nodes: Iterable[str], given: Mapping[str, str]) -> Rendered:
    """Return the texts of `nodes`. Templates in the store stand in for ours and for those `given`. One query, or two.

    A router is left out where a registry never told what its filters need, its platform has no words for what is
    wanted, or a template fails on it: no other waits for that.

    :raises Contradictory:
    """
    specs = specs_of(network)
    templates = {**given, **access.templates()}
    texts: dict[str, str] = {}
    unwritten: dict[str, str] = {}
    without_dialect: dict[str, str] = {}
    for node in nodes:
        if specs[node].dialect not in DIALECTS:
            without_dialect[node] = f"its platform {specs[node].platform} has no dialect that Hanse writes"
            continue
        try:
            texts[node] = render(specs[node], templates)
        except (NeverTold, NotExpressible, TemplateBroken) as error:
            unwritten[node] = str(error).removeprefix(f"{node}: ")
    return Rendered(
        texts=texts,
        still_wanted={node: _insisted_on(specs[node]) for node in texts},
        without_dialect=without_dialect,
        unwritten=unwritten,
    )


def _insisted_on(spec: DeviceSpec) -> StillWanted:
    return still_wanted(wanted_sessions(spec), wanted_neighbours(spec))
