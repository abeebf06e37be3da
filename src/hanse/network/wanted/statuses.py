"""The steps of a session's life, insisted on wherever somebody changes its status.

A new session may begin anywhere, and one may be removed from anywhere; what was taken can always be taken back.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from hanse.network.wanted.problem import Problem
from hanse.network.wanted.sessions import STEPS, SessionStatus

SESSIONS: Final = "sessions"  # the kind whose objects have such a life
BEGINNING: Final = SessionStatus.ENABLED  # where nothing is said


def next_statuses(status: SessionStatus) -> tuple[SessionStatus, ...]:
    """Return where a session may stand after `status`: there, and one step farther, in the order of its life.

    >>> [str(one) for one in next_statuses(SessionStatus.DECOMMISSIONED)]
    ['requested', 'provisioning', 'decommissioned']
    """
    return tuple(one for one in SessionStatus if one is status or one in STEPS[status])


def common_statuses(before: Iterable[SessionStatus]) -> tuple[SessionStatus, ...]:
    """Return where all of these may stand next, in the order of a session's life."""
    open_to_all = set(SessionStatus)
    for status in before:
        open_to_all &= set(next_statuses(status))
    return tuple(one for one in SessionStatus if one in open_to_all)


def status_in(body: Any) -> SessionStatus | None:
    """Return the status that a session's body says; None: there is no body, or no such status (any more)."""
    said = body.get("status", BEGINNING) if isinstance(body, Mapping) else None
    return SessionStatus(said) if said in set(SessionStatus) else None


def forbidden_steps(changes: Iterable[tuple[str, Any, Any]]) -> Iterator[Problem]:
    """Yield a problem for each session that would go where no step leads; `changes` are name, body before, body after.

    None as a body: the session is not there.
    """
    for name, before, after in changes:
        was, wanted = status_in(before), status_in(after)
        if was and wanted and wanted not in next_statuses(was):
            allowed = " or ".join(map(str, _after(was)))
            yield Problem(
                (SESSIONS, name, "status"),
                f"a session that is {was} does not become {wanted} in one step: from {was} it goes to {allowed}",
            )


def diagram() -> str:
    """Return the table as a Mermaid diagram."""
    lines = [f"    {_word(before)} --> {_word(after)}" for before in SessionStatus for after in _after(before)]
    names = [f'    state "{status}" as {_word(status)}' for status in SessionStatus if "-" in status]
    return "\n".join(("stateDiagram-v2", *names, *lines))


def _after(before: SessionStatus) -> tuple[SessionStatus, ...]:
    return tuple(one for one in SessionStatus if one in STEPS[before])


def _word(status: SessionStatus) -> str:
    return status.replace("-", "_")
