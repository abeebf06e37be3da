"""Who is told of alerts: added, changed, removed, tested. Secrets go in and never come out again."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from hanse.actions.alert_words import test_body
from hanse.actions.alerts import send_soon
from hanse.actions.rights import Person, Right
from hanse.actions.targets import LONGEST, insist_on_target
from hanse.actions.world import World
from hanse.monitor.alert_kinds import AlarmKind
from hanse.monitor.telling.message import Told
from hanse.monitor.telling.targets import Means
from hanse.network.errors import WantedError
from hanse.network.wanted.sentences import one_of
from hanse.store import deliveries
from hanse.store.alert_states import DeliveryState
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import Delivery, Recipient

LONGEST_NAME: Final = 100  # letters


class NoSuchRecipient(WantedError):
    """There is no recipient of that name."""


class RecipientExists(WantedError):
    """Another recipient has this name."""


class NotARecipient(WantedError):
    """A recipient lacks its name, or wants to be told of what there is not."""


class NoSuchDelivery(WantedError):
    """There is no delivery of that number."""


class NotGivenUp(WantedError):
    """Only what was given up is sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a recipient is to be; empty `kinds`: all.

    `secret` None: as it is, and for a new webhook one that Hanse makes.
    """

    name: str
    means: Means
    target: str
    secret: str | None = None
    kinds: tuple[str, ...] = ()
    is_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A new recipient. `secret` is what Hanse made for it, to be shown this once; empty: it made none."""

    recipient: Recipient
    secret: str


def recipient_list(person: Person) -> QuerySet[Recipient]:
    """Return who is told, by name.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return deliveries.recipients()


def recipient(name: str, person: Person) -> Recipient:
    """Return one recipient.

    :raises NoSuchRecipient:
    :raises NotAllowed:
    """
    rows = recipient_list(person)
    row = rows.filter(name=name).first()
    if row is None:
        raise NoSuchRecipient(f"there is no recipient {name!r}: {one_of([one.name for one in rows], name)}")
    return row


def add_recipient(wish: Wish, person: Person, *, world: World) -> Added:
    """Put down who is told from now on.

    :raises NotARecipient:
    :raises NotAWebhook:
    :raises NotAMailAddress:
    :raises RecipientExists:
    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    _insist_on(wish)
    made = token_urlsafe(32) if wish.means is Means.WEBHOOK and wish.secret is None else ""
    row = Recipient(name=wish.name)
    _write(row, wish, secret=wish.secret or made, before=None, person=person, world=world)
    return Added(recipient=row, secret=made)


def change_recipient(name: str, wish: Wish, person: Person, *, world: World) -> Recipient:
    """Make a recipient what is wished.

    :raises NoSuchRecipient:
    :raises NotARecipient:
    :raises NotAWebhook:
    :raises NotAMailAddress:
    :raises RecipientExists:
    :raises NotAllowed:
    """
    row = recipient(name, person)
    _insist_on(wish)
    secret = (row.secret or "") if wish.secret is None else wish.secret
    _write(row, wish, secret=secret, before=tree(row), person=person, world=world)
    return row


def set_recipient(wish: Wish, person: Person, *, world: World) -> str:
    """Add or change the recipient of that name; return the secret that Hanse made for it, empty if it made none.

    :raises NotARecipient:
    :raises NotAWebhook:
    :raises NotAMailAddress:
    :raises NotAllowed:
    """
    if recipient_list(person).filter(name=wish.name).exists():
        change_recipient(wish.name, wish, person, world=world)
        return ""
    return add_recipient(wish, person, world=world).secret


def _insist_on(wish: Wish) -> None:
    if not wish.name.strip() or len(wish.name) > LONGEST_NAME or "/" in wish.name:
        raise NotARecipient(f"a recipient has a name of 1 to {LONGEST_NAME} letters, none of them a slash")
    for kind in wish.kinds:
        if kind not in set(AlarmKind):
            raise NotARecipient(f"no alert is called {kind!r}: {one_of([str(one) for one in AlarmKind], kind)}")
    if len(wish.target) > LONGEST:
        raise NotARecipient(f"a target has {LONGEST} letters at most")
    insist_on_target(wish.means, wish.target)


def _write(row: Recipient, wish: Wish, *, secret: str, before: Any, person: Person, world: World) -> None:
    row.name, row.means, row.target, row.secret = wish.name, wish.means.value, wish.target, secret or None
    row.kinds, row.is_on, row.changed_at = sorted(set(wish.kinds)), wish.is_on, world.clock.now()
    try:
        with transaction.atomic():
            row.save()
            _audit(row.name, before, tree(row), person, world)
    except IntegrityError as error:
        raise RecipientExists(f"there is a recipient {wish.name!r} already") from error


def remove_recipient(name: str, person: Person, *, world: World) -> None:
    """Tell this one no more; what it was told is forgotten with it.

    :raises NoSuchRecipient:
    :raises NotAllowed:
    """
    row = recipient(name, person)
    with transaction.atomic():
        _audit(name, tree(row), None, person, world)
        row.delete()


def send_test(name: str, person: Person, *, world: World) -> Delivery:
    """Queue a test and have it sent at once; what becomes of it stands in the delivery.

    :raises NoSuchRecipient:
    :raises NotAllowed:
    """
    row = recipient(name, person)
    at = world.clock.now()
    with transaction.atomic():
        body = test_body(url=world.telling.url, at=at)
        delivery = deliveries.queue_test(row, Told.TEST.value, body=body, at=at)
        change = ObjectChange(kind="recipient", name=name, before=None, after={"delivery": delivery.pk})
        write_entries([change], action="test recipient", author=person.author, at=at)
    send_soon(world)
    return delivery


def delivery_list(person: Person) -> QuerySet[Delivery]:
    """Return everything that was told, or is to be, the latest first.

    :raises NotAllowed:
    """
    person.insist(Right.ADMINISTER)
    return deliveries.delivery_list()


def send_again(number: int, person: Person, *, world: World) -> Delivery:
    """Try once more what was given up.

    :raises NoSuchDelivery:
    :raises NotGivenUp:
    :raises NotAllowed:
    """
    row = delivery_list(person).filter(pk=number).first()
    if row is None:
        raise NoSuchDelivery(f"there is no delivery {number}")
    at = world.clock.now()
    if row.state != DeliveryState.GIVEN_UP:
        raise NotGivenUp(f"delivery {number} is {row.state}: only what was given up is sent again")
    with transaction.atomic():
        if not deliveries.ask_again(row, at=at):
            raise NotGivenUp(f"somebody else has delivery {number} sent again")
        change = ObjectChange(
            kind="delivery", name=f"{number}", before={"state": "given up"}, after={"state": row.state}
        )
        write_entries([change], action="send again", author=person.author, at=at)
    send_soon(world)
    return row


def _audit(name: str, before: Any, after: Any, person: Person, world: World) -> None:
    change = ObjectChange(kind="recipient", name=name, before=before, after=after)
    write_entries([change], action=f"{change.verb} recipient", author=person.author, at=world.clock.now())


def tree(row: Recipient) -> dict[str, Any]:
    """Return a recipient as plain values, without what nobody may see."""
    return {
        "name": row.name,
        "means": row.means,
        "target": row.shown,
        "kinds": row.kinds,
        "is_on": row.is_on,
        "signed": bool(row.secret),
    }
