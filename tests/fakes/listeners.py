"""Two servers of this machine that listen to what Hanse tells: one for webhooks, one for mail."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any, Final

HOST: Final = "127.0.0.1"


@dataclass
class Heard:
    """What a listener heard, and what it answers."""

    port: int = 0
    status: int = 204
    refuse_mail: str = ""
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)  # path, headers, body
    mails: list[str] = field(default_factory=list)


@contextmanager
def web_listener() -> Generator[Heard]:
    """Listen for webhooks; a redirect leads to /elsewhere, which nobody must follow."""
    heard = Heard()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.requests.append((self.path, dict(self.headers), body))
            self.send_response(heard.status)
            if 300 <= heard.status < 400:
                self.send_header("Location", f"http://{HOST}:{heard.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer((HOST, 0), Hook) as server:
        heard.port = server.server_address[1]
        with _served(server):
            yield heard


class MailServer(ThreadingTCPServer):
    """A mail server in the few words of RFC 5321 that one mail needs."""

    daemon_threads = True

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        super().__init__((HOST, 0), MailTalk)


class MailTalk(StreamRequestHandler):
    """What is said over one connection."""

    server: MailServer

    def handle(self) -> None:
        self._say("220 listening")
        for raw in self.rfile:
            word = raw.decode().strip().upper()
            if word == "QUIT":
                self._say("221 bye")
                return
            self._answer(word)

    def _answer(self, word: str) -> None:
        heard = self.server.heard
        if word.startswith("DATA"):
            self._say("354 go on")
            heard.mails.append(self._mail())
        self._say(heard.refuse_mail if heard.refuse_mail and word.startswith("RCPT") else "250 well")

    def _mail(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line.removeprefix("."))
        return "\n".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_listener() -> Generator[Heard]:
    """Listen for mail."""
    heard = Heard()
    with MailServer(heard) as server:
        heard.port = server.server_address[1]
        with _served(server):
            yield heard


def silent_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def _served(server: Any) -> Generator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
