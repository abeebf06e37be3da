"""Words of FRR: its route maps see at once what a clause sets, and keep one value for each word that sets something."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from hanse.derive.spec import BfdSpec, BgpSpec, DeviceSpec
from hanse.network.wanted.vrfs import device_of
from hanse.render.cli_words import MATCHES, SETS, RouterPolicies, path_expressions, router_policies, with_names
from hanse.render.filter_lists import LONGEST_PATH, PathFilter
from hanse.render.route_maps import RouteMap, Words
from hanse.render.vendor_words import owned

LONGEST_EXPRESSION: Final = 400  # signs
ENDLESS: Final = owned("endless")  # the list of paths that are too long: route maps of FRR cannot count
ENDLESS_PATH: Final = f"^([^ ]+ ){{{LONGEST_PATH}}}"
FRR_MATCHES: Final[Mapping[str, str]] = {**MATCHES, "path-length": f"match as-path {ENDLESS}%.0s"}  # without the number
FRR_SETS: Final[Mapping[str, str]] = {
    **SETS,
    "community-rt": "set extcommunity rt %s",  # FRR always adds these
    "community-ro": "set extcommunity soo %s",
}


def frr_policies(spec: DeviceSpec) -> RouterPolicies:
    """Return the router's policies.

    :raises NotExpressible:
    """
    return router_policies(spec, counts_path_length=True, sees_at_once=True)


def frr_worded(route_map: RouteMap, known: Mapping[str, str]) -> str:
    """Return a route map as text, each clause ended; `known` are FRR's names of communities."""
    matches = {**FRR_MATCHES, "prefix": MATCHES[f"prefix{route_map.family.value}"]}
    lines: list[str] = []
    for clause in route_map.clauses:
        sets = _together(clause.sets) if len(clause.sets) > 1 else clause.sets
        lines.append(f"route-map {route_map.name} {'permit' if clause.permit else 'deny'} {clause.number}")
        lines.extend(f" {matches[kind]}" % value for kind, value in clause.matches)
        lines.extend(f" {FRR_SETS[kind]}" % with_names(kind, value, known) for kind, value in sets)
        if clause.goto:
            lines.append(f" on-match goto {clause.goto}")
        lines.append("exit\n!")
    return "\n".join(lines).removesuffix("\n!")


def _together(sets: tuple[Words, ...]) -> Iterator[Words]:
    """Yield what a clause sets, communities of a sort in one line: a second line would take the place of the first."""
    values: dict[str, list[str]] = {}
    for kind, value in sets:
        values.setdefault(kind, []).append(value)
    for kind, those in values.items():
        if "community" in kind:
            yield kind, " ".join(sorted({word for value in those for word in value.split()}, key=_numbers))
        else:
            yield from ((kind, value) for value in those)


def _numbers(community: str) -> list[int]:
    return [int(number) for number in community.split(":")]


def frr_path_expressions(listed: PathFilter) -> tuple[str, ...]:
    """Return regular expressions for the paths in the list."""
    return path_expressions(listed, LONGEST_EXPRESSION)


def frr_vrf(vrf: str) -> str:
    """Return what FRR calls a routing table: the interface that stands for it; empty for the global one."""
    return device_of(vrf)


def frr_endless(policies: RouterPolicies) -> str:
    """Return the line that lists the paths that are too long; empty where no route map asks."""
    return f"bgp as-path access-list {ENDLESS} seq 5 permit {ENDLESS_PATH}" if policies.maps else ""


def frr_bfd_profiles(bgp: BgpSpec) -> list[BfdSpec]:
    """Return the profiles that the router's sessions use, each once, by name."""
    used = {session.bfd.name: session.bfd for session in bgp.external if session.bfd}
    return [used[name] for name in sorted(used)]


FRR_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "frr_bfd_profiles": frr_bfd_profiles,
    "frr_endless": frr_endless,
    "frr_path_expressions": frr_path_expressions,
    "frr_policies": frr_policies,
    "frr_vrf": frr_vrf,
    "frr_worded": frr_worded,
}
