"""Work for a worker: asked for, watched, stopped and repeated; and what comes round by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import deploying, jobs, looking, schedules
from hanse.actions.host_keys import request_learn
from hanse.actions.rollouts import Wish
from hanse.network.wanted.lookups import NoSuchNode
from hanse.web.api.lists import Listing, Row, one_row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, Asked, Operation
from hanse.web.api.rows import JobFull, JobRow, ScheduleRow
from hanse.web.api.shapes import Exact, Unreadable, given, taken
from hanse.web.api.values import listed_rows

JOBS: Final = Listing(
    route="api-job",
    row=JobRow,
    rows=lambda asked: jobs.job_list(asked.person),
    display="job {id}: {kind} {device}",
    order=("-pk",),
    is_endless=True,
)
JOB: Final = Listing(
    route="api-job", row=JobFull, rows=JOBS.rows, display=JOBS.display, order=JOBS.order, is_endless=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobArguments(Exact):
    """What a job is told. `limit`: the routers that it is about; none: all that it may be about.

    `plan`, `force` (the first digits of its checksum, to pass the safety limits) and `by_hand` are for `apply`,
    `relearn` for `learn`.
    """

    limit: tuple[str, ...] = ()
    plan: int | None = None
    force: str = ""
    by_hand: bool = False
    relearn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAsked(Exact):
    """A piece of work: poll, ping, drift, discover, learn, plan, apply, undo, configure. `device`: its one router."""

    kind: str
    device: str = ""
    arguments: JobArguments = JobArguments()

    @property
    def routers(self) -> tuple[str, ...]:
        """Return the routers that are named."""
        return (self.device,) if self.device else self.arguments.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange(Exact):
    """When a schedule comes round, and whether at all; what is left out stays."""

    cron: str | None = None
    is_on: bool | None = None


def asked_for() -> Operation:
    """Return the operation that asks for a job."""

    def answer(asked: Asked) -> Response:
        wanted: JobAsked = asked.body(JobAsked)
        _insist_on_routers(asked, wanted.routers)
        jobs.kind_of(wanted.kind)
        return accepted(asked, ASKING.get(wanted.kind, _ask)(asked, wanted))

    return Operation(
        answer=answer,
        summary="Ask for a piece of work; its row tells how it goes",
        takes=taken(JobAsked),
        gives=given(JobFull),
        status=HTTPStatus.ACCEPTED,
        failures={**MEND, **CONFLICT},
    )


def accepted(asked: Asked, number: int) -> Response:
    """Return the answer to a request that became a job."""
    row = one_row(asked, JOB, number)
    return Response(row, status=HTTPStatus.ACCEPTED, headers={"Location": row["url"]})


def _insist_on_routers(asked: Asked, names: tuple[str, ...]) -> None:
    found = looking.router_list(asked.person).filter(node__in=names).values_list("node", flat=True) if names else ()
    for name in sorted(set(names) - set(found)):
        raise NoSuchNode(f"there is no node {name!r} that you may see")


def _ask(asked: Asked, wanted: JobAsked) -> int:
    arguments = {"limit": [*wanted.arguments.limit]} if wanted.arguments.limit and not wanted.device else {}
    return jobs.ask(kind=wanted.kind, person=asked.person, world=asked.world, device=wanted.device, arguments=arguments)


def _plan(asked: Asked, wanted: JobAsked) -> int:
    return deploying.request_plan(person=asked.person, world=asked.world, nodes=wanted.routers)


def _apply(asked: Asked, wanted: JobAsked) -> int:
    if wanted.arguments.plan is None:
        raise Unreadable("arguments.plan: the number of the plan is missing")
    wish = Wish(force=wanted.arguments.force, by_hand=wanted.arguments.by_hand)
    return deploying.request_apply(wanted.arguments.plan, person=asked.person, world=asked.world, wish=wish)


def _undo(asked: Asked, wanted: JobAsked) -> int:
    if not wanted.device:
        raise Unreadable("device: the router that is to go back is missing")
    return deploying.request_undo(wanted.device, person=asked.person, world=asked.world)


def _learn(asked: Asked, wanted: JobAsked) -> int:
    return request_learn(person=asked.person, world=asked.world, nodes=wanted.routers, relearn=wanted.arguments.relearn)


# Those that are more than a row: each of them checks what it is asked before the job is put down.
ASKING: Final[Mapping[str, Callable[[Asked, JobAsked], int]]] = {
    "apply": _apply,
    "learn": _learn,
    "plan": _plan,
    "undo": _undo,
}


def stopped() -> Operation:
    """Return the operation that stops a job, or takes it out of the queue."""

    def answer(asked: Asked, number: int) -> Response:
        jobs.stop(number, asked.person, world=asked.world)
        return Response(one_row(asked, JOB, number))

    return Operation(
        answer=answer,
        summary="Stop a job where it safely can be, or take it out of the queue",
        gives=given(JobFull),
        failures={**CONFLICT, **NOT_HERE},
    )


def repeated() -> Operation:
    """Return the operation that asks for the same once more."""

    def answer(asked: Asked, number: int) -> Response:
        return accepted(asked, jobs.retry(number, asked.person, world=asked.world))

    return Operation(
        answer=answer,
        summary="Ask for the same once more, where that is safe",
        gives=given(JobFull),
        status=HTTPStatus.ACCEPTED,
        failures={**CONFLICT, **NOT_HERE},
    )


def schedules_listed() -> Operation:
    """Return the operation that gives the schedules."""

    def rows(asked: Asked) -> list[Row]:
        return [_schedule(asked, one) for one in schedules.schedule_list(asked.person)]

    return listed_rows(ScheduleRow, rows, "List what comes round")


def schedule_shown() -> Operation:
    """Return the operation that gives one schedule."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_schedule(asked, _numbered(asked, number)))

    return Operation(answer=answer, summary="Show one schedule", gives=given(ScheduleRow), failures=NOT_HERE)


def schedule_changed() -> Operation:
    """Return the operation that changes when a schedule comes round, or switches it."""

    def answer(asked: Asked, number: int) -> Response:
        change: ScheduleChange = asked.body(ScheduleChange)
        found = schedules.change_schedule(
            _numbered(asked, number).name, asked.person, world=asked.world, cron=change.cron, is_on=change.is_on
        )
        return Response(_schedule(asked, found))

    return Operation(
        answer=answer,
        summary="Change when a schedule comes round, or switch it",
        takes=taken(ScheduleChange),
        gives=given(ScheduleRow),
        failures={**MEND, **NOT_HERE},
    )


def _numbered(asked: Asked, number: int) -> Any:
    for one in schedules.schedule_list(asked.person):
        if one.pk == number:
            return one
    raise Http404


def _schedule(asked: Asked, found: Any) -> Row:
    return {
        "id": found.pk,
        "url": asked.url("api-schedule", found.pk),
        "display": f"{found.name}: {found.cron}",
        **{word: getattr(found, word) for word in SCHEDULE_WORDS},
    }


SCHEDULE_WORDS: Final = ("name", "kind", "arguments", "cron", "is_on", "next_run", "last_run")
