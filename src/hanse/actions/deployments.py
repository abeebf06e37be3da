"""Looking at deployments: the list, one's record, and a whole rollout while it goes on and afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from django.db.models import QuerySet

from hanse.actions.checks import CheckLine, Comparison, check_lines
from hanse.actions.rights import Person, Right
from hanse.actions.seen_sites import ROUTERS, seen_sites
from hanse.deploy.stages import OPEN, Stage
from hanse.store import deployments, plans
from hanse.store.deployments import NoSuchDeployment
from hanse.store.job_states import OPEN as OPEN_JOBS
from hanse.store.job_states import JobState
from hanse.store.models import Deployment, DeploymentStep, Job, PlannedDevice, PlanRecord

TICKING: Final = frozenset({Stage.COMMITTING, Stage.TRIAL, Stage.CONFIRMING, Stage.IN_DOUBT})  # its timer may run
NOT_BEGUN: Final = "not begun"  # the wave of what still waits
Row: TypeAlias = Deployment  # for those who may not import rows
LOGGED: Final = 200  # steps of a rollout that its page shows, the latest


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentPage:
    """One deployment's record."""

    row: Deployment
    steps: tuple[DeploymentStep, ...]
    checks: tuple[CheckLine, ...]
    may_deploy: bool  # this person, there

    @property
    def missing(self) -> tuple[CheckLine, ...]:
        """Return the checks that condemned it."""
        return tuple(line for line in self.checks if line.comparison is Comparison.MISSING)

    @property
    def is_open(self) -> bool:
        """Say whether it has not ended."""
        return Stage(self.row.stage) in OPEN

    @property
    def may_speak(self) -> bool:
        """Say whether this person's word about it would be heard."""
        return self.is_open and self.may_deploy

    @property
    def waits_for_word(self) -> bool:
        """Say whether it is kept only if somebody says so, and nobody has yet."""
        return self.row.by_hand and not self.row.word and self.is_open

    @property
    def undo_at(self) -> datetime | None:
        """Return when it is undone without anybody's doing; None: its timer does not run."""
        return self.row.undo_at if Stage(self.row.stage) in TICKING else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutLine:
    """One router of a rollout."""

    row: Deployment
    sentence: str  # the last thing that happened to it
    harm: str  # which check failed; empty: none did

    @property
    def harms(self) -> tuple[str, ...]:
        """Return each check that failed."""
        return tuple(self.harm.split("; ")) if self.harm else ()

    @property
    def undo_at(self) -> datetime | None:
        """Return when it is undone without anybody's doing; None: its timer does not run."""
        return self.row.undo_at if Stage(self.row.stage) in TICKING else None

    @property
    def waits_for_word(self) -> bool:
        """Say whether it is kept only if somebody says so, and nobody has yet."""
        return self.row.by_hand and not self.row.word and Stage(self.row.stage) in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutPage:
    """A plan while it is applied, and afterwards."""

    record: PlanRecord
    job: Job | None
    waves: tuple[tuple[str, tuple[RolloutLine, ...]], ...]
    log: tuple[tuple[str, DeploymentStep], ...]  # with the router's name
    total: int
    may_stop: bool

    @property
    def lines(self) -> tuple[RolloutLine, ...]:
        """Return every router."""
        return tuple(line for _, lines in self.waves for line in lines)

    @property
    def done(self) -> int:
        """Return how many routers have come to an end."""
        return sum(Stage(line.row.stage) not in OPEN for line in self.lines)

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen: its job has ended and every router has come to an end."""
        is_working = self.job is not None and JobState(self.job.state) in OPEN_JOBS
        return not is_working and self.done == len(self.lines)

    @property
    def harmed(self) -> tuple[RolloutLine, ...]:
        """Return the routers at which a check failed."""
        return tuple(line for line in self.lines if line.harm)

    @property
    def is_lost(self) -> bool:
        """Say whether the worker that applied the plan died on the way."""
        return self.job is not None and JobState(self.job.state) is JobState.LOST

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return how many routers stand where, in the order of the stages."""
        stages = [line.row.stage for line in self.lines]
        return tuple((stage.value, stages.count(stage.value)) for stage in Stage if stage.value in stages)


def deployment_list(person: Person) -> QuerySet[Deployment]:
    """Return the deployments on routers that this person may see, the latest first, without their texts.

    :raises NotAllowed:
    """
    return deployments.records(seen_sites(person))


def deployment(name: str, *, person: Person) -> DeploymentPage:
    """Return one deployment's record. Three queries.

    :raises NoSuchDeployment: or it is not for this person to see
    :raises NotAllowed:
    """
    row = seen_row(name, person)
    part = _planned(row)
    return DeploymentPage(
        row=row,
        steps=deployments.steps_of(row),
        checks=check_lines(
            row.checks_before, row.checks_after, plans.still_wanted_from(part.still_wanted) if part else None
        ),
        may_deploy=person.may(Right.DEPLOY, ROUTERS, site=row.site or None),
    )


def rollout(number: int, *, person: Person) -> RolloutPage:
    """Return how far the applying of a plan is. Five queries.

    :raises NoSuchPlan: or it touches nothing that this person may see
    :raises NotAllowed:
    """
    sites = seen_sites(person)
    record = plans.get(number)
    rows = {row.pk: row for row in deployments.of_plan(number) if sites is None or row.site in sites}
    changed = plans.changed_at(record)
    total = sum(count for site, count in changed.items() if sites is None or site in sites)
    if sites is not None and not (rows or total):
        raise plans.NoSuchPlan(f"no plan {number} is on record")
    steps = [step for step in deployments.steps_of_plan(number, at_most=LOGGED) if step.deployment_id in rows]
    return RolloutPage(
        record=record,
        job=record.rollout,
        waves=_waves(rows.values(), steps, deployments.harms_of_plan(number)),
        log=tuple((rows[step.deployment_id].node, step) for step in steps),
        total=total,
        may_stop=all(person.may(Right.DEPLOY, ROUTERS, site=site or None) for site in changed),
    )


def _waves(
    rows: Iterable[Deployment], steps: Iterable[DeploymentStep], harms: Mapping[int, str]
) -> tuple[tuple[str, tuple[RolloutLine, ...]], ...]:
    """Return the routers by wave, in the order in which these began; what was not begun comes last."""
    last = {step.deployment_id: step.detail or step.event for step in steps}
    begun: dict[str, list[RolloutLine]] = {}
    for row in sorted(rows, key=_place):
        line = RolloutLine(row=row, sentence=row.outcome or last.get(row.pk, ""), harm=harms.get(row.pk, ""))
        begun.setdefault(row.wave or NOT_BEGUN, []).append(line)
    return tuple((name, tuple(lines)) for name, lines in begun.items())


def _place(row: Deployment) -> tuple[bool, bool, int, int]:
    """Return where a router stands in its rollout: canaries, batches by their number, what was not begun."""
    name, _, number = row.wave.partition(" ")
    return row.wave == "", name != "canary", int(number or 0), row.pk


def seen_row(name: str, person: Person) -> Deployment:
    """Return a deployment on a router that this person may see, with its texts.

    :raises NoSuchDeployment:
    :raises NotAllowed:
    """
    sites = seen_sites(person)
    row = deployments.row(name)
    if sites is not None and row.site not in sites:
        raise NoSuchDeployment(f"no deployment is called {row.name}")
    return row


def _planned(row: Deployment) -> PlannedDevice | None:
    return plans.part_of(row.plan, row.node) if row.plan is not None else None
