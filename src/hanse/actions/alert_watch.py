"""Alerts about what no look at a router shows. Their causes stand in rows: nothing is missed when a worker dies."""

from collections.abc import Iterable

from django.db import transaction

from hanse.actions.alert_steps import over
from hanse.actions.alerting import clear_what_nobody_wants, tell_what_is_due
from hanse.actions.world import World
from hanse.deploy.stages import Stage
from hanse.monitor.alert_kinds import AlarmKind, key_of
from hanse.monitor.alerts import Alarm
from hanse.monitor.alerts_standing import drift_alarm, lost_job_alarm, undone_alarm
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import NodeStatus
from hanse.store import alert_sources, alerts, snapshot
from hanse.store.models import Alert, Deployment, Job
from hanse.store.snapshot import NothingWanted


def watch(world: World) -> int:
    """Raise and clear what stands in other rows, and queue what is due; return how many alerts are told.

    Call it once a minute. It may run twice at once.
    """
    try:
        network = snapshot.load()
    except NothingWanted:
        return 0
    raised = (*_drifted(network, world), *_undone(network, world), *_lost(network, world))
    with transaction.atomic():
        alerts.raise_alarms(raised, after=world.telling.after)
        for alert in alert_sources.open_standing():
            alerts.still_wrong(alert, is_quiet=_is_quiet(network, alert.node), at=world.clock.now())
    clear_what_nobody_wants(network, world)
    _clear_drift(network, world)
    _clear_undone(world)
    _clear_lost(world)
    return tell_what_is_due(world)


def _is_quiet(network: Network, node: str) -> bool:
    return node in network.nodes and network.nodes[node].status is not NodeStatus.ACTIVE


def _site(network: Network, node: str) -> str:
    return network.nodes[node].site if node in network.nodes else ""


def _drifted(network: Network, world: World) -> Iterable[Alarm]:
    known = [alert.node for alert in _open(AlarmKind.DRIFT)]
    for row in alert_sources.drifted(without=known):
        yield drift_alarm(
            row.node,
            site=row.site,
            diff=row.drift or "",
            at=row.drift_at or world.clock.now(),
            is_quiet=_is_quiet(network, row.node),
        )


def _undone(network: Network, world: World) -> Iterable[Alarm]:
    rows = alert_sources.undone(world.clock.now() - alert_sources.NEWS)
    keys = {row.name: key_of(AlarmKind.DEPLOYMENT_UNDONE, row.node, row.name) for row in rows}
    known = alerts.known_keys(keys.values())
    for row in rows:
        if keys[row.name] not in known:
            yield _undone_alarm(row, network, world)


def _undone_alarm(row: Deployment, network: Network, world: World) -> Alarm:
    return undone_alarm(
        row.name,
        node=row.node,
        site=_site(network, row.node),
        in_doubt=row.stage == Stage.IN_DOUBT,
        outcome=row.outcome,
        at=row.ended_at or world.clock.now(),
        is_quiet=_is_quiet(network, row.node),
    )


def _lost(network: Network, world: World) -> Iterable[Alarm]:
    rows = alert_sources.lost_jobs(world.clock.now() - alert_sources.NEWS)
    keys = {row.pk: key_of(AlarmKind.JOB_LOST, row.device, f"{row.pk}") for row in rows}
    known = alerts.known_keys(keys.values())
    for row in rows:
        if keys[row.pk] not in known:
            yield _lost_alarm(row, network, world)


def _lost_alarm(row: Job, network: Network, world: World) -> Alarm:
    return lost_job_alarm(
        row.pk,
        kind=row.kind,
        node=row.device,
        site=_site(network, row.device),
        who=row.who,
        at=row.ended_at or world.clock.now(),
        is_quiet=_is_quiet(network, row.device),
    )


def _clear_drift(network: Network, world: World) -> None:
    at, found = world.clock.now(), _open(AlarmKind.DRIFT)
    well = alert_sources.without_drift(alert.node for alert in found)
    for alert in found:
        if alert.node in well:
            over(alert, why="it runs what Hanse installed again", world=world, at=at)
        elif alert.node not in network.nodes:
            over(alert, why="nobody wants the router any more", world=world, at=at)


def _clear_undone(world: World) -> None:
    """The next deployment that is kept makes good for one that was undone; one in doubt may turn out to be kept."""
    at, found = world.clock.now(), _open(AlarmKind.DEPLOYMENT_UNDONE)
    if not found:
        return
    rows = alert_sources.stages_of(alert.thing for alert in found)
    kept = alert_sources.last_kept(alert.node for alert in found)
    for alert in found:
        row = rows.get(alert.thing)
        name, began = kept.get(alert.node, ("", None))
        if row is None:
            over(alert, why="the deployment is on record no more", world=world, at=at)
        elif row.stage not in alert_sources.UNSURE:
            over(alert, why=f"it turned out to be {row.stage}", world=world, at=at)
        elif began is not None and began > row.created_at:
            over(alert, why=f"the deployment {name} was kept", world=world, at=at)


def _clear_lost(world: World) -> None:
    at, found = world.clock.now(), _open(AlarmKind.JOB_LOST)
    good = alert_sources.made_good(int(alert.thing) for alert in found) if found else ()
    for alert in found:
        if int(alert.thing) in good:
            over(alert, why="it was run again and ended well", world=world, at=at)


def _open(kind: AlarmKind) -> tuple[Alert, ...]:
    return tuple(alerts.open_ones().filter(kind=kind).order_by("pk"))
