"""A router that reads route maps and lists as EOS, FRR, IOS and NX-OS write them, and does what they say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from typing import Final

from hanse.network.values.communities import CommunityValue
from samples.routes import Route

WELL_KNOWN: Final = {
    "gshut": "65535:0",
    "graceful-shutdown": "65535:0",
    "no-export": "65535:65281",
    "no-advertise": "65535:65282",
    "local-as": "65535:65283",
}
ACTION: Final = r"(?P<action>permit|deny)"
ENTRY: Final = re.compile(rf"seq (?P<seq>\d+) {ACTION} (?P<prefix>\S+)( ge (?P<ge>\d+))?( le (?P<le>\d+))?")
PREFIXES: Final = re.compile(r"ip(v6)? prefix-list (?P<name>\S+)( (?P<entry>seq .*))?")
PATHS: Final = re.compile(r'(ip|bgp) as-path access-list (?P<name>\S+)( seq \d+)? permit "?(?P<regex>[^"]+?)"?( any)?')
COMMUNITIES: Final = re.compile(
    r"(ip|bgp) (?P<sort>|ext|large-)community-list ((?P<how>standard|expanded|regexp) )?(?P<name>\S+)( seq \d+)?"
    r' permit "?(?P<value>[^"]+)"?'
)
CLAUSE: Final = re.compile(rf"route-map (?P<name>\S+) {ACTION} (?P<number>\d+)")
LONGEST_PATH: Final = re.compile(r"(bgp )?maxas-limit (?P<numbers>\d+)")
DELETES: Final = (
    r"set large-comm-list (\S+) delete",
    r"set large-community-list (\S+) delete",
    r"set large-community large-community-list (\S+) delete",
)
GOES_ON: Final = ("continue ", "on-match goto ")
ADDS: Final = {"community": "", "large-community": "", "extcommunity rt": "rt:", "extcommunity soo": "ro:"}


@dataclass(slots=True, kw_only=True)
class Clause:
    """A clause with its lines, as they stand."""

    number: int
    permit: bool
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Router:
    """What a router has read; `at_once`: what a clause sets is seen by those behind it, as in FRR."""

    at_once: bool = False
    longest_path: int = 1000  # AS numbers that a route may come with
    maps: dict[str, list[Clause]] = field(default_factory=dict)
    prefixes: dict[str, list[re.Match[str]]] = field(default_factory=dict)
    paths: dict[str, list[str]] = field(default_factory=dict)
    communities: dict[str, list[tuple[bool, str]]] = field(default_factory=dict)  # a pattern or not

    def outcome(self, name: str, route: Route) -> Route | None:
        """Return what route map `name` makes of the route, None if it refuses it."""
        if name.endswith("-IN") and len(route.path) > self.longest_path:
            return None
        seen = now = route
        wait_for, permitted = 0, False
        for clause in sorted(self.maps[name], key=lambda one: one.number):
            said = [line for line in clause.lines if line.startswith("match ")]
            if clause.number < wait_for or not all(self._matches(line, seen) for line in said):
                continue
            if not clause.permit:
                return None
            now = self._with_sets(clause, now)
            on = next((int(line.split()[-1]) for line in clause.lines if line.startswith(GOES_ON)), 0)
            if not on:
                return now
            seen, wait_for, permitted = (now if self.at_once else route), on, True
        return now if permitted else None

    def _matches(self, line: str, route: Route) -> bool:
        match line.split():
            case ["match", "ip" | "ipv6" as family, "address", "prefix-list", name]:
                return route.prefix.version == (6 if family == "ipv6" else 4) and self._is_in(name, route)
            case ["match", "as-path", "length", ">=", length]:
                return len(route.path) >= int(length)
            case ["match", "as-path", name]:
                return any(_is_on(regex, route.path) for regex in self.paths[name])
            case ["match", "community" | "large-community" | "extcommunity" as sort, name]:
                members = self.communities[f"{sort} {name}"]
                return any(_fits(member, one) for member in members for one in route.communities)
        raise AssertionError(line)

    def _is_in(self, name: str, route: Route) -> bool:
        for entry in sorted(self.prefixes[name], key=lambda one: int(one["seq"])):
            listed, prefix = ip_network(entry["prefix"]), route.prefix
            least = int(entry["ge"] or listed.prefixlen)
            greatest = int(entry["le"] or (prefix.max_prefixlen if entry["ge"] else listed.prefixlen))
            if prefix.subnet_of(listed) and least <= prefix.prefixlen <= greatest:  # type: ignore[arg-type]
                return entry["action"] == "permit"
        return False

    def _with_sets(self, clause: Clause, route: Route) -> Route:
        for line in clause.lines:
            if line.startswith("set "):
                route = self._with_set(line, route)
        return route

    def _with_set(self, line: str, route: Route) -> Route:
        gone = next((found[1] for words in DELETES if (found := re.fullmatch(words, line))), None)
        if gone:
            members = self.communities[f"large-community {gone}"]
            left = {one for one in route.communities if not any(_fits(member, one) for member in members)}
            return replace(route, communities=frozenset(left))
        match line.split():
            case ["set", "local-preference", number]:
                return replace(route, local_preference=int(number))
            case ["set", "metric", number]:
                return replace(route, med=int(number))
            case ["set", "as-path", "prepend", *numbers]:
                return replace(route, path=(*map(int, numbers), *route.path))
        kind = next(kind for kind in sorted(ADDS, reverse=True) if line.startswith(f"set {kind} "))
        words = line.removeprefix(f"set {kind} ").removesuffix(" additive").split()
        added = {_community(ADDS[kind] + word) for word in words}
        return replace(route, communities=route.communities | added)


def _community(word: str) -> CommunityValue:
    return CommunityValue.parse(WELL_KNOWN.get(word.lower(), word))


def _fits(member: tuple[bool, str], community: CommunityValue) -> bool:
    is_pattern, value = member
    if is_pattern:
        return re.search(value, str(community)) is not None
    return community == _community(value)


def _is_on(regex: str, path: tuple[int, ...]) -> bool:
    """Read an expression as routers do: `_` is a border, and [64512-65534] on EOS stands for AS numbers."""
    if ranged := re.fullmatch(r"_\[(\d{2,})-(\d{2,})\]_", regex):
        return any(int(ranged[1]) <= number <= int(ranged[2]) for number in path)
    return re.search(regex.replace("_", r"(?:^|$|[ ,{}()])"), " ".join(map(str, path))) is not None


def read(text: str, *, at_once: bool = False) -> Router:
    """Return a router that has read `text`."""
    router = Router(at_once=at_once)
    name = ""  # of the prefix list whose block this is
    clause = Clause(number=0, permit=False)
    for line in text.splitlines():
        said = line.strip()
        if found := PREFIXES.fullmatch(said):
            name, said = found["name"], found["entry"] or ""
        if found := ENTRY.fullmatch(said):
            router.prefixes.setdefault(name, []).append(found)
        elif found := CLAUSE.fullmatch(said):
            clause = Clause(number=int(found["number"]), permit=found["action"] == "permit")
            router.maps.setdefault(found["name"], []).append(clause)
        elif not _read_list(router, said):
            clause.lines.append(said)
    return router


def _read_list(router: Router, said: str) -> bool:
    """Say whether the line was one of a list, or of what BGP asks of all routes."""
    if found := PATHS.fullmatch(said):
        router.paths.setdefault(found["name"], []).append(found["regex"])
    elif found := COMMUNITIES.fullmatch(said):
        value = found["value"].replace("rt ", "rt:").replace("soo ", "ro:")
        kind = f"{found['sort']}community {found['name']}"
        router.communities.setdefault(kind, []).append((found["how"] in {"expanded", "regexp"}, value))
    elif found := LONGEST_PATH.fullmatch(said):
        router.longest_path = int(found["numbers"])
    return found is not None


def asked_for(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and name of everything of ours that a line of the text refers to."""
    for line in text.splitlines():
        for kind, words in REFERENCES.items():
            if found := re.search(words, line):
                yield kind, next(name for name in found.groups() if name)


