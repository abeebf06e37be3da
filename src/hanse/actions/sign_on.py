"""What a provider of single sign-on, or a directory, says about somebody."""

from collections.abc import Iterable

from django.db import transaction

from hanse.devices.clock import Clock
from hanse.store import people
from hanse.store.audit import Author, ObjectChange, write_entries
from hanse.store.models import User


def is_taken(email: str) -> bool:
    """Say whether somebody here has that mail address: a provider's word does not make two people one."""
    return bool(email) and people.has_email(email, but=None)


def is_kept_here(username: str) -> bool:
    """Say whether an account has a password here or came by single sign-on: a directory does not take it over."""
    user = people.user_named(username)
    return user is not None and (user.has_usable_password() or people.came_by_sign_on(user))


def leave_taken_address(user: User) -> None:
    """Take the mail address off `user` that somebody else here has: it would name two people."""
    if user.email and people.has_email(user.email, but=user):
        people.forget_email(user)


def join_groups(*, user: User, names: Iterable[str], clock: Clock) -> None:
    """Put `user` into those of our groups that are named, and out of all others: the provider knows."""
    with transaction.atomic():
        before, after = people.write_groups(user, names)
        if before != after:
            change = ObjectChange(kind="user", name=user.username, before={"groups": before}, after={"groups": after})
            write_entries([change], action="groups by sign-on", author=Author(who="hanse", door="page"), at=clock.now())
