"""The named lists that a router's route maps ask: of prefixes, of AS paths and of communities, each once.

A list is put down when the first route map names it, so that there is none that nobody asks for, and none missing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from zlib import crc32

from hanse.derive.spec import BgpSpec, OriginList, PolicySpec, PrefixList
from hanse.network.values.addresses import Family, Prefix
from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunitySort, CommunityValue
from hanse.render.vendor_words import all_of, by_address, distinct, owned

STEP: Final = 10
LONGEST_PATH: Final = 64  # AS numbers, as in every dialect
# Sequence numbers of long lists are made from the prefix itself. The room of the smallest platform serves all but
# the longest lists; the rest of it is for those that fall together.
SMALL_ROOM: Final = 60_000
SMALL_LIST: Final = 20_000
LARGE_ROOM: Final = 4_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixEntry:
    """A prefix of a list; without `ge` and `le` it is that one alone."""

    number: int
    prefix: Prefix
    ge: int = 0  # least length; 0: the prefix's own
    le: int = 0  # greatest length; 0: the prefix's own
    permit: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixFilter:
    """Prefixes of one family; what is not permitted is not in it."""

    name: str
    family: Family
    entries: tuple[PrefixEntry, ...]
    why: str = ""


class Place(StrEnum):
    """Where in a path an AS number is looked for."""

    ANYWHERE = "anywhere"
    FIRST = "first"  # the neighbour
    LAST = "last"  # the origin


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFilter:
    """Paths that hold one of the AS numbers, first and last of each range included, at one place."""

    name: str
    place: Place
    ranges: tuple[tuple[int, int], ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityFilter:
    """Communities of one sort: any of `members`, or all large ones that `pattern` fits."""

    name: str
    sort: CommunitySort
    members: tuple[CommunityValue, ...] = ()
    pattern: str = ""
    why: str = ""


@dataclass(slots=True, kw_only=True)
class FilterLists:
    """Collects the lists of one router; each method returns the name of the list that it puts down."""

    counts_path_length: bool  # route maps can; elsewhere the router's BGP does for all neighbours
    longest_path: int = LONGEST_PATH
    prefixes: dict[str, PrefixFilter] = field(default_factory=dict)
    paths: dict[str, PathFilter] = field(default_factory=dict)
    communities: dict[tuple[CommunitySort, str], CommunityFilter] = field(default_factory=dict)

    def default_route(self, family: Family) -> str:
        """Put down the list of the default route."""
        name = owned("default", f"v{family.value}")
        if name not in self.prefixes:
            self._prefixes(name, family, [PrefixEntry(number=STEP, prefix=all_of(family))])
        return name

    def bogons(self, bgp: BgpSpec, family: Family) -> str:
        """Put down the list of what nobody may announce."""
        name = owned("bogons", f"v{family.value}")
        if name not in self.prefixes:
            self._prefixes(name, family, _longer(_of(bgp.bogon_prefixes, family)))
        return name

    def own_space(self, bgp: BgpSpec, family: Family) -> str:
        """Put down the list of our own space; there is none, and no name, where we have none in the family."""
        name = owned("own", f"v{family.value}")
        if name in self.prefixes:
            return name
        space = _of(bgp.own_space, family)
        if space:
            self._prefixes(name, family, _longer(space))
        return name if space else ""

    def longer_than(self, longest: int, family: Family) -> str:
        """Put down the list of all that is longer; there is none, and no name, where nothing can be."""
        name, everything = owned("longer-than", longest, f"v{family.value}"), all_of(family)
        if longest >= everything.max_prefixlen:
            return ""
        if name not in self.prefixes:
            entry = PrefixEntry(number=STEP, prefix=everything, ge=longest + 1, le=everything.max_prefixlen)
            self._prefixes(name, family, [entry])
        return name

    def announced_by(self, listed: PrefixList) -> str:
        """Put down what one AS may announce; an empty list is written as one that holds nothing."""
        family = listed.family
        name = owned(listed.name.removesuffix(f"_{family}"), f"v{family.value}")
        if name not in self.prefixes:
            nothing = PrefixEntry(number=STEP, prefix=all_of(family), le=all_of(family).max_prefixlen, permit=False)
            self._prefixes(name, family, tuple(_announced(listed)) or (nothing,), listed.why)
        return name

    def of_policy(self, policy: PolicySpec) -> str:
        """Put down the prefixes that a policy is about."""
        family = Family(policy.prefixes[0].version)
        name = owned("policy", distinct(policy.name), f"v{family.value}")
        if name not in self.prefixes:
            self._prefixes(name, family, _longer(by_address(policy.prefixes)), policy.why)
        return name

    def bogon_asns(self, bgp: BgpSpec) -> str:
        """Put down the paths with an AS number that nobody has."""
        return self._path(owned("bogon-asns"), Place.ANYWHERE, bgp.bogon_asns)

    def first_asn(self, asn: Asn) -> str:
        """Put down the paths that begin with `asn`."""
        return self._path(
            owned(f"as{asn}", "first"), Place.FIRST, [(asn.number, asn.number)], f"autonomous_systems.{asn}"
        )

    def origins(self, listed: OriginList) -> str:
        """Put down the paths that end with one of the ASes."""
        numbers = (asn.number for asn in listed.asns)
        return self._path(owned(listed.name), Place.LAST, [(number, number) for number in numbers], listed.why)

    def having(self, words: str, *members: CommunityValue, why: str = "") -> str:
        """Put down communities of one sort: a route is in the list that has one of them."""
        name, sort = owned(words), members[0].sort
        if (sort, name) not in self.communities:
            self.communities[sort, name] = CommunityFilter(name=name, sort=sort, members=members, why=why)
        return name

    def asked_by(self, policy: PolicySpec, members: tuple[CommunityValue, ...], *, imported: bool) -> str:
        """Put down those communities of one sort that a policy asks for; both ways may differ in what is left on."""
        return self.having(f"policy-{distinct(policy.name)}-{'in' if imported else 'out'}", *members, why=policy.why)

    def own_communities(self, asn: Asn) -> str:
        """Put down all large communities whose first number is ours."""
        return self._pattern(owned("ours"), f"^{asn}:[0-9]+:[0-9]+$")

    def marks(self, asn: Asn) -> str:
        """Put down the large communities that say where a route came from."""
        return self._pattern(owned("marks"), f"^{asn}:1:[0-9]+$")

    def _pattern(self, name: str, pattern: str) -> str:
        large = CommunitySort.LARGE
        self.communities.setdefault((large, name), CommunityFilter(name=name, sort=large, pattern=pattern))
        return name

    def _prefixes(self, name: str, family: Family, entries: Iterable[PrefixEntry], why: str = "") -> None:
        self.prefixes[name] = PrefixFilter(name=name, family=family, entries=tuple(entries), why=why)

    def _path(self, name: str, place: Place, ranges: Iterable[tuple[int, int]], why: str = "") -> str:
        if name not in self.paths:
            self.paths[name] = PathFilter(name=name, place=place, ranges=tuple(ranges), why=why)
        return name


def _of(prefixes: Iterable[Prefix], family: Family) -> list[Prefix]:
    return by_address(prefix for prefix in prefixes if prefix.version == family)


def _longer(prefixes: Iterable[Prefix]) -> Iterator[PrefixEntry]:
    """Yield each of the prefixes with all that lies in it."""
    for index, prefix in enumerate(prefixes, 1):
        le = prefix.max_prefixlen if prefix.prefixlen < prefix.max_prefixlen else 0
        yield PrefixEntry(number=index * STEP, prefix=prefix, le=le)


def _announced(listed: PrefixList) -> Iterator[PrefixEntry]:
    for number, prefix in numbered(listed.prefixes):
        yield PrefixEntry(number=number, prefix=prefix, le=listed.longest if prefix.prefixlen < listed.longest else 0)


def numbered(prefixes: Iterable[Prefix]) -> list[tuple[int, Prefix]]:
    """Return each of `prefixes` with a sequence number of its own, in order.

    The number comes from the prefix, so that one more or less in a list of thousands is one line more or less. Only
    where two fall together the second takes the next number.
    """
    unique = set(prefixes)
    room = SMALL_ROOM if len(unique) <= SMALL_LIST else LARGE_ROOM
    places = sorted((1 + crc32(name.encode()) % room, name, prefix) for prefix in unique if (name := str(prefix)))
    found: list[tuple[int, Prefix]] = []
    last = 0
    for place, _, prefix in places:
        last = max(place, last + 1)
        found.append((last, prefix))
    return found
