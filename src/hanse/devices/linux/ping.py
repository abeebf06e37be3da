"""Ping from a Linux router."""

import re
import shlex
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hanse.devices.driver import Driver, NotOffered
from hanse.devices.linux.driver import LinuxRouter

ANSWER: Final = re.compile(
    r"^\d+ bytes from (?:\S+ \()?(?P<address>[0-9A-Fa-f.:]+?)(?:%\S+)?\)?: .*time[=<](?P<time>[\d.]+) ms"
)
SUMMARY: Final = re.compile(r"^\d+ packets transmitted", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PingWanted:
    """What to ping and how; `size` is of the payload in bytes, `source` an address or an interface, or empty."""

    destination: str
    source: str = ""
    ttl: int = 255
    timeout: timedelta = timedelta(seconds=2)
    size: int = 100
    count: int = 5
    vrf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PingAnswer:
    """One echo reply."""

    address: str
    milliseconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinged:
    """All replies; `error` is what ping says if it could not even send."""

    answers: tuple[PingAnswer, ...]
    error: str = ""


def ping(driver: Driver, wanted: PingWanted) -> Pinged:
    """Ping from the router; a destination that does not answer is no error.

    :raises NotOffered: the driver is of another kind
    """
    if not isinstance(driver, LinuxRouter):
        raise NotOffered("ping is asked of Linux routers only")
    ran = driver.way.run(ping_command(wanted))
    return read_ping(ran.out, ran.err)


def ping_command(wanted: PingWanted) -> str:
    """Return the command line, five probes a second."""
    words = [
        *(["ip", "vrf", "exec", wanted.vrf] if wanted.vrf else []),
        *("ping", "-n", "-i", "0.2", "-c", str(wanted.count), "-t", str(wanted.ttl), "-s", str(wanted.size)),
        *("-W", f"{wanted.timeout.total_seconds():g}"),
        *(["-I", wanted.source] if wanted.source else []),
        *("--", wanted.destination),
    ]
    return shlex.join(words)


def read_ping(out: str, err: str) -> Pinged:
    """Return what iputils' ping says."""
    if not SUMMARY.search(out):
        return Pinged(answers=(), error=err.strip() or out.strip() or "ping says nothing")
    found = (ANSWER.match(line) for line in out.splitlines())
    return Pinged(
        answers=tuple(PingAnswer(address=one["address"], milliseconds=float(one["time"])) for one in found if one)
    )
