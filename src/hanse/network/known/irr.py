"""What the Internet Routing Registry says an AS-SET or AS may announce, as it was last told well, and what is worse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hanse.network.values.addresses import Family, Prefix, family_of
from hanse.network.values.asn import Asn


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """An AS-SET, or an AS such as "AS64501", written out. `at` is when the registry said so."""

    name: str
    prefixes: tuple[Prefix, ...]  # aggregated, IPv4 before IPv6
    origins: tuple[Asn, ...]  # ascending
    sources: tuple[str, ...]  # the registries asked, the most trusted first
    at: datetime

    def of_family(self, family: Family) -> tuple[Prefix, ...]:
        """Return its prefixes of one family, in order."""
        return tuple(prefix for prefix in self.prefixes if family_of(prefix) is family)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became different between two answers, each part in order."""

    added_prefixes: tuple[Prefix, ...] = ()
    removed_prefixes: tuple[Prefix, ...] = ()
    added_origins: tuple[Asn, ...] = ()
    removed_origins: tuple[Asn, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether both answers say the same."""
        return not (self.added_prefixes or self.removed_prefixes or self.added_origins or self.removed_origins)

    def __str__(self) -> str:
        counted = (
            (len(self.added_prefixes), "+", "prefixes"),
            (len(self.removed_prefixes), "-", "prefixes"),
            (len(self.added_origins), "+", "origins"),
            (len(self.removed_origins), "-", "origins"),
        )
        return ", ".join(f"{sign}{count} {what}" for count, sign, what in counted if count) or "no difference"


def difference(before: Expansion | None, now: Expansion) -> Difference:
    """Return what `now` says that `before` did not, and the other way round."""
    prefixes, origins = (
        (frozenset(before.prefixes), frozenset(before.origins)) if before else (frozenset(), frozenset())
    )
    said_prefixes, said_origins = frozenset(now.prefixes), frozenset(now.origins)
    return Difference(
        added_prefixes=tuple(one for one in now.prefixes if one not in prefixes),
        removed_prefixes=tuple(one for one in before.prefixes if one not in said_prefixes) if before else (),
        added_origins=tuple(one for one in now.origins if one not in origins),
        removed_origins=tuple(one for one in before.origins if one not in said_origins) if before else (),
    )


def is_empty(now: Expansion) -> bool:
    """Say whether nothing that a filter could let through is registered."""
    return not (now.prefixes and now.origins)


def losses(before: Expansion, now: Expansion, most: float) -> tuple[str, ...]:
    """Return a sentence for each part of which a larger share than `most` is gone, or all of it.

    >>> from datetime import UTC, datetime
    >>> many = tuple(map(Asn, range(64496, 64506)))
    >>> before = Expansion(name="AS-BOB", prefixes=(), origins=many, sources=(), at=datetime.now(UTC))
    >>> few = Expansion(name="AS-BOB", prefixes=(), origins=many[:3], sources=(), at=datetime.now(UTC))
    >>> losses(before, few, 0.5)
    ('3 of 10 origins are left',)
    """
    return tuple(
        f"{left} of {had} {what} {'is' if left == 1 else 'are'} left"
        for what, had, left in _counts(before, now)
        if had and (had - left > most * had or not left)
    )


def _counts(before: Expansion, now: Expansion) -> Iterator[tuple[str, int, int]]:
    """Yield what is counted, how much there was, and how much of the whole number is left."""
    for family, name in ((Family.IPV4, "IPv4 prefixes"), (Family.IPV6, "IPv6 prefixes")):
        yield name, len(before.of_family(family)), len(now.of_family(family))
    yield "origins", len(before.origins), len(now.origins)
