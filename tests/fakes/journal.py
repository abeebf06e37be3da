"""A journal in memory, as strict as the real one: it takes no step that the table does not know."""

from collections.abc import Callable
from datetime import datetime

from hanse.deploy.health import Health
from hanse.deploy.journal import TakenByAnother, Word
from hanse.deploy.stages import Event, Stage, step


class FakeJournal:
    """Hand-written stand-in for `hanse.deploy.journal.Journal`.

    At the event `taken_at` it finds that another worker was faster, at `breaks_at` its disk is full; `told` hears each
    event that was put down.
    """

    def __init__(self, name: str = "hanse-1", stage: Stage = Stage.PLANNED) -> None:
        self._name = name
        self.stage = stage
        self.events: list[Event] = []
        self.details: list[str] = []
        self.notes: list[str] = []
        self.before: Health | None = None
        self.after: Health | None = None
        self.beats = 0
        self.wave = ""
        self.undo_at: datetime | None = None
        self.says: Callable[[], tuple[Word, str] | None] = lambda: None
        self.taken_at: Event | None = None
        self.breaks_at: Event | None = None
        self.dies_with: type[BaseException] | None = None  # its process was killed: it writes nothing any more
        self.told: Callable[[Event], object] = lambda event: None

    @property
    def name(self) -> str:
        return self._name

    def move(self, event: Event, detail: str = "") -> None:
        if self.dies_with is not None:
            raise self.dies_with
        if event is self.taken_at:
            raise TakenByAnother(f"{self.name} was moved by another worker")
        if event is self.breaks_at:
            raise OSError("no space left on device")
        self.stage = step(self.stage, event)
        self.events.append(event)
        self.details.append(detail)
        self.told(event)

    def note(self, line: str) -> None:
        self.notes.append(line)

    def record_checks(self, *, before: Health | None, after: Health | None) -> None:
        self.before, self.after = before, after

    def heartbeat(self) -> None:
        self.beats += 1

    def join(self, wave: str) -> None:
        self.wave = wave

    def record_timer(self, undo_at: datetime) -> None:
        self.undo_at = undo_at

    def word(self) -> tuple[Word, str] | None:
        return self.says()
