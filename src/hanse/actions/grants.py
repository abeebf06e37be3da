"""Groups, and what is granted to them and to people. Nobody gives or takes rights that they do not have themselves."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet

from hanse.actions.people import granted_by, granted_to
from hanse.actions.rights import Granted, Person, Right
from hanse.devices.clock import Clock
from hanse.network.errors import WantedError
from hanse.network.wanted.edits import ALL_KINDS
from hanse.network.wanted.sentences import one_of
from hanse.store import people
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import Grant, User

NAME: Final = re.compile(r"[\w][\w .@+-]{0,99}")
HIGHEST_ASN: Final = 0xFFFFFFFF


class NoSuchGroup(WantedError):
    """No group has that name."""


class NoSuchGrant(WantedError):
    """No grant has that name."""


class NotAGrant(WantedError):
    """The name of a group or grant, what it grants, or to whom, cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A grant with whom it is given to, all by name."""

    name: str
    granted: Granted
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def granted_from(
    *, rights: Iterable[str], kinds: Iterable[str] = (), sites: Iterable[str] = (), asns: Iterable[int] = ()
) -> Granted:
    """Return what is granted by these words.

    :raises NotAGrant:
    """
    wanted, limits, numbers = tuple(rights), tuple(kinds), tuple(asns)
    for word in wanted:
        if word not in list(Right):
            raise NotAGrant(f"there is no right {word!r}: {one_of(list(Right), word)}")
    for kind in limits:
        if kind not in ALL_KINDS:
            raise NotAGrant(f"there is no kind {kind!r}: {one_of(ALL_KINDS, kind)}")
    for number in numbers:
        if not 0 < number <= HIGHEST_ASN:
            raise NotAGrant(f"{number} is no AS number: 1 to {HIGHEST_ASN}")
    if not wanted:
        raise NotAGrant("a grant of no right grants nothing: name at least one")
    return Granted(
        rights=frozenset(map(Right, wanted)),
        kinds=frozenset(limits),
        sites=frozenset(sites),
        asns=frozenset(numbers),
    )


def put_grant(*, given: Given, person: Person, clock: Clock) -> None:
    """Make a grant, or put this in the place of the one of that name.

    :raises NotAGrant:
    :raises NoSuchGroup:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    person.insist(Right.ADMINISTER)
    _insist_on_name(given.name)
    person.insist_on_having([given.granted], "give this")
    with transaction.atomic():
        before = people.grant_named(given.name)
        if before is not None:
            person.insist_on_having([granted_by(before)], f"change {given.name}")
        shown = shown_grant(before) if before else None
        users = _users(given.users)
        groups = [_group(name) for name in given.groups]
        people.write_grant(given.name, given.granted.as_row(), users=users, groups=groups)
        after = {**given.granted.as_row(), "users": sorted(given.users), "groups": sorted(given.groups)}
        _audit("grant", given.name, shown, after, person, clock)


def remove_grant(*, name: str, person: Person, clock: Clock) -> None:
    """Take a grant from everybody who has it.

    :raises NoSuchGrant:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    with transaction.atomic():
        found = grant(name, person)
        person.insist_on_having([granted_by(found)], f"remove {name}")
        _audit("grant", name, shown_grant(found), None, person, clock)
        people.remove_grant(found)


def put_group(*, name: str, members: Sequence[str], person: Person, clock: Clock) -> None:
    """Make a group, or let these be its members. Whoever is put in has all that was granted to it.

    :raises NotAGrant:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    person.insist(Right.ADMINISTER)
    _insist_on_name(name)
    with transaction.atomic():
        found = people.group_named(name)
        if found is not None:
            _insist_on_having_all_of(found, person)
        before = {"members": people.members_of(found)} if found else None
        people.write_group(name, _users(members))
        _audit("group", name, before, {"members": sorted(members)}, person, clock)


def remove_group(*, name: str, person: Person, clock: Clock) -> None:
    """Remove a group; its members lose what was granted to it.

    :raises NoSuchGroup:
    :raises NotAllowed:
    :raises GivesTooMuch:
    """
    with transaction.atomic():
        found = group(name, person)
        _insist_on_having_all_of(found, person)
        _audit("group", name, {"members": people.members_of(found)}, None, person, clock)
        people.remove_group(found)


def grant_list(person: Person) -> QuerySet[Grant]:
    """Return all grants with whom they are given to, to be narrowed, sorted and cut into pages.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return people.grants()


def group_list(person: Person) -> QuerySet[Group]:
    """Return all groups with their members and grants.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return people.groups()


def grant(name: str, person: Person) -> Grant:
    """Return one.

    :raises NoSuchGrant:
    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    found = people.grant_named(name)
    if found is None:
        raise NoSuchGrant(
            f"no grant is called {name!r}: {one_of(people.grants().values_list('name', flat=True), name)}"
        )
    return found


def group(name: str, person: Person) -> Group:
    """Return one.

    :raises NoSuchGroup:
    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return _group(name)


def rights_of(user: User, person: Person) -> tuple[Granted, ...]:
    """Return all that somebody may do, in person or by a group.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return granted_to(user)


def shown_grant(grant: Grant) -> dict[str, Any]:
    """Return a grant as plain lists, as it stands in the record."""
    return {
        **granted_by(grant).as_row(),
        "users": sorted(user.username for user in grant.users.all()),
        "groups": sorted(group.name for group in grant.groups.all()),
    }


def _group(name: str) -> Group:
    found = people.group_named(name)
    if found is None:
        known = people.groups().values_list("name", flat=True)
        raise NoSuchGroup(f"no group is called {name!r}: {one_of(known, name)}")
    return found


def _users(names: Iterable[str]) -> list[User]:
    found = []
    for name in names:
        user = people.user_named(name)
        if user is None:
            raise NotAGrant(f"nobody is called {name!r}: {one_of(people.usernames(), name)}")
        found.append(user)
    return found


def _insist_on_having_all_of(group: Group, person: Person) -> None:
    person.insist_on_having(map(granted_by, people.grants_to(group)), f"change who is among the {group.name}")


def _insist_on_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise NotAGrant(f"{name!r} is no name: at most 100 letters, digits, spaces and . @ + - _")


def _audit(kind: str, name: str, before: Any, after: Any, person: Person, clock: Clock) -> None:
    change = ObjectChange(kind=kind, name=name, before=before, after=after)
    write_entries([change], action=f"{change.verb} {kind}", author=person.author, at=clock.now())
