"""Ask services ten times a second each and print when, which one, and who answers: `ask.py SECONDS URL ...`."""

import sys
import threading
import time
from urllib.error import URLError
from urllib.request import urlopen

ENDS = time.monotonic() + float(sys.argv[1])


def ask(url: str) -> None:
    """Ask one service until the time is over."""
    while time.monotonic() < ENDS:
        try:
            with urlopen(url, timeout=0.3) as answer:
                said = answer.read().decode()
        except (URLError, OSError):
            said = "-"
        print(f"{time.monotonic()} {url} {said}\n", end="", flush=True)
        time.sleep(0.1)


for each in sys.argv[2:]:
    threading.Thread(target=ask, args=(each,)).start()
