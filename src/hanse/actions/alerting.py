"""From what was seen to alerts: after every look at a router, and once a minute for what no look shows."""

import logging
from collections.abc import Iterable, Mapping
from typing import Final

from django.db import transaction

from hanse.actions.alert_steps import over, told
from hanse.actions.world import World
from hanse.monitor.alert_kinds import SEEN, AlarmKind
from hanse.monitor.alerts import alarm_from, flaps, is_calm, why_over
from hanse.monitor.alerts_causes import Due, folded
from hanse.monitor.alerts_wanted import WantedThing, things_of
from hanse.monitor.happenings import Happening, Subject
from hanse.monitor.look import Look, Unanswered
from hanse.network.wanted.network import Network
from hanse.store import alerts
from hanse.store.models import Alert

LOG: Final = logging.getLogger(__name__)
Things = Mapping[tuple[Subject, str], WantedThing]


def notice(look: Look | Unanswered, happenings: Iterable[Happening], *, network: Network, world: World) -> None:
    """Raise what a look at a router shows to be wrong, and clear what it shows to be well again.

    One query, if nothing is wrong there and nothing changed. Nobody is told here: see `watch`.
    """
    changed = tuple(happenings)
    if not changed and not alerts.open_on(look.node):
        return
    things = things_of(network, look.node)
    raised = tuple(alarm for one in changed if (alarm := alarm_from(one, things)) is not None)
    with transaction.atomic():
        alerts.raise_alarms(raised, after=world.telling.after)
        cleared = [one for one in alerts.open_on(look.node) if not _stays(one, look, things, world)]
        if raised or cleared:
            alerts.regroup()


def _stays(alert: Alert, look: Look | Unanswered, things: Things, world: World) -> bool:
    """Say whether an alert stays open after a look, and put down what the look says about it."""
    kind, at = AlarmKind(alert.kind), look.taken_at
    why = why_over((kind, alert.thing, alert.enough), look, things)
    if not why:
        thing = things[Subject(alert.subject), alert.thing]
        alerts.still_wrong(alert, is_quiet=thing.is_quiet, at=at)
        return True
    if flaps(alert.count) and not is_calm(alert.last_at, at):
        return True
    return not over(alert, why=why, world=world, at=at)


def tell_what_is_due(world: World) -> int:
    """Queue messages about what has been wrong for long enough and stands on its own; return how many alerts.

    Many of one kind on one router become one alert with parts: it is told once.
    """
    at = world.clock.now()
    with transaction.atomic():
        alerts.regroup()
        due = {alert.key: alert for alert in alerts.due(at)}
        under = folded(Due(key=one.key, kind=one.kind, node=one.node) for one in due.values())
        for key, head in under.items():
            alerts.put_under([due[key]], due[head])
    return sum(told(alert, world=world, at=at) for key, alert in due.items() if key not in under)


def clear_what_nobody_wants(network: Network, world: World) -> int:
    """Clear what is open about routers that are wanted no more, or not there to be asked; return how many."""
    at = world.clock.now()
    cleared = 0
    for alert in alerts.open_ones().filter(kind__in=sorted(SEEN)).exclude(node__in=_asked(network)):
        cleared += over(alert, why="nobody wants the router to be asked any more", world=world, at=at)
    return cleared


def _asked(network: Network) -> list[str]:
    return [name for name, node in network.nodes.items() if node.status.is_asked]
