"""Asking for work that a worker does, and what becomes of it: one row a job, which is the truth about it."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet

from hanse.actions.job_kinds.kind import JobKind
from hanse.actions.job_kinds.table import KINDS
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.network.errors import WantedError
from hanse.network.wanted.sentences import one_of
from hanse.store import jobs
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.job_states import OPEN, JobState
from hanse.store.models import Job

NOTHING: Final[Mapping[str, Any]] = {}
OBJECT: Final = "nodes"  # the kind of object that a right to run jobs is about


class NoSuchJobKind(WantedError):
    """No job does that."""


class NoSuchJob(WantedError):
    """There is no job of that number, or it is not for this person to see."""


class JobHasEnded(WantedError):
    """What has ended cannot be stopped."""


class NotRepeatable(WantedError):
    """The job is not of a kind that may be run again, or has not ended."""


def kind_of(name: str) -> JobKind:
    """Return the kind of job of that name.

    :raises NoSuchJobKind:
    """
    if name not in KINDS:
        raise NoSuchJobKind(f"no job is called {name!r}: {one_of(KINDS, name)}")
    return KINDS[name]


def ask(
    *,
    kind: str,
    person: Person,
    world: World,
    device: str = "",
    arguments: Mapping[str, Any] = NOTHING,
    schedule: str = "",
) -> int:
    """Put a job down, hand its number to the engine, and return that. `device` empty: about no single router.

    Two jobs with the same device never run at once; they run in the order in which they were asked for. The row is
    the record of who asked; what the job changes leaves audit entries of its own.

    :raises NoSuchJobKind:
    :raises NotAllowed: the kind's right is asked for at the site of each router that the job names; else everywhere
    """
    number = put_down(kind=kind, person=person, world=world, device=device, arguments=arguments, schedule=schedule)
    world.carry(number)
    return number


def put_down(
    *,
    kind: str,
    person: Person,
    world: World,
    device: str = "",
    arguments: Mapping[str, Any] = NOTHING,
    schedule: str = "",
) -> int:
    """Put a job down as `ask` does, in the caller's transaction; its number is to be carried once that is over.

    If it never is, a worker finds the job all the same.

    :raises NoSuchJobKind:
    :raises NotAllowed:
    """
    what = kind_of(kind)
    _insist(person, what, device, arguments)
    job = jobs.put_down(
        kind=kind,
        device=device,
        arguments=arguments,
        who=person.who,
        at=world.clock.now(),
        time_limit=what.time_limit,
        schedule=schedule,
    )
    return job.pk


def _insist(person: Person, kind: JobKind, device: str, arguments: Mapping[str, Any]) -> None:
    routers = (device,) if device else kind.routers(arguments)
    if not routers or person.scope(kind.right, OBJECT).everything:
        person.insist(kind.right, OBJECT)
        return
    sites = jobs.sites_of(routers)
    for router in routers:
        person.insist(kind.right, OBJECT, site=sites.get(router))


def stop(number: int, person: Person, *, world: World) -> JobState:
    """Take a queued job out of the queue, or ask a running one to stop where it safely can; return its state then.

    :raises NoSuchJob:
    :raises JobHasEnded:
    :raises NotAllowed:
    """
    row = job(number, person)
    _insist(person, kind_of(row.kind), row.device, row.arguments)
    at = world.clock.now()
    if not jobs.cancel(row, at=at) and not _ask_to_stop(number, person):
        state = jobs.get(number).state
        raise JobHasEnded(f"job {number} has ended already: it is {state}")
    change = ObjectChange(kind="job", name=f"{number}", before={"state": row.state}, after={"stop asked": True})
    write_entries([change], action="stop job", author=person.author, at=at)
    return JobState(jobs.get(number).state)


def _ask_to_stop(number: int, person: Person) -> bool:
    now = jobs.get(number)
    return jobs.ask_to_stop(now, who=person.who) or (JobState(now.state) in OPEN and bool(now.stop_asked_by))


def retry(number: int, person: Person, *, world: World) -> int:
    """Ask for the same once more and return the number of the new job.

    :raises NoSuchJob:
    :raises NotRepeatable: it says why, and what to do instead
    :raises NotAllowed:
    """
    row = job(number, person)
    kind = kind_of(row.kind)
    _insist(person, kind, row.device, row.arguments)
    if JobState(row.state) in OPEN:
        raise NotRepeatable(f"job {number} has not ended: it is {row.state}")
    if not kind.safe_to_repeat:
        raise NotRepeatable(f"{row.kind} is never run again as it was: {kind.why_not_again}")
    return again(row, who=person.who, world=world)


def again(row: Job, *, who: str, world: World) -> int:
    """Put down a job like `row` and hand it to the engine. Nobody is asked whether they may."""
    new = jobs.put_down(
        kind=row.kind,
        device=row.device,
        arguments=row.arguments,
        who=who,
        at=world.clock.now(),
        time_limit=row.time_limit,
        retry_of=row.pk,
    )
    world.carry(new.pk)
    return new.pk


def job_list(person: Person) -> QuerySet[Job]:
    """Return the jobs this person may see, the newest first: all, or their own and those about their sites' routers."""
    scope = person.scope(Right.VIEW, OBJECT)
    return jobs.all_jobs() if scope.everything else jobs.of(person.who, sites=scope.sites)


def job(number: int, person: Person) -> Job:
    """Return one job that this person may see.

    :raises NoSuchJob:
    """
    row = job_list(person).filter(pk=number).first()
    if row is None:
        raise NoSuchJob(f"there is no job {number}")
    return row
