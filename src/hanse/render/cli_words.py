"""Words of the command lines of EOS, IOS and NX-OS: route maps and lists as text. What differs, the templates say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from hanse.derive.spec import DeviceSpec
from hanse.network.values.communities import WELL_KNOWN
from hanse.render.as_path_patterns import packed, range_patterns
from hanse.render.filter_lists import CommunityFilter, FilterLists, PathFilter, Place, PrefixEntry, PrefixFilter
from hanse.render.iosxr_words import TYPES
from hanse.render.neighbour_words import NEIGHBOUR_FILTERS
from hanse.render.route_maps import Policing, RouteMap, export_map, import_map
from hanse.render.vendor_words import cannot

NO_WORDS: Final[Mapping[str, str]] = {}
MATCHES: Final[Mapping[str, str]] = {
    "prefix4": "match ip address prefix-list %s",
    "prefix6": "match ipv6 address prefix-list %s",
    "path": "match as-path %s",
    "path-length": "match as-path length >= %s",
    "community": "match community %s",
    "large-community": "match large-community %s",
    "extended-community": "match extcommunity %s",
}
SETS: Final[Mapping[str, str]] = {
    "delete-large": "set large-comm-list %s delete",
    "local-preference": "set local-preference %s",
    "med": "set metric %s",
    "prepend": "set as-path prepend %s",
    "community": "set community %s additive",
    "large-community": "set large-community %s additive",
    "community-rt": "set extcommunity rt %s additive",
    "community-ro": "set extcommunity soo %s additive",
    "text": "%s",
}
# IOS numbers its lists of AS paths, 1 to 500, and gives them no names. The first hundred are left to others.
FIRST_PATH_NUMBER: Final = 101
PATH_NUMBERS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterPolicies:
    """All route maps of a router's external sessions and the lists that they ask."""

    maps: tuple[RouteMap, ...]
    prefix_lists: tuple[PrefixFilter, ...]
    path_lists: tuple[PathFilter, ...]
    community_lists: tuple[CommunityFilter, ...]


def router_policies(
    spec: DeviceSpec, *, counts_path_length: bool = False, sees_at_once: bool = False
) -> RouterPolicies:
    """Return the router's policies; `counts_path_length`: a route map of the platform can ask how long a path is.

    `sees_at_once`: what a clause sets is seen by those behind it; elsewhere all compare with the route as it came.

    :raises NotExpressible:
    """
    lists = FilterLists(counts_path_length=counts_path_length)
    policing = Policing(bgp=spec.bgp, lists=lists, sees_at_once=sees_at_once)
    maps = tuple(made(policing, session) for session in spec.bgp.external for made in (import_map, export_map))
    return RouterPolicies(
        maps=maps,
        prefix_lists=tuple(lists.prefixes[name] for name in sorted(lists.prefixes)),
        path_lists=tuple(lists.paths[name] for name in sorted(lists.paths)),
        community_lists=tuple(lists.communities[key] for key in sorted(lists.communities)),
    )


def worded(
    route_map: RouteMap,
    indent: int,
    words: Mapping[str, str] = NO_WORDS,
    known: Mapping[str, str] = NO_WORDS,
    numbers: Mapping[str, str] = NO_WORDS,
) -> str:
    """Return a route map as text, indented as the platform does.

    `words` are those in which the platform differs, `known` its names of communities, `numbers` stand for lists.
    """
    sets = {**SETS, **words}
    matches = {**MATCHES, "prefix": MATCHES[f"prefix{route_map.family.value}"]}
    margin = "\n" + " " * indent
    lines: list[str] = []
    for clause in route_map.clauses:
        said = [f"route-map {route_map.name} {'permit' if clause.permit else 'deny'} {clause.number}"]
        said.extend(matches[kind] % numbers.get(value, value) for kind, value in clause.matches)
        said.extend(sets[kind] % with_names(kind, value, known) for kind, value in clause.sets)
        if clause.goto:
            said.append(f"continue {clause.goto}")
        lines.append(margin.join(said))
    return "\n".join(lines)


def with_names(kind: str, value: str, known: Mapping[str, str]) -> str:
    """Return the value of a set, well-known communities among it by the names that the platform shows."""
    return " ".join(known.get(word, word) for word in value.split()) if kind == "community" else value


