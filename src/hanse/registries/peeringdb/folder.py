"""PeeringDB in a folder: its answers as files, one a kind (`net.json`), for those who cannot or need not ask it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hanse.network.errors import OutsideError
from hanse.network.known.peeringdb import Page, PeeringdbKind
from hanse.registries.peering import Pause
from hanse.registries.peeringdb.reading import document, page_of


class NoSuchAnswer(OutsideError):
    """A file of PeeringDB's answers is not there, or cannot be read: look at HANSE_PEERINGDB_URL."""

    retry = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeeringdbFolder:
    """A folder of answers. It is a `registries.peering.PeeringRegistry`."""

    folder: Path

    @property
    def url(self) -> str:
        """Return where it is."""
        return self.folder.as_uri()

    @property
    def with_key(self) -> bool:
        """Say that it shows the same to everybody."""
        return False

    @property
    def is_whole(self) -> bool:
        """Say that files know nothing of what is no more."""
        return True

    def page(self, kind: PeeringdbKind, *, since: datetime | None, skip: int, limit: int, pause: Pause) -> Page:
        """Return these rows of the file, as old as the file is.

        :raises NoSuchAnswer:
        :raises AnswerNotUnderstood:
        """
        file = self.folder / f"{kind}.json"
        try:
            body, written = file.read_bytes(), file.stat().st_mtime
        except OSError as error:
            raise NoSuchAnswer(f"{file} cannot be read: {error.strerror}") from error
        answer = document(kind, body)
        part = {**answer, "data": answer["data"][skip : skip + limit]}
        return page_of(kind, part, now=min(datetime.now(UTC), datetime.fromtimestamp(written, UTC)))
