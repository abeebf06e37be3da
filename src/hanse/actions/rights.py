"""Who may do what: a person, with what was granted, is asked before anything is done or shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hanse.network.errors import WantedError
from hanse.store.audit import Author


class NotAllowed(WantedError):
    """The person lacks a right. The pages answer 403."""


class GivesTooMuch(NotAllowed):
    """Somebody gives, or reaches for, rights that they do not have themselves."""


class Right(StrEnum):
    """What can be granted."""

    VIEW = "view"
    CHANGE = "change"  # what is wanted: drafts, templates
    DEPLOY = "deploy"  # to routers: plan, apply, undo, ping, poll, jobs
    SEE_SECRETS = "see-secrets"
    READ_PILLAR = "read-pillar"  # what a router's own minion of Salt gets: its files, and the secrets in them
    ADMINISTER = "administer"  # users, groups, grants, schedules, recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """Rights, on which kinds of object, within which sites or AS numbers. What is empty limits nothing."""

    rights: frozenset[Right]
    kinds: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    asns: frozenset[int] = frozenset()

    def covers(self, right: Right, kind: str, site: str | None, asn: int | None) -> bool:
        """Say whether it holds for an object of `kind` at `site` with `asn`; None: the object has none.

        A grant within sites or AS numbers covers only what has one of these; where it names both, either will do.
        What is of no kind, and so concerns all of them, no grant within kinds covers.
        """
        if right not in self.rights or (self.kinds and kind not in self.kinds):
            return False
        if not self.sites and not self.asns:
            return True
        return site in self.sites or asn in self.asns

    def has(self, other: "Granted", right: Right) -> bool:
        """Say whether it holds, for `right`, wherever `other` does."""
        if right not in self.rights or (self.kinds and not (other.kinds and other.kinds <= self.kinds)):
            return False
        if not self.sites and not self.asns:
            return True
        return bool(other.sites or other.asns) and other.sites <= self.sites and other.asns <= self.asns

    def as_row(self) -> dict[str, list[str] | list[int]]:
        """Return it as it is kept."""
        return {
            "rights": sorted(map(str, self.rights)),
            "kinds": sorted(self.kinds),
            "sites": sorted(self.sites),
            "asns": sorted(self.asns),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How much of a list somebody may see: everything, or what is at `sites` or has one of `asns`."""

    everything: bool
    sites: frozenset[str] = frozenset()
    asns: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all may be seen."""
        return not (self.everything or self.sites or self.asns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody at a door, with what was granted to them.

    `read_only`: a token that may not write. `fenced`: one that ends some day, or may come from certain networks only.
    """

    who: str
    door: str  # page, api, cli, job
    granted: tuple[Granted, ...] = ()
    read_only: bool = False
    fenced: bool = False

    @property
    def author(self) -> Author:
        """Return the name under which this person's changes are put down."""
        return Author(who=self.who, door=self.door)

    def may(self, right: Right, kind: str = "", *, site: str | None = None, asn: int | None = None) -> bool:
        """Say whether this person has `right` on one object; `kind` empty: on what concerns every kind.

        A right to do anything includes that to look at it, within the same limits.
        """
        if self.read_only and right is not Right.VIEW:
            return False
        return any(one.covers(asked, kind, site, asn) for one in self.granted for asked in _enough_for(right))

    def insist(self, right: Right, kind: str = "", *, site: str | None = None, asn: int | None = None) -> None:
        """Return if this person may.

        :raises NotAllowed:
        """
        if not self.may(right, kind, site=site, asn=asn):
            where = f" at {site}" if site else f" of AS{asn}" if asn is not None else ""
            raise NotAllowed(f"{self.who} may not {right} {kind.replace('_', ' ') or 'anything'}{where}")

    def may_any(self, right: Right, kind: str = "") -> bool:
        """Say whether this person has `right` on something of `kind`, of some kind if it is empty."""
        return not self.scope(right, kind).is_empty

    def insist_any(self, right: Right, kind: str = "") -> None:
        """Return if this person has `right` on something of `kind`, be it at one site only.

        :raises NotAllowed:
        """
        if not self.may_any(right, kind):
            raise NotAllowed(f"{self.who or 'nobody'} may not {right} any {kind.replace('_', ' ') or 'thing'}")

    def insist_on_having(self, given: Iterable[Granted], deed: str) -> None:
        """Return if this person has all of the rights that are given, and so can give them.

        :raises GivesTooMuch:
        """
        for granted in given:
            for right in sorted(granted.rights):
                if not any(own.has(granted, right) for own in self.granted):
                    raise GivesTooMuch(f"{self.who} may not {deed}: it takes the right to {right}, as widely as there")

    def scope(self, right: Right, kind: str = "") -> Scope:
        """Return on how much of the objects of `kind`, of some kind if it is empty, this person has `right`."""
        if self.read_only and right is not Right.VIEW:
            return Scope(everything=False)
        fitting = [
            one
            for one in self.granted
            if one.rights & _enough_for(right) and not (one.kinds and kind and kind not in one.kinds)
        ]
        return Scope(
            everything=any(not one.sites and not one.asns for one in fitting),
            sites=frozenset(site for one in fitting for site in one.sites),
            asns=frozenset(asn for one in fitting for asn in one.asns),
        )


def _enough_for(right: Right) -> frozenset[Right]:
    """Return the rights of which one is enough: whoever may change or deploy something may look at it."""
    if right is Right.VIEW:
        return frozenset({Right.VIEW, Right.CHANGE, Right.DEPLOY, Right.ADMINISTER})
    return frozenset({right})


EVERYTHING: Final = Granted(rights=frozenset(Right))


def operator(who: str, door: str = "cli") -> Person:
    """Return who works at the command line of the machine that holds the database: they may do everything."""
    return Person(who=who, door=door, granted=(EVERYTHING,))
