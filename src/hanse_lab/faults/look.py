"""What a router shows, looked at on the router itself: entirely old, entirely new, or neither."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from hanse_lab.faults.asked import answers_to
from hanse_lab.faults.marks import MARK, Mark
from hanse_lab.nodes.life import Running

ADDRESSES: Final = ("ip", "-oneline", "address", "show")
DEPLOYMENTS: Final = "/var/lib/hanse/deployments"
OPEN: Final = frozenset({"state.armed", "state.installing", "state.trial", "state.undoing"})


class Shown(StrEnum):
    """How a router stands."""

    OLD = "old"
    NEW = "new"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The files of a router, and which marks of the new configuration it shows in what it does."""

    files: tuple[tuple[str, str], ...]  # path, text; an absent file is empty
    in_force: tuple[tuple[str, bool], ...]  # path, whether what it does is the new; of those that can be asked
    serves: tuple[tuple[str, bool], ...]  # path, whether its program runs; and the management address

    @property
    def in_files(self) -> tuple[tuple[str, bool], ...]:
        """Return for each path whether its text is the new one."""
        return tuple((path, MARK in text) for path, text in self.files)

    @property
    def shown(self) -> Shown:
        """Return whether all marks are there, none, or some."""
        marks = {new for _, new in (*self.in_files, *self.in_force)}
        if not all(runs for _, runs in self.serves) or len(marks) > 1:
            return Shown.MIXED
        return Shown.NEW if True in marks else Shown.OLD

    def __str__(self) -> str:
        """Say what is new and what is old, and what does not run."""
        told = (("in files", self.in_files), ("in force", self.in_force))
        parts = [
            f"{word} {where}: {', '.join(path for path, is_new in pairs if is_new is new) or 'none'}"
            for where, pairs in told
            for word, new in (("new", True), ("old", False))
        ]
        dead = [path for path, runs in self.serves if not runs]
        return "; ".join([*parts, f"does not run: {', '.join(dead)}"] if dead else parts)


def look_at(router: Running, management_address: str, marked: Iterable[Mark]) -> Look:
    """Return what `router` shows now of its files."""
    listed = tuple(marked)
    asked = [question.words for mark in listed for question in (mark.seen, mark.runs) if question]
    said = answers_to(router, (ADDRESSES, *asked))
    return Look(
        files=tuple((mark.file, _text(router, mark.file)) for mark in listed),
        in_force=tuple((mark.file, mark.seen.is_answered(said[mark.seen.words])) for mark in listed if mark.seen),
        serves=(
            ("the management address", f" {management_address}/" in said[ADDRESSES]),
            *((mark.file, mark.runs.is_answered(said[mark.runs.words])) for mark in listed if mark.runs),
        ),
    )


def _text(router: Running, path: str) -> str:
    try:
        return router.read(path)
    except FileNotFoundError:
        return ""


def is_settled(router: Running) -> bool:
    """Say whether no transaction is open on the router."""
    return not any(PurePath(marker).name in OPEN for marker in router.found(f"{DEPLOYMENTS}/*/state.*"))
