"""What `desk_data.py` writes. Imported when Django is set up."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from desk_registered import registered_rows
from django.db import connection, transaction

from hanse.actions.wanted import import_network
from hanse.derive.devices import device_specs
from hanse.derive.expected import wanted_neighbours, wanted_sessions
from hanse.derive.spec import DeviceSpec
from hanse.devices.clock import SystemClock
from hanse.monitor.look import Look, Unanswered
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.seen.device import OspfState, SeenDevice, SeenInterface, SeenOspfNeighbour
from hanse.network.values.addresses import Family
from hanse.network.wanted.network import Network
from hanse.store import sightings, standings
from hanse.store.audit import Author
from hanse.store.models import (
    Alert,
    AuditEntry,
    ChangeRecord,
    Deployment,
    DeploymentStep,
    Job,
    PlannedDevice,
    PlanRecord,
    Poll,
    SessionSample,
    User,
)
from network import network

NOW: Final = datetime.now(UTC).replace(microsecond=0)
AUTHOR: Final = Author(who="alice", door="cli")
DOWN_EVERY: Final = 97  # sessions
SILENT_EVERY: Final = 211  # routers
CHANGES_A_DAY: Final = 5000
AUDIT: Final = 50_000
JOBS: Final = 20_000
DEPLOYMENTS: Final = 5_000
TEXT: Final = "".join(f"line {number} of a configuration that somebody may want to look at\n" for number in range(200))
Step = tuple[str, Callable[[], object]]


def steps(routers: int, members: int, border_every: int, days: int) -> list[Step]:
    """Return what is to be done, in order: what it writes, and the work, which returns how much that was."""
    wanted = network(routers, members, border_every)
    return [
        ("objects imported", lambda: len(import_network(network=wanted, author=AUTHOR, clock=SystemClock()))),
        ("looks put down", lambda: _poll(wanted)),
        ("samples", lambda: _samples(days)),
        ("polls", lambda: _polls(days)),
        ("changes", lambda: _bulk(ChangeRecord, _changes(wanted, days))),
        ("audit entries", lambda: _bulk(AuditEntry, _audit(wanted, days))),
        ("jobs", lambda: _bulk(Job, _jobs(wanted, days))),
        ("plans", lambda: _plans(wanted, days)),
        ("deployments", lambda: _deployments(wanted, days)),
        ("alerts", lambda: _bulk(Alert, _alerts(wanted, days))),
        ("PeeringDB", lambda: registered_rows(wanted, at=NOW)),
        ("people", _people),
        ("standings made anew", _rebuild),
    ]


def _bulk(model: Any, rows: Iterator[Any]) -> int:
    with transaction.atomic():
        return len(model.objects.bulk_create(rows, batch_size=5000))


def _poll(wanted: Network) -> int:
    """Put down one look at each router: nearly everything is up."""
    specs = device_specs(wanted)
    with transaction.atomic():
        for number, spec in enumerate(specs.values(), 1):
            sightings.put_down(_silence(spec) if number % SILENT_EVERY == 0 else _look(spec, number))
    return len(specs)


def _silence(spec: DeviceSpec) -> Unanswered:
    return Unanswered(node=spec.name, taken_at=NOW, took=timedelta(seconds=30), reason="no route to host")


def _look(spec: DeviceSpec, number: int) -> Look:
    since = NOW - timedelta(days=3)
    return Look(
        node=spec.name,
        taken_at=NOW - timedelta(seconds=number % 300),
        took=timedelta(seconds=1),
        device=SeenDevice(
            hostname=spec.name, vendor="Debian", model="VM", os_version="12", uptime=timedelta(days=number % 400)
        ),
        sessions=tuple(
            SeenSession(
                remote_address=one.remote_address,
                remote_asn=one.remote_asn,
                state=BgpState.ACTIVE if one.external and index % DOWN_EVERY == 7 else BgpState.ESTABLISHED,
                since=since,
                counts=(RouteCounts(family=Family(one.remote_address.version), received=900, accepted=850),),
            )
            for index, one in enumerate(wanted_sessions(spec))
        ),
        neighbours=tuple(
            SeenOspfNeighbour(
                version=one.version, interface=one.interface, router_id=one.router_id, state=OspfState.FULL, since=since
            )
            for one in wanted_neighbours(spec)
        ),
        interfaces=tuple(
            SeenInterface(name=one.name, is_enabled=True, is_up=(number + index) % 500 != 3, addresses=one.addresses)
            for index, one in enumerate(spec.interfaces)
        ),
    )


def _samples(days: int) -> int:
    """Write a sample of each eBGP session and hour. Its indexes are made afterwards: so it takes a minute, not ten."""
    hours = days * 24
    text = "datetime(%s, '-' || hour || ' hours')"
    return _filled(
        SessionSample,
        f"""
        WITH RECURSIVE hours(hour) AS (SELECT {hours} UNION ALL SELECT hour - 1 FROM hours WHERE hour > 1)
        INSERT INTO store_sessionsample (node, vrf, remote_address, at, state, received, accepted, sent)
        SELECT node, vrf, remote_address, {text}, 'established', 900 + hour %% 50, 850 + hour %% 50, 40
        FROM (SELECT * FROM store_sessionstanding WHERE NOT is_internal ORDER BY node, remote_address), hours
        """,
    )


def _polls(days: int) -> int:
    """Write a poll of each router every five minutes."""
    times = days * 24 * 12
    text = "datetime(%s, '-' || (five * 5) || ' minutes')"
    return _filled(
        Poll,
        f"""
        WITH RECURSIVE times(five) AS (SELECT {times} UNION ALL SELECT five - 1 FROM times WHERE five > 1)
        INSERT INTO store_poll (node, at, took, ok, error)
        SELECT node, {text}, 1000000, 1, '' FROM times, store_routerstanding
        """,
    )


def _filled(model: Any, statement: str) -> int:
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:  # noqa: SLF001  # public in all but name
            editor.remove_index(model, index)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute(statement, [f"{NOW:%Y-%m-%d %H:%M:%S}"])
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:  # noqa: SLF001  # public in all but name
            editor.add_index(model, index)
    return int(model.objects.count())


def _changes(wanted: Network, days: int) -> Iterator[ChangeRecord]:
    sessions = [(spec.name, one) for spec in device_specs(wanted).values() for one in spec.bgp.external]
    step = timedelta(days=1) / CHANGES_A_DAY
    for number in range(days * CHANGES_A_DAY):
        node, session = sessions[number * 7919 % len(sessions)]
        is_down = number % 2 == 0
        kind = "went down" if is_down else "came up"
        yield ChangeRecord(
            node=node,
            subject="BGP session",
            key=str(session.remote_address),
            kind=kind,
            sentence=f"{node}: BGP session {session.remote_address} {kind}",
            before="established" if is_down else "active",
            after="active" if is_down else "established",
            why="Hold timer expired" if is_down else "",
            at=NOW - timedelta(days=days) + number * step,
        )


def _audit(wanted: Network, days: int) -> Iterator[AuditEntry]:
    names = sorted(wanted.sessions)
    for number in range(AUDIT):
        name = names[number * 31 % len(names)]
        yield AuditEntry(
            at=NOW - timedelta(days=days) * (1 - number / AUDIT),
            who=("alice", "carol")[number % 2],
            door=("page", "api", "cli")[number % 3],
            action="change",
            kind="sessions",
            name=name,
            before={"asn": 64512, "status": "enabled", "addresses": ["192.0.2.1"]},
            after={"asn": 64512, "status": "maintenance", "addresses": ["192.0.2.1"]},
        )


def _jobs(wanted: Network, days: int) -> Iterator[Job]:
    nodes = sorted(wanted.nodes)
    for number in range(JOBS):
        began = NOW - timedelta(days=days) * (1 - number / JOBS)
        state = "failed" if number % 100 == 3 else "lost" if number == JOBS - 10 else "done"
        yield Job(
            kind=("poll", "drift", "plan", "ping")[number % 4],
            device=nodes[number % len(nodes)],
            state=state,
            who="alice",
            schedule="poll" if number % 4 == 0 else "",
            created_at=began,
            started_at=began,
            ended_at=began + timedelta(seconds=3),
            progress="done",
            log="asking\ndone\n" * 10,
            result={"asked": 1},
        )


def _plans(wanted: Network, days: int) -> int:
    nodes = sorted(wanted.nodes)
    plans = PlanRecord.objects.bulk_create(
        PlanRecord(
            checksum=f"{number:064x}", title=f"plan {number}", who="alice", door="page", at=_at(number, 300, days)
        )
        for number in range(300)
    )
    _bulk(
        PlannedDevice,
        (
            PlannedDevice(
                plan=plan,
                node=nodes[(plan.pk * 13 + number) % len(nodes)],
                driver="linux",
                text=TEXT,
                before_text=TEXT,
                diff="-old\n+new\n",
                lines_added=1,
                lines_removed=1,
            )
            for plan in plans
            for number in range(10)
        ),
    )
    return len(plans)


def _at(number: int, count: int, days: int) -> datetime:
    return NOW - timedelta(days=days) * (1 - number / count)


def _deployments(wanted: Network, days: int) -> int:
    nodes = sorted(wanted.nodes)
    written = _bulk(
        Deployment,
        (
            Deployment(
                name=f"deployment-{number}",
                node=nodes[number * 7 % len(nodes)],
                site=wanted.nodes[nodes[number * 7 % len(nodes)]].site,
                driver="linux",
                checksum=f"{number:064x}",
                text=TEXT,
                before_text=TEXT,
                diff="-old\n+new\n",
                stage="trial" if number == DEPLOYMENTS - 1 else "reverted" if number % 200 == 9 else "kept",
                who="alice",
                door="page",
                created_at=_at(number, DEPLOYMENTS, days),
                ended_at=_at(number, DEPLOYMENTS, days) + timedelta(minutes=1),
                heartbeat_at=NOW,
                outcome="found good, kept",
            )
            for number in range(DEPLOYMENTS)
        ),
    )
    _bulk(
        DeploymentStep,
        (
            DeploymentStep(deployment_id=pk, at=NOW, event="begun", stage="staging", detail="")
            for pk in Deployment.objects.values_list("pk", flat=True)
            for _ in range(5)
        ),
    )
    return written


def _alerts(wanted: Network, days: int) -> Iterator[Alert]:
    nodes = sorted(wanted.nodes)
    for number in range(5000):
        node = nodes[number % len(nodes)]
        is_open = number > 4950
        yield Alert(
            key=f"session-down {node} {number}",
            kind="session-down",
            node=node,
            site=wanted.nodes[node].site,
            name=f"session {number}",
            sentence=f"{node}: session {number} is down",
            state="firing" if is_open else "cleared",
            fired_at=_at(number, 5000, days),
            last_at=_at(number, 5000, days),
            cleared_at=None if is_open else NOW,
        )


def _people() -> int:
    User.objects.create_superuser("alice", password=None)
    return 1


def _rebuild() -> str:
    with transaction.atomic():
        standings.rebuild(at=NOW)
    return ""
