"""What a row of each list looks like, in NetBox's manner: its number, its address, a sentence, then its own fields."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hanse.actions.checks import Comparison
from hanse.deploy.stages import Stage
from hanse.monitor.compare import Condition
from hanse.network.wanted.links import Medium
from hanse.network.wanted.nodes import NodeStatus
from hanse.store.alert_states import AlertState
from hanse.store.draft_states import DraftState
from hanse.store.job_states import JobState

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What every row has."""

    id: int
    url: str
    display: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRouter(Listed):
    """A wanted router and how it was last seen. `answered`: null when nobody ever looked."""

    node: str
    number: int
    site: str
    region: str
    platform: str
    driver: str
    dialect: str
    status: NodeStatus
    roles: list[str]
    management: str
    loopbacks: list[str]
    answered: bool | None
    polled_at: datetime | None
    answered_at: datetime | None
    error: str
    vendor: str
    model: str
    version: str
    started_at: datetime | None
    sessions_wanted: int
    sessions_up: int
    neighbours_wanted: int
    neighbours_up: int
    unwanted: int
    drift: str | None
    drift_at: datetime | None
    drift_error: str
    deployment: str
    stage: str
    deployed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSession(Listed):
    """A BGP session with one address: wanted, or seen, or both. `tags`: of all levels above it, blanks between."""

    node: str
    site: str
    name: str
    vrf: str
    family: int
    local_asn: int | None
    remote_asn: int
    remote_as_name: str
    local_address: str
    remote_address: str
    is_internal: bool
    relationship: str
    exchange: str
    connection: str
    group: str
    tags: str
    status: str
    description: str
    is_wanted: bool
    is_enabled: bool
    condition: Condition
    why: str
    state: str
    since: datetime | None
    received: int
    accepted: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLink(Listed):
    """A wanted link and how it was last seen."""

    name: str
    number: int
    link_class: str
    medium: Medium
    cost: int
    one_node: str
    one_port: str
    one_site: str
    other_node: str
    other_port: str
    other_site: str
    description: str
    condition: Condition
    why: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAddress(Listed):
    """An address or prefix that something in the wanted network has."""

    text: str
    node: str
    what: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenChange(Listed):
    """Something on a router became different between two looks. `since` is the router's own word for when."""

    node: str
    subject: str
    key: str
    kind: str
    sentence: str
    before: str
    after: str
    why: str
    since: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPoll(Listed):
    """One attempt to look at a router, answered or not; how many seconds it took."""

    node: str
    at: datetime
    took: float
    ok: bool
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSample(Listed):
    """What a session carried at a moment."""

    node: str
    vrf: str
    remote_address: str
    at: datetime
    state: str
    received: int
    accepted: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow(Listed):
    """A piece of work. `done` of `total` steps; a total of 0: nobody knows."""

    kind: str
    device: str
    arguments: Json
    state: JobState
    who: str
    schedule: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stop_asked_by: str
    progress: str
    done: int
    total: int
    worker: str
    heartbeat_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFull(JobRow):
    """A piece of work with its log and its result."""

    log: str
    result: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow(Listed):
    """Work that comes round; `cron` has five fields as in crontab(5), in UTC."""

    name: str
    kind: str
    arguments: Json
    cron: str
    is_on: bool
    next_run: datetime
    last_run: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentRow(Listed):
    """One router's new configuration on its way. `undo_at`: on trial, when the router undoes it by itself."""

    name: str
    node: str
    site: str
    driver: str
    plan: int | None
    wave: str
    by_hand: bool
    word: str
    word_by: str
    checksum: str
    stage: Stage
    who: str
    door: str
    created_at: datetime
    undo_at: datetime | None
    ended_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentStepRow:
    """One thing that happened to a deployment."""

    at: datetime
    event: str
    stage: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentCheck:
    """A session or neighbour before and after; null: not up, or the router does not say since when."""

    name: str
    comparison: Comparison
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentFull(DeploymentRow):
    """A deployment with its texts, what happened to it, and what was up before and after. Secrets are names."""

    text: str
    before_text: str
    diff: str
    waits_for_word: bool
    steps: list[DeploymentStepRow]
    checks: list[DeploymentCheck]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(Listed):
    """A plan on record. `rollout`: the job that applies it."""

    checksum: str
    title: str
    who: str
    door: str
    at: datetime
    undoes: str
    job: int | None
    rollout: int | None
    applied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow(Listed):
    """Changes that are being thought about."""

    title: str
    who: str
    state: DraftState
    created_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    ended_by: str
    undoes: int | None
    change_set: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSetRow(Listed):
    """Changes to what is wanted that were taken together."""

    at: datetime
    who: str
    door: str
    title: str
    undoes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow(Listed):
    """Who changed what, through which door; what stood there before and after."""

    at: datetime
    who: str
    door: str
    action: str
    kind: str
    name: str
    before: Json
    after: Json
    change_set: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow(Listed):
    """Something that is not well. `part_of`: the alert that it is grouped under."""

    key: str
    kind: str
    node: str
    site: str
    name: str
    asn: int | None
    sentence: str
    state: AlertState
    is_quiet: bool
    part_of: int | None
    fired_at: datetime
    last_at: datetime
    told_at: datetime | None
    count: int
    acknowledged_at: datetime | None
    acknowledged_by: str
    note: str
    cleared_at: datetime | None
    cleared_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow(Listed):
    """Somebody who can log in. A superuser may do everything."""

    username: str
    email: str
    is_active: bool
    is_superuser: bool
    last_login: datetime | None
    date_joined: datetime
    groups: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow(Listed):
    """People to whom the same is granted."""

    name: str
    members: list[str]
    grants: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow(Listed):
    """Rights, and to whom they are given. Empty kinds, sites or AS numbers limit nothing."""

    name: str
    rights: list[str]
    kinds: list[str]
    sites: list[str]
    asns: list[int]
    users: list[str]
    groups: list[str]
