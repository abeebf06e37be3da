"""After the start of the machine: what its programs left half-done is taken in again.

On a slow machine ifupdown2 leaves out interfaces of which the kernel tells it too late, and FRR's daemons go without
lines for which they were not ready. Neither is an error to anybody, and the router would stay so.
"""

from __future__ import annotations

from typing import Final

from . import disk
from .component import Component
from .components import components_of
from .manifest import manifest_now
from .places import LOCK
from .transaction import open_transaction
from .troubles import Trouble

UNSEEN: Final = frozenset({"frr"})  # their judgement does not see each line: they compare when they take the file in


def mend() -> list[str]:
    """Take in again what is not as its files say, and return a sentence for each such component.

    While a transaction is open nothing is done: its own judgement counts.
    """
    sentences = []
    for component in components_of(manifest_now()):
        with disk.locked(LOCK):  # for each: nobody who asks waits longer than for one of them
            if open_transaction() is not None:
                break
            said = _put_right(component)
        if said:
            sentences.append(f"{component.name}: {said}")
    return sentences


def _put_right(component: Component) -> str:
    """Return what was wrong, and still is; empty: nothing."""
    was = _trouble(component)
    if not was and component.name not in UNSEEN:
        return ""
    try:
        component.reload()
    except (OSError, Trouble) as error:
        return f"{was or 'it was as it should be'}; and now {error}"
    still = _trouble(component)
    if still:
        return f"{was or 'it was as it should be'}; and still {still}"
    return f"{was}; taken in again" if was else ""


def _trouble(component: Component) -> str:
    try:
        component.judge()
    except (OSError, Trouble) as error:
        return str(error)
    return ""
