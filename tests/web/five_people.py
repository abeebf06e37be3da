"""The five who walk every route: nobody, a reader, an editor, a deployer and an administrator; and Carol, a tenant."""

from collections.abc import Mapping
from typing import Final

from django.test import Client

from fakes.clock import FakeClock
from hanse.actions.grants import Given, put_grant, put_group
from hanse.actions.rights import Granted, Right, operator
from hanse.actions.roles import ROLES
from hanse.store.models import User

ALICE: Final = operator("alice")
CLOCK: Final = FakeClock()
ANONYMOUS: Final = "anonymous"
MEMBERS: Final = {"reader": "readers", "editor": "editors", "deployer": "deployers"}
FIVE: Final = (ANONYMOUS, *MEMBERS, "admin")  # in the order of the table
SESSION: Final = "sessionid"


def five_people() -> dict[str, str]:
    """Put the five into the store, and return the session of each; nobody's is empty."""
    users = {name: User.objects.create(username=name) for name in (*MEMBERS, "carol")}
    for name, group in MEMBERS.items():
        put_group(name=group, members=[name], person=ALICE, clock=CLOCK)
        put_grant(given=Given(name=group, granted=ROLES[group], groups=(group,)), person=ALICE, clock=CLOCK)
    users["admin"] = User.objects.create(username="admin", is_superuser=True)
    return {ANONYMOUS: "", **{name: session_of(user) for name, user in users.items()}}


def grant_carol(
    *, rights: tuple[Right, ...] = (Right.VIEW,), sites: tuple[str, ...] = (), asns: tuple[int, ...] = ()
) -> None:
    """Let Carol do this within these limits, and nothing else."""
    granted = Granted(rights=frozenset(rights), sites=frozenset(sites), asns=frozenset(asns))
    put_grant(given=Given(name="carols", granted=granted, users=("carol",)), person=ALICE, clock=CLOCK)


def session_of(user: User) -> str:
    """Return the key of a session in which `user` is logged in."""
    client = Client()
    client.force_login(user)
    return client.cookies[SESSION].value


def client_in(session: str, headers: Mapping[str, str] | None = None) -> Client:
    """Return a browser in that session; whatever one did in it before is forgotten."""
    client = Client(raise_request_exception=False, headers=dict(headers or {}))
    if session:
        client.cookies[SESSION] = session
    return client
