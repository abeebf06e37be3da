"""People and what was granted to them."""

from django.contrib.auth.models import AnonymousUser

from hanse.actions.rights import EVERYTHING, Granted, Person, Right
from hanse.store import people
from hanse.store.models import Grant, User


def person_for(user: User | AnonymousUser, door: str, *, read_only: bool = False, fenced: bool = False) -> Person:
    """Return the person that `user` is, with all that was granted to them or to their groups. One query.

    A superuser may do everything; somebody who is not logged in, or was switched off, nothing.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Person(who="", door=door)
    return Person(who=user.get_username(), door=door, granted=granted_to(user), read_only=read_only, fenced=fenced)


def granted_to(user: User) -> tuple[Granted, ...]:
    """Return what was granted to somebody, whether they are switched off or not."""
    if user.is_superuser:
        return (EVERYTHING,)
    return tuple(map(granted_by, people.grants_of(user)))


def granted_by(grant: Grant) -> Granted:
    """Return what a row grants."""
    return Granted(
        rights=frozenset(map(Right, grant.rights)),
        kinds=frozenset(grant.kinds),
        sites=frozenset(grant.sites),
        asns=frozenset(grant.asns),
    )


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Say whether somebody who is logged in has set up no second factor."""
    return isinstance(user, AnonymousUser) or not people.has_second_factor(user)
