"""Every kind of job, by the name that stands in the row. One line a kind."""

from collections.abc import Mapping
from typing import Final

from hanse.actions.job_kinds.apply import APPLY
from hanse.actions.job_kinds.configure import CONFIGURE
from hanse.actions.job_kinds.deliver import DELIVER
from hanse.actions.job_kinds.discover import DISCOVER
from hanse.actions.job_kinds.drift import DRIFT
from hanse.actions.job_kinds.irr import IRR
from hanse.actions.job_kinds.kind import JobKind
from hanse.actions.job_kinds.learn import LEARN
from hanse.actions.job_kinds.peeringdb import PEERINGDB
from hanse.actions.job_kinds.ping import PING
from hanse.actions.job_kinds.plan import PLAN
from hanse.actions.job_kinds.poll import POLL
from hanse.actions.job_kinds.prune import PRUNE
from hanse.actions.job_kinds.settle import SETTLE
from hanse.actions.job_kinds.undo import UNDO

KINDS: Final[Mapping[str, JobKind]] = {
    "apply": APPLY,
    "configure": CONFIGURE,
    "deliver": DELIVER,
    "discover": DISCOVER,
    "drift": DRIFT,
    "irr": IRR,
    "learn": LEARN,
    "peeringdb": PEERINGDB,
    "ping": PING,
    "plan": PLAN,
    "poll": POLL,
    "prune": PRUNE,
    "settle": SETTLE,
    "undo": UNDO,
}
