"""People and what was granted to them."""

from django.contrib.auth.models import AnonymousUser

from hanse.actions.rights import EVERYTHING, Granted, Person, Right
from hanse.store import people
from hanse.store.models import Grant, User


def person_for(user: User | AnonymousUser, door: str) -> Person:
    """Return the person that `user` is, with all that was granted to them or to their groups. One query.

    A superuser may do everything; somebody who is not logged in, or was switched off, nothing.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Person(who="", door=door)
    if user.is_superuser:
        return Person(who=user.get_username(), door=door, granted=(EVERYTHING,))
    return Person(who=user.get_username(), door=door, granted=tuple(map(_granted, people.grants_of(user))))


def _granted(grant: Grant) -> Granted:
    return Granted(
        rights=frozenset(map(Right, grant.rights)),
        kinds=frozenset(grant.kinds),
        sites=frozenset(grant.sites),
        asns=frozenset(grant.asns),
    )
