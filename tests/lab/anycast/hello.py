"""A service that says on which router it runs: `hello.py PORT NAME`."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hello(BaseHTTPRequestHandler):
    """Answers every question with the router's name."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(sys.argv[2].encode())

    def log_message(self, form: str, *words: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Answers both families."""

    address_family = socket.AF_INET6


Server(("::", int(sys.argv[1])), Hello).serve_forever()
