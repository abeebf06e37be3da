"""Browsers in which somebody is logged in, and what a page shows there."""

from django.test import Client

from hanse.store.models import Grant, User


def browser_of(user: User) -> Client:
    """Return the browser of `user`."""
    client = Client()
    client.force_login(user)
    return client


def browser_with(name: str, *rights: str, sites: tuple[str, ...] = ()) -> Client:
    """Return the browser of somebody new who has these rights, everywhere or at `sites` only."""
    user = User.objects.create_user(name)
    Grant.objects.create(name=f"of {name}", rights=list(rights), sites=list(sites)).users.add(user)
    return browser_of(user)


def shown(client: Client, path: str, **headers: str) -> str:
    """Return a page that is there."""
    answer = client.get(path, headers=headers or None)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
