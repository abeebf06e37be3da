"""Tokens for the API: each speaks for one person, may do what they may or less, and is shown once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from hanse.actions.people import granted_to
from hanse.actions.people import person_for as person_of_user
from hanse.actions.rights import NotAllowed, Person, Right
from hanse.devices.clock import Clock
from hanse.network.errors import WantedError
from hanse.network.wanted.sentences import one_of
from hanse.store import people, tokens
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import ApiToken, User

NOTED_EVERY: Final = timedelta(minutes=1)  # that a token was used is written no more often
LONGEST: Final = 100  # characters of a name


class NotAToken(WantedError):
    """There is no such token, or whoever it speaks for was switched off."""


class TokenExpired(NotAToken):
    """Its time is over."""


class NotFromHere(NotAToken):
    """It may not come from this address."""


class BadToken(WantedError):
    """A token cannot be made so."""


def make(
    *,
    name: str,
    may_write: bool = False,
    networks: Iterable[str] = (),
    expires: datetime | None = None,
    of: str = "",
    person: Person,
    clock: Clock,
) -> str:
    """Make a token and return its text, which cannot be had again. It speaks for `person`, or for the user `of`.

    It may come from `networks` only, from anywhere if there are none.

    :raises BadToken:
    :raises NotAllowed: asked by nobody, by a token that may not write, or by one with an end or networks: what it
        made would outlive it
    :raises GivesTooMuch: the other user may do more than `person`
    """
    if person.read_only or person.fenced:
        raise NotAllowed(
            f"{person.who} may not make tokens with a token that may not write, or not for ever from anywhere"
        )
    user = _speaks_for(of, person)
    if not name.strip() or len(name) > LONGEST:
        raise BadToken(f"a token needs a name of at most {LONGEST} characters that says what it is for")
    if expires is not None and expires <= clock.now():
        raise BadToken(f"{expires:%Y-%m-%d %H:%M} is over already")
    prefixes = [_network(text) for text in networks]
    with transaction.atomic():
        text = tokens.make(user, name=name, may_write=may_write, networks=prefixes, expiry=expires)
        until = expires.isoformat() if expires else None
        after = {"of": user.username, "may_write": may_write, "networks": prefixes, "until": until}
        _audit("make token", ObjectChange(kind="token", name=name, before=None, after=after), person, clock)
    return text


def revoke(*, key: str, person: Person, clock: Clock) -> None:
    """End a token: one's own, or with the right to administer anybody's. `key`: its first characters, as lists show.

    :raises NotAToken:
    :raises NotAllowed: asked by a token that may not write
    """
    with transaction.atomic():
        found = token_list(person, of_everybody=person.may(Right.ADMINISTER)).filter(token_key=key).first()
        if found is None:
            raise NotAToken(f"there is no token {key!r} here")
        if person.read_only:
            raise NotAllowed(f"{person.who} may not end tokens with a token that may not write")
        before = {"of": found.user.username, "may_write": found.may_write, "networks": found.networks}
        tokens.remove(found)
        _audit("revoke token", ObjectChange(kind="token", name=found.name, before=before, after=None), person, clock)


def token_list(person: Person, *, of_everybody: bool = False) -> QuerySet[ApiToken]:
    """Return one's own tokens, or those of everybody.

    :raises NotAllowed: somebody asks for others' tokens without the right to administer
    """
    if of_everybody:
        person.insist(Right.ADMINISTER)
        return tokens.listed()
    return tokens.listed().filter(user__username=person.who)


def person_for(token_text: str, remote_address: str, clock: Clock) -> Person:
    """Return whom a token speaks for. Two queries, and a third at most once a minute.

    :raises NotAToken:
    :raises TokenExpired:
    :raises NotFromHere:
    """
    found = tokens.found(token_text)
    if found is None or not found.user.is_active:
        raise NotAToken("there is no such token")
    at = clock.now()
    if found.expiry is not None and found.expiry <= at:
        raise TokenExpired(f"the token {found.name!r} was good until {found.expiry:%Y-%m-%d %H:%M}")
    if found.networks and not _is_within(remote_address, found.networks):
        raise NotFromHere(f"the token {found.name!r} may not come from {remote_address}")
    if found.used_at is None or found.used_at <= at - NOTED_EVERY:
        tokens.note_use(found, at=at, unless_since=at - NOTED_EVERY)
    fenced = bool(found.networks) or found.expiry is not None
    return person_of_user(found.user, "api", read_only=not found.may_write, fenced=fenced)


def _speaks_for(of: str, person: Person) -> User:
    if of and of != person.who:
        person.insist(Right.ADMINISTER)
    user = people.user_named(of or person.who)
    if user is None and of:
        raise BadToken(f"nobody is called {of!r}: {one_of(people.usernames(), of)}")
    if user is None:
        raise NotAllowed(f"{person.who or 'nobody'} may not make tokens")
    if user.username != person.who:
        person.insist_on_having(granted_to(user), f"make a token of {user.username}")
    return user


def _network(text: str) -> str:
    try:
        return str(ip_network(text.strip()))
    except ValueError as error:
        raise BadToken(f"{text!r} is no prefix: write 192.0.2.0/24 or 2001:db8::/32") from error


def _is_within(remote_address: str, networks: Iterable[str]) -> bool:
    try:
        address = ip_address(remote_address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in ip_network(network) for network in networks)


def _audit(action: str, change: ObjectChange, person: Person, clock: Clock) -> None:
    write_entries([change], action=action, author=person.author, at=clock.now())
