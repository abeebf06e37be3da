"""Users, groups and grants."""

from django.db.models import Q

from hanse.store.models import Grant, User


def grants_of(user: User) -> tuple[Grant, ...]:
    """Return what was granted to `user`, in person or by a group. One query."""
    return tuple(Grant.objects.filter(Q(users=user) | Q(groups__user=user)).distinct())
