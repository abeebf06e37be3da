"""People, what they may do, and the tokens that speak for them."""

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from knox.models import AbstractAuthToken


class User(AbstractUser):  # type: ignore[django-manager-missing]  # that of the tokens, from a package without types
    """Somebody who logs in. A superuser may do everything."""


class Grant(models.Model):
    """Rights that people and groups have: on which kinds of object, and within which sites or AS numbers.

    Empty `kinds`, `sites` or `asns` limit nothing.
    """

    name = models.CharField(max_length=100, unique=True)
    rights = models.JSONField(default=list)  # of actions.people.Right
    kinds = models.JSONField(default=list)
    sites = models.JSONField(default=list)
    asns = models.JSONField(default=list)
    users = models.ManyToManyField(User, blank=True, related_name="grants")
    groups = models.ManyToManyField(Group, blank=True, related_name="grants")

    def __str__(self) -> str:
        return self.name


class ApiToken(AbstractAuthToken):  # type: ignore[misc]  # the package tells no types
    """A token for the API, hashed. It may do what its user may, or less."""

    name = models.CharField(max_length=100)
    may_write = models.BooleanField(default=False)
    networks = models.JSONField(default=list)  # prefixes that it may come from; empty: anywhere
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"


class Counted(models.Model):
    """A row of Django's cache in the database, which makes no table by itself. It counts failed log-ins."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
