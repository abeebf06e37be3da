"""Text of IOS XR as a reader sees it: its sets, and what its route policies do to a route."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network
from typing import Final

from hanse.network.values.communities import CommunityValue
from samples.routes import Route

BLOCK: Final = re.compile(r"^(\S+-set|route-policy) (\S+)\n(.*?)^end-(?:set|policy)$", re.DOTALL | re.MULTILINE)
TYPES: Final = {"community": "", "large-community": "", "extcommunity rt": "rt:", "extcommunity soo": "ro:"}


class Dropped(Exception):
    """The policy refuses the route."""


class Done(Exception):
    """The policy takes the route as it is now."""


@dataclass(frozen=True, slots=True)
class RoutePolicies:
    """Sets and route policies by kind and name."""

    blocks: Mapping[tuple[str, str], str]

    def outcome(self, name: str, route: Route) -> Route | None:
        """Return the route as the policy leaves it, or None where it is refused."""
        run = _Run(self, route)
        try:
            run.walk(name)
        except Dropped:
            return None
        except Done:
            return run.now
        return run.now if run.is_passed else None

    def members(self, kind: str, written: str) -> list[str]:
        """Return the members of a set, named or inline."""
        text = written[1:-1] if written.startswith("(") else self.blocks[kind, written]
        return [member.strip() for member in text.split(",")]


class _Run:
    """One route on its way through a policy: comparisons see it as it came."""

    def __init__(self, policies: RoutePolicies, route: Route) -> None:
        self.policies, self.came, self.now, self.is_passed = policies, route, route, False

    def walk(self, name: str) -> None:
        """Do all that a policy says."""
        open_ifs: list[bool] = []
        for line in self.policies.blocks["route-policy", name].splitlines():
            words = line.strip()
            if found := re.fullmatch(r"if (.*) then", words):
                open_ifs.append(self.holds(found[1]))
            elif words == "endif":
                open_ifs.pop()
            elif all(open_ifs):
                self.act(words)
        assert not open_ifs, f"{name}: an if is not ended"

    def act(self, words: str) -> None:
        """Do one thing."""
        if words == "drop":
            raise Dropped
        if words == "done":
            raise Done
        if words.startswith("apply "):
            self.walk(words.split()[1])
            return
        self.is_passed = True
        self.now = self._changed(words) if words != "pass" else self.now

    def _changed(self, words: str) -> Route:
        now, last = self.now, words.rsplit(maxsplit=1)[-1]
        if words.startswith("set local-preference "):
            return replace(now, local_preference=int(last))
        if words.startswith("set med "):
            return replace(now, med=int(last))
        if found := re.fullmatch(r"prepend as-path (\d+) (\d+)", words):
            return replace(now, path=(*[int(found[1])] * int(found[2]), *now.path))
        if found := re.fullmatch(r"delete large-community in (\S+)", words):
            return replace(now, communities=now.communities - self._having("large-community", found[1], now))
        found = re.fullmatch(r"set (.*?) (\(.*\))( additive)?", words)
        assert found, f"nobody knows what {words!r} does"
        added = {CommunityValue.parse(TYPES[found[1]] + one) for one in self.policies.members("", found[2])}
        return replace(now, communities=(now.communities if found[3] else frozenset()) | added)

    def holds(self, condition: str) -> bool:
        """Say whether a condition holds for the route as it came."""
        parts = list(_parted(condition, " and "))
        if len(parts) > 1:
            return all(map(self.holds, parts))
        if condition.startswith("not "):
            return not self.holds(condition[4:])
        if condition.startswith("("):
            return any(map(self.holds, _parted(condition[1:-1], " or ")))
        return self._holds(condition)

    def _holds(self, words: str) -> bool:
        path = self.came.path
        if found := re.fullmatch(r"destination in (.*)", words):
            return any(self._is_in(member) for member in self.policies.members("prefix-set", found[1]))
        if found := re.fullmatch(r"as-path in (\S+)", words):
            return any(self._has_path(member) for member in self.policies.members("as-path-set", found[1]))
        if found := re.fullmatch(r"as-path neighbor-is '(\d+)'", words):
            return path[:1] == (int(found[1]),)
        if found := re.fullmatch(r"as-path length ge (\d+)", words):
            return len(path) >= int(found[1])
        found = re.fullmatch(r"(.*?) matches-any (.*)", words)
        assert found, f"nobody knows what {words!r} asks"
        return bool(self._having(found[1], found[2], self.came))

    def _is_in(self, member: str) -> bool:
        found = re.fullmatch(r"(\S+?)/(\d+)(?: ge (\d+))?(?: le (\d+))?", member)
        assert found, f"{member!r} is in no prefix set"
        network, prefix = ip_network(f"{found[1]}/{found[2]}"), self.came.prefix
        least = int(found[3] or found[2])
        most = int(found[4] or (prefix.max_prefixlen if found[3] else found[2]))
        return (
            prefix.version == network.version
            and prefix.subnet_of(network)  # type: ignore[arg-type]  # one family
            and least <= prefix.prefixlen <= most
        )

    def _has_path(self, member: str) -> bool:
        found = re.fullmatch(r"(passes-through|originates-from) '\[?(\d+)(?:\.\.(\d+)\])?'", member)
        assert found, f"{member!r} is in no set of paths"
        asns = self.came.path if found[1] == "passes-through" else self.came.path[-1:]
        return any(int(found[2]) <= asn <= int(found[3] or found[2]) for asn in asns)

    def _having(self, attribute: str, written: str, route: Route) -> frozenset[CommunityValue]:
        members = self.policies.members("large-community-set", written)
        patterns = [TYPES[attribute] + member.replace("*", "[0-9]+") for member in members]
        return frozenset(
            one for one in route.communities if any(re.fullmatch(pattern, str(one)) for pattern in patterns)
        )


def _parted(text: str, by: str) -> Iterator[str]:
    """Yield the parts of a condition; what stands in parentheses is one."""
    depth, part = 0, ""
    for place, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        part += sign
        if not depth and text[: place + 1].endswith(by):
            yield part.removesuffix(by)
            part = ""
    yield part


def route_policies(text: str) -> RoutePolicies:
    """Return the sets and policies of a configuration; one name defined twice is an error."""
    found = [((block[1], block[2]), block[3]) for block in BLOCK.finditer(text)]
    assert len(dict(found)) == len(found)
    return RoutePolicies(dict(found))
