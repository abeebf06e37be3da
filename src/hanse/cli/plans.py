"""A plan as people and programs read it."""

from collections.abc import Iterable
from typing import Any

from hanse.actions.planning import Missed, Reviewed
from hanse.cli.say import Exit
from hanse.deploy.journal import Outcome
from hanse.deploy.limits import Breach


def plan_tree(reviewed: Reviewed, breaches: Iterable[Breach]) -> dict[str, Any]:
    """Return the plan for `--json`."""
    return {
        "checksum": reviewed.plan.full_checksum,
        "routers": [
            {
                "node": device.node,
                "changed": device.is_changed,
                "lines_added": device.lines_added,
                "lines_removed": device.lines_removed,
                "sessions_removed": list(device.sessions_removed),
                "undo_timer": device.abilities.undo_timer,
                "diff": device.diff,
            }
            for device in reviewed.plan.devices
        ],
        "left_out": [{"node": one.node, "why": one.why} for one in reviewed.missed if one.is_ours],
        "failed": [{"node": one.node, "why": one.why} for one in reviewed.failed],
        "breaches": [{"node": one.node, "sentence": one.sentence} for one in breaches],
    }


def plan_lines(reviewed: Reviewed, breaches: Iterable[Breach]) -> list[str]:
    """Return each changed router's diff, those that are missing, and the sum."""
    lines = []
    for device in reviewed.plan.changed:
        lines += [f"{device.node}: +{device.lines_added} -{device.lines_removed}", device.diff.rstrip("\n")]
        lines += [f"{device.node}: {name} would go" for name in device.sessions_removed]
        if not device.abilities.undo_timer:
            lines.append(f"{device.node}: its platform has no undo timer: Hanse undoes by hand while it can reach it")
        lines.append("")
    lines += [missed_line(one) for one in reviewed.missed]
    lines += [f"beyond the safety limits: {breach}" for breach in breaches]
    unchanged = len(reviewed.plan.devices) - len(reviewed.plan.changed)
    if reviewed.plan.changed:
        lines.append(f"{len(reviewed.plan.changed)} to change, {unchanged} as wanted. Plan {reviewed.plan.checksum}")
    else:
        lines.append(f"Nothing to change on {unchanged} router{'' if unchanged == 1 else 's'}.")
    return lines


def missed_line(missed: Missed) -> str:
    """Return why a router is not in the plan."""
    return f"{missed.node}: {'left out' if missed.is_ours else 'not planned'}: {missed.why}"


def outcome_tree(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return the outcomes for `--json`."""
    return [
        {"node": one.node, "stage": one.stage.value, "sentence": one.sentence, "well": one.is_well} for one in outcomes
    ]


def outcome_line(outcome: Outcome) -> str:
    """Return what came of one router."""
    return f"{outcome.node}: {outcome.stage}: {outcome.sentence}"


def exit_after(outcomes: Iterable[Outcome], reviewed: Reviewed) -> Exit:
    """Return FINE if every router runs what was wanted, else OUTSIDE."""
    return Exit.FINE if all(one.is_well for one in outcomes) and not reviewed.failed else Exit.OUTSIDE
