"""Plans, their rollouts, and the deployments of single routers."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from rest_framework.response import Response

from hanse.actions import deploying, deployments, plans
from hanse.actions.rollouts import Wish
from hanse.deploy.journal import Word
from hanse.web.api.jobs import accepted
from hanse.web.api.lists import Listing, one_row
from hanse.web.api.operations import CONFLICT, MEND, NOT_HERE, OUTSIDE, Asked, Operation
from hanse.web.api.rows import DeploymentFull, DeploymentRow, JobFull, Listed, PlanRow
from hanse.web.api.shapes import Exact, given, taken

PLANS: Final = Listing(
    route="api-plan",
    row=PlanRow,
    rows=lambda asked: plans.plan_list(asked.person),
    display="plan {id} {title}",
    order=("-pk",),
    searched=("title", "who", "checksum"),
)
ROLLOUTS: Final = Listing(
    route="api-rollout",
    row=PlanRow,
    rows=lambda asked: plans.plan_list(asked.person).exclude(applied_at=None),
    display="rollout of plan {id} {title}",
    order=("-pk",),
    searched=("title", "who", "checksum"),
)
DEPLOYMENTS: Final = Listing(
    route="api-deployment",
    row=DeploymentRow,
    rows=lambda asked: deployments.deployment_list(asked.person),
    display="{name}",
    order=("-pk",),
    searched=("name", "node", "who"),
)
FAILURES: Final = {**MEND, **CONFLICT, **NOT_HERE, **OUTSIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsked(Exact):
    """The routers to plan for; none: all that one may deploy to."""

    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApplied(Exact):
    """How a plan is to be applied. `force`: the first digits of its checksum, to pass the safety limits.

    `by_hand`: what is found good is kept only if somebody says so.
    """

    force: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutStopped(Exact):
    """`undo`: those that are not kept yet are told to undo."""

    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutStop:
    """The deployments that were told to undo."""

    undone: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSaid(Exact):
    """What becomes of an open deployment."""

    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDevice:
    """One router's part of a plan."""

    node: str
    site: str
    driver: str
    diff: str
    lines_added: int
    lines_removed: int
    undo_timer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMissed:
    """A router that is not in the plan, and why."""

    node: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBreach:
    """A safety limit that the plan passes; `node` empty: as a whole."""

    node: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFull(PlanRow):
    """A plan with each router's diff. `together`: routers that change at the same moment."""

    devices: list[PlanDevice]
    unchanged: list[str]
    missed: list[PlanMissed]
    breaches: list[PlanBreach]
    together: list[list[str]]
    may_apply: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutRouter(Listed):
    """One router of a rollout. `harm`: which check failed."""

    name: str
    node: str
    wave: str
    stage: str
    sentence: str
    harm: str
    undo_at: datetime | None
    waits_for_word: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutFull(PlanRow):
    """How far the applying of a plan is."""

    routers: list[RolloutRouter]
    total: int
    ended: int
    is_over: bool
    is_lost: bool
    may_stop: bool


def planned() -> Operation:
    """Return the operation that asks for a plan."""

    def answer(asked: Asked) -> Response:
        wanted: PlanAsked = asked.body(PlanAsked)
        number = deploying.request_plan(person=asked.person, world=asked.world, nodes=wanted.nodes)
        return accepted(asked, number)

    return Operation(
        answer=answer,
        summary="Ask for a plan; the job's result names it",
        takes=taken(PlanAsked),
        gives=given(JobFull),
        status=HTTPStatus.ACCEPTED,
        failures={**MEND, **CONFLICT},
    )


def plan_shown() -> Operation:
    """Return the operation that gives a plan with each router's diff."""

    def answer(asked: Asked, number: int) -> Response:
        row = one_row(asked, PLANS, number)
        page = plans.plan(number, person=asked.person, world=asked.world)
        return Response({**row, **_plan(page)})

    return Operation(
        answer=answer, summary="Show a plan with each router's diff", gives=given(PlanFull), failures=NOT_HERE
    )


