"""Asking for plans, rollouts and undos, and speaking to what is under way: what pages, API and commands call."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from hanse.actions import jobs
from hanse.actions.deployments import seen_row
from hanse.actions.plans import plannable, seen_plan
from hanse.actions.rights import Person, Right
from hanse.actions.rollouts import Wish, insist_applicable, take
from hanse.actions.seen_sites import ROUTERS
from hanse.actions.world import World, chosen
from hanse.deploy.journal import Word
from hanse.deploy.stages import OPEN, Stage
from hanse.network.errors import WantedError
from hanse.store import deployments, plans, snapshot
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.job_states import OPEN as OPEN_JOBS
from hanse.store.job_states import JobState
from hanse.store.models import Deployment, PlanRecord

ORDINARY: Final = Wish()
TRIED: Final = frozenset({Stage.TRIAL, Stage.UNGUARDED})


class NotWaiting(WantedError):
    """The deployment has ended, was spoken about before, or does not wait for a word."""


class NotRollingOut(WantedError):
    """The plan is not being applied."""


def request_plan(*, person: Person, world: World, nodes: Iterable[str] = ()) -> int:
    """Ask for a plan of `nodes`, of all that this person may deploy to if there are none; return the job's number.

    :raises NoSuchNode:
    :raises NotAllowed:
    """
    asked = tuple(nodes)
    names = plannable(snapshot.load(), asked, person)
    everything = not asked and person.scope(Right.DEPLOY, ROUTERS).everything
    return jobs.ask(kind="plan", person=person, world=world, arguments={} if everything else {"limit": [*names]})


def request_apply(number: int, *, person: Person, world: World, wish: Wish = ORDINARY) -> int:
    """Ask that a plan be applied, and return the job's number. It can be asked for once.

    :raises NoSuchPlan:
    :raises NotAllowed: one of its routers is not theirs to deploy to
    :raises AppliedBefore:
    :raises NothingToApply:
    :raises TooLarge: type the first digits of the checksum to pass the limits
    :raises NotInsisted:
    :raises NoTimeForAWord:
    """
    record = seen_plan(number, person)
    devices = plans.shown_devices(record)
    for site in sorted({device.site for device in devices}) or [""]:
        person.insist(Right.DEPLOY, ROUTERS, site=site)
    insist_applicable(record, wish, world)
    arguments = {
        "plan": number,
        "limit": [device.node for device in devices if device.diff],
        "force": wish.force,
        "by_hand": wish.by_hand,
    }
    with transaction.atomic():
        take(record, author=person.author, world=world)
        job = jobs.put_down(kind="apply", person=person, world=world, arguments=arguments)
        plans.rolled_out_by(number, job)
    world.carry(job)
    return job


def request_undo(node: str, *, person: Person, world: World) -> int:
    """Ask that a router goes back, and return the job's number.

    What is on trial there is undone; if nothing is, the job makes a plan that brings the text from before back, to be
    looked at and applied.

    :raises NoSuchNode:
    :raises NotAllowed:
    """
    network = snapshot.load()
    chosen(network, [node])
    person.insist(Right.DEPLOY, ROUTERS, site=network.nodes[node].site)
    return jobs.ask(kind="undo", person=person, world=world, device=node)


def say(name: str, word: Word, *, person: Person, world: World) -> None:
    """Say about the open deployment `name` that it is to be kept, or undone. Whoever drives it hears it at once.

    :raises NoSuchDeployment:
    :raises NotAllowed:
    :raises NotWaiting:
    """
    row = seen_row(name, person)
    _insist_on(row, person)
    if Stage(row.stage) not in OPEN:
        raise NotWaiting(f"{row.name} has ended: it is {row.stage}")
    if word is Word.CONFIRM and not row.by_hand:
        raise NotWaiting(f"{row.name} waits for nobody: it is kept when it is found good")
    if not deployments.speak(row, word=word.value, who=person.who):
        said = deployments.row(name)
        raise NotWaiting(f"{said.word_by} said {said.word} about {said.name} before")
    _put_down_said([name], word, person, world)


def keep_waiting(number: int, *, person: Person, world: World) -> tuple[str, ...]:
    """Say that all of a rollout that is on trial and waits for a word is to be kept; return the names.

    :raises NoSuchPlan:
    :raises NotAllowed:
    :raises NotWaiting:
    """
    person.insist_any(Right.DEPLOY, ROUTERS)
    seen_plan(number, person)
    rows = [row for row in deployments.of_plan(number) if row.by_hand and not row.word and Stage(row.stage) in TRIED]
    if not rows:
        raise NotWaiting(f"nothing of plan {number} waits for a word")
    for row in rows:
        _insist_on(row, person)
    told = [row.name for row in rows if deployments.speak(row, word=Word.CONFIRM.value, who=person.who)]
    _put_down_said(told, Word.CONFIRM, person, world)
    return tuple(told)


def _put_down_said(names: Iterable[str], word: Word, person: Person, world: World) -> None:
    changes = [
        ObjectChange(kind="deployment", name=name, before={"word": ""}, after={"word": word.value}) for name in names
    ]
    write_entries(changes, action=f"say {word}", author=person.author, at=world.clock.now())


def stop_rollout(number: int, *, person: Person, world: World, undo: bool = False) -> tuple[str, ...]:
    """Stop applying a plan: no further router is begun, what was begun comes to its end.

    With `undo` those that are not kept yet are told to undo; return their names.

    :raises NoSuchPlan:
    :raises NotAllowed:
    :raises NotRollingOut:
    """
    record = seen_plan(number, person)
    rows = tuple(deployments.of_plan(number))
    for row in rows:
        _insist_on(row, person)
    is_stopped = _stop_job(record, person, world)
    still_open = tuple(row for row in rows if Stage(row.stage) in OPEN)
    if not (is_stopped or still_open):
        raise NotRollingOut(f"plan {number} is not being applied")
    told = [row.name for row in still_open if undo and deployments.speak(row, word=Word.UNDO.value, who=person.who)]
    _put_down_said(told, Word.UNDO, person, world)
    return tuple(told)


def _stop_job(record: PlanRecord, person: Person, world: World) -> bool:
    job = record.rollout
    if job is None or JobState(job.state) not in OPEN_JOBS:
        return False
    jobs.stop(job.pk, person, world=world)
    return True


def _insist_on(row: Deployment, person: Person) -> None:
    person.insist(Right.DEPLOY, ROUTERS, site=row.site or None)
