"""What somebody on a wire reads: tcpdump on a router."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from hanse_lab.waiting import wait_until
from lab.places import Standing

SEEN: Final = "/run/seen.pcap"
SAYS: Final = "/run/listener"
SOON: Final = timedelta(seconds=30)
WORD: Final = "HanseHanse"
PATTERN: Final = "48616e7365"  # that word, again and again in each packet of a ping that is given it


@contextmanager
def overheard(standing: Standing, router: str, port: str) -> Iterator[None]:
    """Write down every packet at a port of a router, for `read_in`, from the first to the last one of the block."""
    listen = f"tcpdump -Z root -i {port} --immediate-mode -U -w {SEEN} >{SAYS} 2>&1 & echo $!"
    process = standing.shell(router, "sh", "-c", listen).strip()

    def says(word: str) -> bool:
        return word in standing.shell(router, "cat", SAYS)

    wait_until("somebody listens", lambda: says("listening on"), within=SOON)
    try:
        yield
    finally:
        standing.shell(router, "kill", process)
        wait_until("what was heard is written", lambda: says("packets captured"), within=SOON)


def read_in(standing: Standing, router: str, *words: str) -> str:
    """Return the packets that were overheard and match tcpdump's `words`, with what can be read of each."""
    return standing.shell(router, "tcpdump", "-r", SEEN, "-A", *words)


def wait_until_heard(standing: Standing, router: str, sign: str, *words: str, times: int = 20) -> None:
    """Wait until a sign was overheard so often: on a busy router the listener is behind. For the end of the block."""
    wait_until(
        f"{sign!r} is overheard {times} times",
        lambda: read_in(standing, router, *words).count(sign) >= times,
        within=SOON,
    )
