"""Users, groups and grants."""

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from hanse.store.models import Grant, User


def grants_of(user: User) -> tuple[Grant, ...]:
    """Return what was granted to `user`, in person or by a group. One query."""
    return tuple(Grant.objects.filter(Q(users=user) | Q(groups__user=user)).distinct())


def administrators() -> QuerySet[User]:
    """Return everybody who can do everything and can log in."""
    return User.objects.filter(is_superuser=True, is_active=True)


def users() -> QuerySet[User]:
    """Return everybody, by name, with their groups and own grants."""
    return User.objects.order_by("username").prefetch_related("groups", "grants")


def usernames() -> tuple[str, ...]:
    """Return all names."""
    return tuple(User.objects.values_list("username", flat=True))


def user_named(username: str) -> User | None:
    """Return who has that name, however it is capitalised, for so they log in."""
    return User.objects.filter(username__iexact=username).first()


def has_email(email: str, *, but: User | None) -> bool:
    """Say whether somebody else than `but` has that mail address."""
    return User.objects.filter(email__iexact=email).exclude(pk=(but.pk if but else None) or 0).exists()


def came_by_sign_on(user: User) -> bool:
    """Say whether a provider of single sign-on knows that account."""
    return bool(SocialAccount.objects.filter(user_id=user.pk).exists())


def forget_email(user: User) -> None:
    """Take the mail address off an account."""
    user.email = ""
    user.save(update_fields=["email"])


def free_name(name: str) -> str:
    """Return `name`, with a number behind it if somebody has it."""
    taken = {taken.lower() for taken in usernames()}
    numbered = (f"{name}{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def make_user(username: str, *, password: str, email: str = "", is_superuser: bool = False) -> User:
    """Make somebody."""
    return User.objects.create_user(username, email=email, password=password, is_superuser=is_superuser)


def write_user(user: User) -> None:
    """Keep what was changed."""
    user.save(update_fields=["email", "is_active", "is_superuser"])


def write_password(user: User, password: str) -> None:
    """Keep the hash of a new password."""
    user.set_password(password)
    user.save(update_fields=["password"])


def remove_user(user: User) -> None:
    """Remove somebody."""
    user.delete()


def forget_second_factor(user: User) -> None:
    """Remove the keys and recovery codes of somebody's second factor."""
    Authenticator.objects.filter(user=user).delete()


def has_second_factor(user: User) -> bool:
    """Say whether somebody has set one up."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def is_without_roles() -> bool:
    """Say whether there is neither group nor grant."""
    return not Group.objects.exists() and not Grant.objects.exists()


def make_role(name: str, row: Mapping[str, Any]) -> None:
    """Make a group with a grant of its name."""
    grant = Grant.objects.create(name=name, **row)
    grant.groups.add(Group.objects.create(name=name))


def write_groups(user: User, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Put `user` into the groups of `names` that there are, and out of all others; return those before and after."""
    before = sorted(user.groups.values_list("name", flat=True))
    groups = Group.objects.filter(name__in=list(names))
    user.groups.set(groups)
    return before, sorted(group.name for group in groups)


def grants() -> QuerySet[Grant]:
    """Return all grants, by name, with whom they are given to."""
    return Grant.objects.order_by("name").prefetch_related("users", "groups")


def grant_named(name: str) -> Grant | None:
    """Return the grant of that name."""
    return Grant.objects.filter(name=name).first()


def grants_to(group: Group) -> QuerySet[Grant]:
    """Return what was granted to a group."""
    return Grant.objects.filter(groups=group)


def write_grant(name: str, row: Mapping[str, Any], *, users: Iterable[User], groups: Iterable[Group]) -> None:
    """Keep a grant, in place of an older one of that name."""
    grant, _ = Grant.objects.update_or_create(name=name, defaults=row)
    grant.users.set(users)
    grant.groups.set(groups)


def remove_grant(grant: Grant) -> None:
    """Remove one."""
    grant.delete()


def groups() -> QuerySet[Group]:
    """Return all groups, by name, with their members and grants."""
    return Group.objects.order_by("name").prefetch_related("user_set", "grants")


def group_named(name: str) -> Group | None:
    """Return the group of that name."""
    return Group.objects.filter(name=name).first()


def members_of(group: Group) -> list[str]:
    """Return the names of those in it."""
    return sorted(user.username for user in User.objects.filter(groups=group))


def write_group(name: str, members: Iterable[User]) -> None:
    """Keep a group with exactly these members."""
    group, _ = Group.objects.get_or_create(name=name)
    User.groups.through.objects.filter(group=group).delete()
    User.groups.through.objects.bulk_create(User.groups.through(group=group, user=user) for user in members)


def remove_group(group: Group) -> None:
    """Remove one."""
    group.delete()
