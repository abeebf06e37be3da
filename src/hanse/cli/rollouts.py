"""Plans on record, rollouts and deployments as people and programs read them."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from hanse.actions.deployments import DeploymentPage, RolloutPage, Row
from hanse.actions.plans import Record
from hanse.cli.say import table
from hanse.cli.times import clock_time
from hanse.deploy.plan import SHOWN


def record_tree(record: Record) -> dict[str, Any]:
    """Return a plan on record for `--json`."""
    return {
        "plan": record.pk,
        "title": record.title,
        "checksum": record.checksum,
        "who": record.who,
        "at": record.at,
        "applied_at": record.applied_at,
        "undoes": record.undoes,
    }


def plan_table(records: Iterable[Record]) -> Table:
    """Return the plans as a table."""
    rows = [
        (
            one.pk,
            one.checksum[:SHOWN],
            clock_time(one.at),
            one.who,
            clock_time(one.applied_at),
            one.title,
        )
        for one in records
    ]
    return table(("PLAN", "CHECKSUM", "MADE", "BY", "APPLIED", "OF"), rows)


def rollout_tree(page: RolloutPage) -> dict[str, Any]:
    """Return how far a rollout is, for `--json`."""
    return {
        **record_tree(page.record),
        "job": page.job.pk if page.job else None,
        "state": page.job.state if page.job else None,
        "over": page.is_over,
        "total": page.total,
        "done": page.done,
        "routers": [
            {
                "node": line.row.node,
                "deployment": line.row.name,
                "wave": wave,
                "stage": line.row.stage,
                "sentence": line.sentence,
                "harm": line.harm,
                "undo_at": line.undo_at,
                "waits_for_word": line.waits_for_word,
            }
            for wave, lines in page.waves
            for line in lines
        ],
    }


def rollout_lines(page: RolloutPage) -> list[str | Table]:
    """Return each router by wave, and the sum."""
    rows = [
        (line.row.node, wave, line.row.stage, line.row.name, _sentence(line.sentence, waits=line.waits_for_word))
        for wave, lines in page.waves
        for line in lines
    ]
    told = f"Plan {page.record.pk}: {page.done} of {page.total} routers done"
    state = f", job {page.job.pk} {page.job.state}." if page.job else "."
    return [table(("ROUTER", "WAVE", "STAGE", "DEPLOYMENT", "LAST"), rows), told + state]


def _sentence(text: str, *, waits: bool) -> str:
    return f"{text} (waits for your word)" if waits else text


def deployment_table(rows: Iterable[Row]) -> Table:
    """Return deployments as a table."""
    lines = [(one.node, one.stage, clock_time(one.created_at), one.who, one.name, one.outcome) for one in rows]
    return table(("ROUTER", "STAGE", "BEGUN", "BY", "DEPLOYMENT", "OUTCOME"), lines)


def deployment_tree(row: Row) -> dict[str, Any]:
    """Return a deployment for `--json`, without its texts."""
    return {
        "deployment": row.name,
        "node": row.node,
        "stage": row.stage,
        "outcome": row.outcome,
        "who": row.who,
        "plan": row.plan_id,
        "wave": row.wave,
        "by_hand": row.by_hand,
        "word": row.word,
        "word_by": row.word_by,
        "created_at": row.created_at,
        "undo_at": row.undo_at,
        "ended_at": row.ended_at,
    }


def page_tree(page: DeploymentPage) -> dict[str, Any]:
    """Return a deployment's whole record for `--json`."""
    return {
        **deployment_tree(page.row),
        "diff": page.row.diff,
        "text": page.row.text,
        "steps": [
            {"at": step.at, "event": step.event, "stage": step.stage, "detail": step.detail} for step in page.steps
        ],
        "checks": [
            {"name": line.name, "comparison": line.comparison, "before": line.before, "after": line.after}
            for line in page.checks
        ],
    }


def page_lines(page: DeploymentPage) -> list[str | Table]:
    """Return a deployment's record: its steps, what was up before and after, and its diff."""
    steps = [(clock_time(one.at), one.event or "note", one.stage, one.detail) for one in page.steps]
    checks = [(line.name, line.comparison) for line in page.checks]
    return [
        f"{page.row.name}: {page.row.stage}: {page.row.outcome or 'not ended'}",
        table(("WHEN", "WHAT", "STAGE", "IN WORDS"), steps),
        table(("CHECK", "COMPARED"), checks),
        page.row.diff.rstrip("\n"),
    ]
