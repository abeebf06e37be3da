"""Networks that are not suggested as peers for a while."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from hanse.actions.peering.finding import exchange_named
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn
from hanse.store import peering
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.models import HiddenPeer

KIND: Final = "hidden-peer"
LONGEST: Final = timedelta(days=3660)


class NotADay(WantedError):
    """A network is hidden until a day that lies ahead, ten years at most."""


def hidden_list(person: Person, *, world: World) -> QuerySet[HiddenPeer]:
    """Return who is hidden today.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW, "autonomous_systems")
    return peering.hidden_list(world.clock.now().date())


def hide(*, asn: int, exchange: str, until: date, why: str, person: Person, world: World) -> HiddenPeer:
    """Do not suggest a network at an exchange (empty: at any) before the day `until`.

    :raises NotADay:
    :raises NoSuchExchange:
    :raises NotAllowed:
    """
    person.insist(Right.CHANGE, "sessions", asn=Asn(asn).number)
    at = world.clock.now()
    if not timedelta(0) < until - at.date() <= LONGEST:
        raise NotADay(f"{until} is no day that lies ahead: write one after {at.date()}, as {at:%Y}-12-31")
    if exchange:
        exchange_named(exchange, person)
    with transaction.atomic():
        row = peering.hide(asn=asn, exchange=exchange, until=until, why=why, who=person.who, at=at)
        after = {"asn": asn, "exchange": exchange, "until": str(until), "why": row.why}
        change = ObjectChange(kind=KIND, name=_name(asn, exchange), before=None, after=after)
        write_entries([change], action="hide peer", author=person.author, at=at)
    return row


def show(*, asn: int, exchange: str, person: Person, world: World) -> None:
    """Suggest a network again.

    :raises NotAllowed:
    """
    person.insist(Right.CHANGE, "sessions", asn=Asn(asn).number)
    with transaction.atomic():
        if not peering.show(asn=asn, exchange=exchange):
            return
        before = {"asn": asn, "exchange": exchange}
        change = ObjectChange(kind=KIND, name=_name(asn, exchange), before=before, after=None)
        write_entries([change], action="show peer", author=person.author, at=world.clock.now())


def _name(asn: int, exchange: str) -> str:
    return f"AS{asn} at {exchange}" if exchange else f"AS{asn}"
