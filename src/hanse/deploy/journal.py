"""What a deployment tells whoever keeps its record, and the one place that takes its steps."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from hanse.deploy.health import Health
from hanse.deploy.stages import OPEN, Event, Stage, step
from hanse.network.errors import HanseError


class TakenByAnother(HanseError):
    """Another worker has moved this deployment meanwhile: this one must not touch the device any more."""


class Word(StrEnum):
    """What somebody says about a deployment while it is open."""

    CONFIRM = "confirm"  # keep it, if nothing is missing; only heard where it waits for that
    UNDO = "undo"


class Journal(Protocol):
    """The record of one deployment. Every call is its own short transaction."""

    @property
    def name(self) -> str:
        """Return the deployment's name on the device: letters, digits and dashes."""

    def move(self, event: Event, detail: str = "") -> None:
        """Put down that `event` happened; `detail` is a sentence for people.

        :raises TakenByAnother: the record does not stand any more where this worker left it
        """

    def note(self, line: str) -> None:
        """Put down a sentence that moves nothing."""

    def record_checks(self, *, before: Health | None, after: Health | None) -> None:
        """Put down what was up before and after; called whenever one of the two becomes known."""

    def heartbeat(self) -> None:
        """Say that the worker is alive; called before each thing that takes time."""

    def join(self, wave: str) -> None:
        """Put down in which wave of its rollout it begins: "canary", "batch 2"."""

    def record_timer(self, undo_at: datetime) -> None:
        """Put down when the device undoes by itself at the earliest, or Hanse does where there is no timer."""

    def word(self) -> tuple[Word, str] | None:
        """Return what was said about it meanwhile and by whom; None: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a deployment ended, or where it stands: IN_DOUBT when the device could not be asked."""

    node: str
    stage: Stage
    sentence: str

    @property
    def is_well(self) -> bool:
        """Say whether the device runs what was wanted."""
        return self.stage in {Stage.KEPT, Stage.UNCHANGED}

    @property
    def is_harm(self) -> bool:
        """Say whether going on with other routers would be reckless: something was installed and is not known good."""
        return self.stage is Stage.REVERTED or self.stage in OPEN


class Life:
    """A deployment on its way: its stage as this worker knows it, and the last sentence put down."""

    def __init__(self, node: str, journal: Journal, stage: Stage = Stage.PLANNED) -> None:
        self.node = node
        self.journal = journal
        self.stage = stage
        self.sentence = ""

    @property
    def is_open(self) -> bool:
        """Say whether it has not come to an end."""
        return self.stage in OPEN

    def move(self, event: Event, detail: str = "") -> None:
        """Take the step in the table, then in the journal.

        :raises NoSuchStep:
        :raises TakenByAnother:
        """
        after = step(self.stage, event)
        self.journal.move(event, detail)
        self.stage = after
        self.sentence = detail or str(event)

    def note(self, sentence: str) -> None:
        """Put a sentence down and remember it as the last one."""
        self.journal.note(sentence)
        self.sentence = sentence

    def outcome(self) -> Outcome:
        """Return where it stands."""
        return Outcome(node=self.node, stage=self.stage, sentence=self.sentence)


@contextmanager
def recorded(life: Life) -> Generator[None]:
    """Let nothing pass by the journal: whatever ends the work early, an open deployment is put down as lost.

    A deployment that another worker has taken is left to it, and its record untouched.
    """
    try:
        yield
    except TakenByAnother as error:
        life.sentence = str(error)
    except BaseException as error:
        if life.is_open:
            life.move(Event.LOST, f"the work broke off: {type(error).__name__}: {error}")
        raise
