"""Traffic that goes on while something happens, and is counted."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from hanse_lab.nodes.life import Running

PAUSE: Final = "0.02"  # seconds between two packets
A_SECOND: Final = 50  # packets of one sender
ON_ITS_WAY: Final = 1  # packet when sending stops


@contextmanager
def without_loss(start: Running, goals: Iterable[str], *, at_most: int = 0) -> Iterator[None]:
    """Send fifty packets a second to each of `goals`; at the end all but `at_most` of each have been answered."""
    senders = [
        subprocess.Popen(
            start.beside("ping", "-q", "-n", "-i", PAUSE, "-W", "2", goal),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        for goal in goals
    ]
    try:
        yield
    finally:
        said = [_stopped(sender) for sender in senders]
    for one in said:
        found = re.search(r"(\d+) packets transmitted, (\d+) received", one)
        assert found, one
        assert int(found[1]) > A_SECOND, one
        assert int(found[1]) - int(found[2]) <= at_most + ON_ITS_WAY, one


def _stopped(sender: subprocess.Popen[str]) -> str:
    """Stop sending as Ctrl-C does, and return what was counted."""
    os.killpg(sender.pid, signal.SIGINT)
    return sender.communicate(timeout=10)[0]


def packets_a_second(node: Running, port: str) -> float:
    """Return how many packets the node sends out of a port, over three seconds."""
    counter = ("cat", f"/sys/class/net/{port}/statistics/tx_packets")
    before, began = int(node.run(*counter)), time.monotonic()
    time.sleep(3)
    return (int(node.run(*counter)) - before) / (time.monotonic() - began)


def way(start: Running, goal: str) -> tuple[str, ...]:
    """Return the hops of a traceroute, by address; a silent one is `*`."""
    words = ("traceroute", "-n", "-q", "1", "-w", "1", "-m", "12", goal)
    return tuple(hop.split()[1] for hop in start.outcome(*words).stdout.splitlines()[1:])
