"""A web server on this machine that says what a test gives it, and keeps what it was asked."""

import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer; `body` is told as JSON unless it is bytes."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    media: str = "application/json"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One request; `body` is its JSON, None if it had none."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


Says = Callable[[Question], Answer]


@dataclass
class WebServer:
    """What it was asked, and where it is."""

    says: Says
    port: int = 0
    asked: list[Question] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def web_server(says: Says) -> Generator[WebServer]:
    """Give a server that answers as `says` tells."""
    server = WebServer(says)

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            question = Question(method=self.command, path=self.path, headers=dict(self.headers), body=body)
            server.asked.append(question)
            answer = server.says(question)
            told = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {
                "Content-Type": answer.media,
                "Content-Length": f"{len(told)}",
                **answer.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # its own word
            return

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
