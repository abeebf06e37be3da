"""What a state means to whoever looks: good, bad, on its way. Which colour and icon a tone has stands in a template."""

from enum import StrEnum
from typing import Final


class Tone(StrEnum):
    """How a state is to be taken."""

    GOOD = "good"
    BAD = "bad"  # somebody has to look
    WARNING = "warning"  # not as it should be, and nothing burns
    BUSY = "busy"  # on its way
    IDLE = "idle"  # as it should be, and nothing goes on
    UNKNOWN = "unknown"


TONES: Final[dict[str, Tone]] = {
    # monitor.compare.Condition
    "up": Tone.GOOD,
    "down": Tone.BAD,
    "absent": Tone.BAD,
    "unknown": Tone.UNKNOWN,
    "disabled": Tone.IDLE,
    "unwanted": Tone.WARNING,
    # monitor.cabling.Cabled; "missing" and "as wanted" stand below
    "otherwise": Tone.BAD,
    "not told": Tone.UNKNOWN,
    # monitor.discovery.findings.Sort
    "new": Tone.BUSY,
    "left out": Tone.IDLE,
    # actions.registries.FreshnessState; "refused" and "failed" stand below
    "fresh": Tone.GOOD,
    "reading": Tone.BUSY,
    "never read": Tone.UNKNOWN,
    # network.seen: sessions, OSPF neighbours
    "established": Tone.GOOD,
    "idle": Tone.BAD,
    "connect": Tone.BAD,
    "open sent": Tone.WARNING,
    "open confirm": Tone.WARNING,
    "administratively down": Tone.IDLE,
    "full": Tone.GOOD,
    "2-way": Tone.GOOD,
    "attempt": Tone.BAD,
    "init": Tone.BAD,
    "exstart": Tone.WARNING,
    "exchange": Tone.WARNING,
    "loading": Tone.WARNING,
    # network.wanted: routers, sessions
    "active": Tone.GOOD,
    "planned": Tone.IDLE,
    "maintenance": Tone.WARNING,
    "offline": Tone.IDLE,
    "requested": Tone.IDLE,
    "provisioning": Tone.BUSY,
    "enabled": Tone.GOOD,
    "pre-maintenance": Tone.WARNING,
    "post-maintenance": Tone.WARNING,
    "decommissioning": Tone.WARNING,
    "decommissioned": Tone.IDLE,
    # deploy.stages.Stage
    "staging": Tone.BUSY,
    "staged": Tone.BUSY,
    "committing": Tone.BUSY,
    "trial": Tone.BUSY,
    "unguarded": Tone.WARNING,
    "confirming": Tone.BUSY,
    "undoing": Tone.WARNING,
    "in doubt": Tone.BAD,
    "kept": Tone.GOOD,
    "reverted": Tone.BAD,
    "refused": Tone.BAD,
    "unchanged": Tone.IDLE,
    "discarded": Tone.IDLE,
    # store.job_states.JobState
    "queued": Tone.IDLE,
    "running": Tone.BUSY,
    "done": Tone.GOOD,
    "failed": Tone.BAD,
    "lost": Tone.BAD,
    "cancelled": Tone.IDLE,
    "overdue": Tone.BAD,
    "stopped": Tone.WARNING,
    # actions.checks.Comparison
    "missing": Tone.BAD,
    "gone, as wanted": Tone.IDLE,
    "began anew": Tone.WARNING,
    "came up": Tone.GOOD,
    "up all the time": Tone.GOOD,
    "not looked at": Tone.UNKNOWN,
    # store.draft_states.DraftState
    "open": Tone.BUSY,
    "taken": Tone.GOOD,
    "withdrawn": Tone.IDLE,
    # store.alert_states
    "firing": Tone.BAD,
    "acknowledged": Tone.WARNING,
    "cleared": Tone.GOOD,
    "waiting": Tone.BUSY,
    "sent": Tone.GOOD,
    "given up": Tone.BAD,
    # store.request_states
    "drafted": Tone.IDLE,
    "sending": Tone.BUSY,
    "accepted": Tone.GOOD,
    "declined": Tone.BAD,
    # of the pages
    "switched off": Tone.IDLE,
    "answers": Tone.GOOD,
    "silent": Tone.BAD,
    "never looked": Tone.UNKNOWN,
    "as wanted": Tone.GOOD,
    "drifted": Tone.WARNING,
    "added": Tone.GOOD,
    "changed": Tone.BUSY,
    "removed": Tone.BAD,
    "conflict": Tone.BAD,
    "on": Tone.GOOD,
    "off": Tone.IDLE,
    "yes": Tone.GOOD,
    "no": Tone.IDLE,
    "expired": Tone.WARNING,
}


def tone_of(state: str) -> Tone:
    """Return how `state` is to be taken; one that is not in the table tells nothing."""
    return TONES.get(state, Tone.UNKNOWN)
