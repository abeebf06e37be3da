"""A PeeringDB on this machine: pages, what changed since, keys, and every bad day that a test gives it.

It imitates what the API documents: `limit` and `skip`, `since` with deleted rows, `Api-Key`, and 429 with Retry-After.
"""

import json
import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from samples.peeringdb import Row, small_peeringdb

HOST: Final = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer in place of the right one. `cut`: the connection ends after so many bytes of the body."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"data": [], "meta": {}}'
    cut: int | None = None
    to: str = ""  # the kind that it is said about; empty: whatever is asked next


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question."""

    kind: str
    words: dict[str, str]
    key: str


@dataclass
class PeeringdbServer:
    """What it knows, what it was asked, and what it says next instead of the truth."""

    rows: dict[str, list[Row]] = field(default_factory=small_peeringdb)
    port: int = 0
    key: str = ""  # that it takes; contacts for users are shown to nobody else. Empty: any
    most: int = 100_000  # rows in one answer, whatever is asked for
    knows_pages: bool = True
    asked: list[Asked] = field(default_factory=list)
    bad_days: deque[Said] = field(default_factory=deque)

    @property
    def url(self) -> str:
        """Return where its API is."""
        return f"http://{HOST}:{self.port}/api"

    def change(self, kind: str, number: int, at: datetime, **fields: Any) -> None:
        """Make a row have these fields, as of that moment; one that is not there appears."""
        found = next((one for one in self.rows[kind] if one["id"] == number), None)
        if found is None:
            found = {"id": number, "status": "ok"}
            self.rows[kind].append(found)
        found.update(fields, updated=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def remove(self, kind: str, number: int, at: datetime) -> None:
        """Mark a row as deleted, as of that moment."""
        self.change(kind, number, at, status="deleted")

    def questions(self, kind: str) -> list[dict[str, str]]:
        """Return what was asked about a kind."""
        return [one.words for one in self.asked if one.kind == kind]

    def answer(self, kind: str, words: dict[str, str]) -> dict[str, Any]:
        """Return the right answer."""
        rows = self.rows[kind]
        if "since" in words:
            since = datetime.fromtimestamp(int(words["since"]), UTC)
            found = [one for one in rows if datetime.fromisoformat(one["updated"]) >= since]
        else:
            found = [one for one in rows if one["status"] == "ok"]
        if self.knows_pages:
            skip = int(words.get("skip", 0))
            found = found[skip : skip + min(self.most, int(words.get("limit", 0)) or self.most)]
        return {"data": found, "meta": {}}


@contextmanager
def peeringdb_server() -> Generator[PeeringdbServer]:
    """Serve a small PeeringDB."""
    known = PeeringdbServer()

    class Api(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            kind = place.path.rpartition("/")[2]
            words = {name: values[0] for name, values in parse_qs(place.query).items()}
            key = self.headers.get("Authorization", "").removeprefix("Api-Key ")
            known.asked.append(Asked(kind=kind, words=words, key=key))
            self._say(_next(known, kind, words, key))

        def _say(self, said: Said) -> None:
            self.send_response(said.status)
            for name, value in ({"Content-Length": str(len(said.body))} | said.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body if said.cut is None else said.body[: said.cut])

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer((HOST, 0), Api) as server:
        known.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield known
        finally:
            server.shutdown()
            thread.join()


def _next(known: PeeringdbServer, kind: str, words: dict[str, str], key: str) -> Said:
    """Return what is said to a question."""
    if known.bad_days and known.bad_days[0].to in {"", kind}:
        return known.bad_days.popleft()
    if known.key and key not in {"", known.key}:
        return Said(status=403)
    answer = known.answer(kind, words)
    if known.key and key != known.key:
        answer["data"] = [one for one in answer["data"] if one.get("visible") != "Users"]
    return Said(body=json.dumps(answer).encode())