def defined(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and name of everything of ours that the text defines."""
    for line in text.splitlines():
        for kind, words in DEFINITIONS.items():
            if found := re.search(words, line):
                yield kind, next(name for name in found.groups() if name)


REFERENCES: Final[Mapping[str, str]] = {
    "route-map": r"^ .* route-map (\S+)|^ +route-map (\S+) (?:in|out)$",
    "ip prefix-list": r"^ +match ip address prefix-list (\S+)$",
    "ipv6 prefix-list": r"^ +match ipv6 address prefix-list (\S+)$",
    "as-path": r"^ +match as-path (?!length)(\S+)$",
    "community": r"^ +match community (\S+)$",
    "extcommunity": r"^ +match extcommunity (\S+)$",
    "large-community": r"^ +(?:match large-community|set large-community large-community-list|set large-comm(?:unity)?"
    r"-list) (\S+)(?: delete)?$",
    "group": r"^ +(?:neighbor \S+ )?(?:peer group|inherit peer|inherit peer-policy) (\S+)$",
}
DEFINITIONS: Final[Mapping[str, str]] = {
    "route-map": r"^route-map (\S+)",
    "ip prefix-list": r"^ip prefix-list (\S+)",
    "ipv6 prefix-list": r"^ipv6 prefix-list (\S+)",
    "as-path": r"^(?:ip|bgp) as-path access-list (\S+)",
    "community": r"^(?:ip|bgp) community-list (?:standard )?(\S+)",
    "extcommunity": r"^(?:ip|bgp) extcommunity-list (?:standard )?(\S+)",
    "large-community": r"^(?:ip|bgp) large-community-list (?:standard |expanded |regexp )?(\S+)",
    "group": r"^ +(?:neighbor (\S+) peer group|template peer(?:-policy)? (\S+))$",
}
