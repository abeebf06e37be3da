"""What policies of Junos do to a route: as much of the language as our template uses."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network
from typing import Final

from hanse.network.values.addresses import Prefix
from hanse.network.values.communities import CommunityValue
from samples.junos_text import Statement, owned_part
from samples.routes import Route


@dataclass(frozen=True, slots=True)
class Policies:
    """What the policy options of a group say, by kind and name."""

    defined: Mapping[tuple[str, str], Statement]

    def outcome(self, name: str, route: Route) -> Route | None:
        """Return the route as the policy leaves it, or None where it is refused."""
        for part in self.defined["policy-statement", name].body:
            term = part if part.words[0] == "term" else Statement(("term",), (part,))
            if not self._is_about(term.at("from"), route):
                continue
            for action in actions(term):
                if action in {("accept",), ("reject",)}:
                    return route if action == ("accept",) else None
                route = self._changed(action, route)
        return None

    def _is_about(self, condition: Statement, route: Route) -> bool:
        """Say whether each kind of condition has one that holds."""
        stated = condition.body or ((Statement(condition.words[1:]),) if condition.words[1:] else ())
        kinds: dict[str, list[bool]] = {}
        for each in stated:
            kind = "prefix" if each.words[0] in {"prefix-list", "prefix-list-filter", "route-filter"} else each.words[0]
            kinds.setdefault(kind, []).append(self._holds(each.words, route))
        return all(any(found) for found in kinds.values())

    def _holds(self, words: tuple[str, ...], route: Route) -> bool:
        return QUESTIONS[words[0]](self, words[1:], route)

    def _is_taken_by(self, words: tuple[str, ...], route: Route) -> bool:
        return self.outcome(words[0], route) is not None

    def _is_listed(self, words: tuple[str, ...], route: Route) -> bool:
        return route.prefix in self._prefixes(words[0])

    def _lies_in_listed(self, words: tuple[str, ...], route: Route) -> bool:
        assert words[1] == "orlonger"
        return any(_lies_in(route.prefix, listed) for listed in self._prefixes(words[0]))

    def _is_filtered(self, words: tuple[str, ...], route: Route) -> bool:
        if words[1] == "exact":
            return route.prefix == ip_network(words[0])
        assert words[1] == "prefix-length-range"
        first, last = (int(length.strip("/")) for length in words[2].split("-"))
        return _lies_in(route.prefix, ip_network(words[0])) and first <= route.prefix.prefixlen <= last

    def _has_path(self, words: tuple[str, ...], route: Route) -> bool:
        return _fits(self.defined["as-path", words[0]].words[2], route.path)

    def _has_path_of_group(self, words: tuple[str, ...], route: Route) -> bool:
        return any(_fits(each.words[2], route.path) for each in self.defined["as-path-group", words[0]].body)

    def _has_one(self, words: tuple[str, ...], route: Route) -> bool:
        names = [name for name in words if name not in {"[", "]"}]
        return any(self._fits_community(name, one) for one in route.communities for name in names)

    def _is_from_outside(self, words: tuple[str, ...], route: Route) -> bool:
        return bool(route.path) == (words[0] == "external")

    def _is_of_protocol(self, words: tuple[str, ...], route: Route) -> bool:
        return route.is_static == (words[0] == "static")

    def _changed(self, action: tuple[str, ...], route: Route) -> Route:
        match action:
            case ("next", "term") | ("next-hop", "self"):
                return route
            case ("local-preference", number):
                return replace(route, local_preference=int(number))
            case ("metric", number):
                return replace(route, med=int(number))
            case ("as-path-prepend", asns):
                return replace(route, path=(*map(int, asns.split()), *route.path))
            case ("community", "add", name):
                return replace(route, communities=route.communities | {self._community(name)})
            case ("community", "delete", name):
                left = (one for one in route.communities if not self._fits_community(name, one))
                return replace(route, communities=frozenset(left))
        raise AssertionError(f"nobody knows what {action} does")

    def _prefixes(self, name: str) -> list[Prefix]:
        return [ip_network(each.words[0]) for each in self.defined["prefix-list", name].body]

    def _fits_community(self, name: str, community: CommunityValue) -> bool:
        return re.fullmatch(self._member(name), str(community)) is not None

    def _community(self, name: str) -> CommunityValue:
        return CommunityValue.parse(self._member(name))

    def _member(self, name: str) -> str:
        (member,) = self.defined["community", name].words[3:]
        plain = member.removeprefix("large:").replace("target:", "rt:").replace("origin:", "ro:")
        return re.sub(r"(?<=[0-9])L", "", plain)


QUESTIONS: Final[Mapping[str, Callable[[Policies, tuple[str, ...], Route], bool]]] = {
    "as-path": Policies._has_path,
    "as-path-group": Policies._has_path_of_group,
    "community": Policies._has_one,
    "policy": Policies._is_taken_by,
    "prefix-list": Policies._is_listed,
    "prefix-list-filter": Policies._lies_in_listed,
    "protocol": Policies._is_of_protocol,
    "route-filter": Policies._is_filtered,
    "route-type": Policies._is_from_outside,
}


def policies(text: str) -> Policies:
    """Return the policy options of Hanse's group; one name defined twice is an error."""
    options = owned_part(text).at("policy-options").body
    defined = {(each.words[0], each.words[1]): each for each in options}
    assert len(defined) == len(options)
    return Policies(defined)


def actions(term: Statement) -> list[tuple[str, ...]]:
    """Return what a term does, in order."""
    then = term.at("then")
    return [each.words for each in then.body] if then.body else [then.words[1:]]


def _lies_in(prefix: Prefix, other: Prefix) -> bool:
    return prefix.version == other.version and prefix.subnet_of(other)  # type: ignore[arg-type]  # one family


def _fits(pattern: str, path: tuple[int, ...]) -> bool:
    """Say whether a path fits a pattern of which each word is about one AS number, or with `*` about any many."""
    words = pattern.split()
    if not words:
        return not path
    word, rest = words[0], " ".join(words[1:])
    if word == ".*":
        return any(_fits(rest, path[start:]) for start in range(len(path) + 1))
    if least := re.fullmatch(r"\.\{(\d+),\}", word):
        return any(_fits(rest, path[start:]) for start in range(int(least[1]), len(path) + 1))
    first, _, last = word.strip("[]").partition("-")
    return bool(path) and int(first) <= path[0] <= int(last or first) and _fits(rest, path[1:])