def _plan(page: plans.PlanPage) -> dict[str, Any]:
    return {
        "devices": [{word: getattr(one, word) for word in DEVICE_WORDS} for one in page.changed],
        "unchanged": list(page.unchanged),
        "missed": [{"node": one["node"], "why": one["why"]} for one in page.missed],
        "breaches": [{"node": one.node, "sentence": one.sentence} for one in page.breaches],
        "together": [list(group) for group in page.together],
        "may_apply": page.may_apply,
    }


DEVICE_WORDS: Final = ("node", "site", "driver", "diff", "lines_added", "lines_removed", "undo_timer")


def applied() -> Operation:
    """Return the operation that asks for a plan to be applied."""

    def answer(asked: Asked, number: int) -> Response:
        one_row(asked, PLANS, number)
        how: PlanApplied = asked.body(PlanApplied)
        wish = Wish(force=how.force, by_hand=how.by_hand)
        return accepted(asked, deploying.request_apply(number, person=asked.person, world=asked.world, wish=wish))

    return Operation(
        answer=answer,
        summary="Apply a plan, once",
        takes=taken(PlanApplied),
        gives=given(JobFull),
        status=HTTPStatus.ACCEPTED,
        failures=FAILURES,
    )


def rollout_shown() -> Operation:
    """Return the operation that tells how far a rollout is."""

    def answer(asked: Asked, number: int) -> Response:
        row = one_row(asked, ROLLOUTS, number)
        page = deployments.rollout(number, person=asked.person)
        routers = [_router(asked, line) for line in page.lines]
        told = {"total": page.total, "ended": page.done, "is_over": page.is_over, "is_lost": page.is_lost}
        return Response({**row, "routers": routers, **told, "may_stop": page.may_stop})

    return Operation(
        answer=answer, summary="Show how far the applying of a plan is", gives=given(RolloutFull), failures=NOT_HERE
    )


def _router(asked: Asked, line: deployments.RolloutLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": row.pk,
        "url": asked.url("api-deployment", row.pk),
        "display": row.name,
        "name": row.name,
        "node": row.node,
        "wave": row.wave,
        "stage": row.stage,
        "sentence": line.sentence,
        "harm": line.harm,
        "undo_at": line.undo_at,
        "waits_for_word": line.waits_for_word,
    }


def rollout_stopped() -> Operation:
    """Return the operation that stops a rollout."""

    def answer(asked: Asked, number: int) -> Response:
        one_row(asked, ROLLOUTS, number)
        how: RolloutStopped = asked.body(RolloutStopped)
        told = deploying.stop_rollout(number, person=asked.person, world=asked.world, undo=how.undo)
        return Response({"undone": list(told)})

    return Operation(
        answer=answer,
        summary="Stop applying a plan: no further router is begun",
        takes=taken(RolloutStopped),
        gives=given(RolloutStop),
        failures=FAILURES,
    )


def deployment_shown() -> Operation:
    """Return the operation that gives one deployment's record."""

    def answer(asked: Asked, number: int) -> Response:
        row = one_row(asked, DEPLOYMENTS, number)
        page = deployments.deployment(row["name"], person=asked.person)
        return Response({**row, **_deployment(page)})

    return Operation(
        answer=answer, summary="Show one deployment's record", gives=given(DeploymentFull), failures=NOT_HERE
    )


def _deployment(page: deployments.DeploymentPage) -> dict[str, Any]:
    return {
        "text": page.row.text,
        "before_text": page.row.before_text,
        "diff": page.row.diff,
        "waits_for_word": page.waits_for_word,
        "steps": [
            {"at": step.at, "event": step.event, "stage": step.stage, "detail": step.detail} for step in page.steps
        ],
        "checks": [
            {"name": one.name, "comparison": one.comparison.value, "before": one.before, "after": one.after}
            for one in page.checks
        ],
    }


def word_said() -> Operation:
    """Return the operation that says about an open deployment that it is to be kept, or undone."""

    def answer(asked: Asked, number: int) -> Response:
        row = one_row(asked, DEPLOYMENTS, number)
        said: WordSaid = asked.body(WordSaid)
        deploying.say(row["name"], said.word, person=asked.person, world=asked.world)
        return Response(one_row(asked, DEPLOYMENTS, number))

    return Operation(
        answer=answer,
        summary="Say that an open deployment is to be kept, or undone",
        takes=taken(WordSaid),
        gives=given(DeploymentRow),
        failures=FAILURES,
    )