def well_known(names: Mapping[str, str]) -> dict[str, str]:
    """Return by number how a platform writes well-known communities, of which `names` holds the names.

    >>> well_known({"no-export": "no-export"})
    {'65535:65281': 'no-export'}
    """
    return {number: names[name] for name, number, _ in WELL_KNOWN if name in names}


def entry(line: PrefixEntry, *, capitals: bool = False) -> str:
    """Return an entry of a prefix list behind its number; `capitals`: IPv6 as IOS writes it.

    >>> from ipaddress import ip_network
    >>> entry(PrefixEntry(number=10, prefix=ip_network("192.0.2.0/24"), le=28))
    'permit 192.0.2.0/24 le 28'
    """
    bounds = f"{f' ge {line.ge}' if line.ge else ''}{f' le {line.le}' if line.le else ''}"
    return f"{'permit' if line.permit else 'deny'} {str(line.prefix).upper() if capitals else line.prefix}{bounds}"


def prefix_lines(listed: PrefixFilter, words: str, *, capitals: bool = False) -> str:
    """Return the entries of a list, a line each: `words` with the entry's number and what it says in its %s."""
    return "\n".join(words % (line.number, entry(line, capitals=capitals)) for line in listed.entries)


def path_expressions(listed: PathFilter, longest: int) -> tuple[str, ...]:
    """Return regular expressions for the paths in the list, each with `longest` signs at most, of digits."""
    patterns = (pattern for first, last in listed.ranges for pattern in range_patterns(first, last))
    return _placed(listed.place, patterns, longest)


def path_ranges(listed: PathFilter, longest: int) -> tuple[str, ...]:
    """Return regular expressions for the paths in the list where `[64512-65534]` stands for AS numbers (EOS)."""
    if all(first == last for first, last in listed.ranges):
        return path_expressions(listed, longest)
    return tuple(
        _around(listed.place, str(first) if first == last else f"[{first}-{last}]") for first, last in listed.ranges
    )


def _placed(place: Place, patterns: Iterable[str], longest: int) -> tuple[str, ...]:
    before, after = AROUND[place]
    return packed(patterns, before, after, longest)


def _around(place: Place, number: str) -> str:
    before, after = AROUND[place]
    return f"{before}{number}{after}"


# `_` is the border of a number: a space, the beginning, the end, or a bracket of a set.
AROUND: Final[Mapping[Place, tuple[str, str]]] = {
    Place.ANYWHERE: ("_", "_"),
    Place.FIRST: ("^", "_"),
    Place.LAST: ("_", "$"),
}


def community_members(listed: CommunityFilter, known: Mapping[str, str] = NO_WORDS) -> Iterator[str]:
    """Yield the members of a list as their lists write them, in order."""
    for one in sorted(listed.members, key=lambda member: (member.type, member.numbers)):
        number = ":".join(map(str, one.numbers))
        yield f"{TYPES[one.type]} {number}" if one.type else known.get(number, number)


def path_numbers(policies: RouterPolicies) -> dict[str, str]:
    """Return a number for each list of AS paths, by name: made from the name, so that others keep theirs.

    :raises NotExpressible: if there are more lists than numbers
    """
    if len(policies.path_lists) > PATH_NUMBERS:
        cannot(
            f"IOS has {PATH_NUMBERS} numbers for our lists of AS paths, and {len(policies.path_lists)} are wanted: "
            "spread the sessions over more routers, or bound fewer ASes by their origins"
        )
    found: dict[str, str] = {}
    taken: set[int] = set()
    for place, name in sorted(
        (crc32(listed.name.encode()) % PATH_NUMBERS, listed.name) for listed in policies.path_lists
    ):
        free = next(number for step in range(PATH_NUMBERS) if (number := (place + step) % PATH_NUMBERS) not in taken)
        taken.add(free)
        found[name] = str(FIRST_PATH_NUMBER + free)
    return found


CLI_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "community_members": community_members,
    "path_expressions": path_expressions,
    "path_numbers": path_numbers,
    "path_ranges": path_ranges,
    "prefix_lines": prefix_lines,
    "router_policies": router_policies,
    "well_known": well_known,
    "worded": worded,
    **NEIGHBOUR_FILTERS,
}
