"""Is a service well? One question, one answer, within a time that nothing can stretch."""

from __future__ import annotations

import os
import re
import socket
import struct
import time
from collections.abc import Callable
from typing import Final

from .watched_services import Rule

WELL: Final = re.compile(rb"HTTP/1\.[01] 2\d\d\b")
ENOUGH: Final = 4096  # octets until the end of a status line
SOA: Final = 6  # RFC 1035 section 3.2.2


def is_well(rule: Rule) -> bool:
    """Ask a service once."""
    try:
        return QUESTIONS[rule.kind](rule, time.monotonic() + rule.timeout)
    except OSError:
        return False


def _connected(rule: Rule, ends: float) -> socket.socket:
    return socket.create_connection((rule.address, rule.port), timeout=_left(ends))


def _left(ends: float) -> float:
    """Return how many seconds are left.

    :raises TimeoutError: none
    """
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _by_tcp(rule: Rule, ends: float) -> bool:
    with _connected(rule, ends):
        return True


def _by_http(rule: Rule, ends: float) -> bool:
    host = f"[{rule.address}]" if ":" in rule.address else rule.address
    request = f"GET {rule.path} HTTP/1.1\r\nHost: {host}:{rule.port}\r\nUser-Agent: hanse\r\nConnection: close\r\n\r\n"
    said = b""
    with _connected(rule, ends) as asked:
        asked.settimeout(_left(ends))
        asked.sendall(request.encode("ascii"))
        while b"\n" not in said and len(said) < ENOUGH:
            asked.settimeout(_left(ends))
            more = asked.recv(ENOUGH)
            if not more:
                break
            said += more
    return bool(WELL.match(said))


def _by_dns(rule: Rule, ends: float) -> bool:
    number = os.urandom(2)
    family = socket.AF_INET6 if ":" in rule.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asked:
        asked.connect((rule.address, rule.port))
        asked.settimeout(_left(ends))
        asked.send(question(number, rule.question))
        while True:
            asked.settimeout(_left(ends))
            said = asked.recv(ENOUGH)
            if len(said) >= 12 and said[:2] == number:
                return bool(said[2] & 0x80) and said[3] & 0x0F == 0  # an answer, and no error


def question(number: bytes, domain: str) -> bytes:
    """Return a question for the SOA record of a domain (RFC 1035 section 4)."""
    labels = [label.encode("ascii") for label in domain.split(".") if label]
    name = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    return number + struct.pack(">HHHHH", 0x0100, 1, 0, 0, 0) + name + struct.pack(">HH", SOA, 1)


QUESTIONS: Final[dict[str, Callable[[Rule, float], bool]]] = {"tcp": _by_tcp, "http": _by_http, "dns": _by_dns}
