"""The demonstration: a city of real routers, configured and watched by Hanse until somebody presses Ctrl-C."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

from hanse_lab.desk import desk
from hanse_lab.folder import Folder
from hanse_lab.lab import Say, down, up
from hanse_lab.plan import LabPlan
from hanse_lab.product import Hanse
from hanse_lab.waiting import wait_until

CONVERGES_WITHIN: Final = timedelta(seconds=90)
LOOKS_EVERY: Final = timedelta(seconds=5)
ENDS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TRY_NEXT: Final = """
The desk is at {url} : log in with the name and the password above. The map and the dashboard follow what happens.

What to try next, from another terminal in this folder:
  ./hanse lab shell {spur} traceroute -n {far}
      the way to the world; cut a fibre of it and look again:
  ./hanse lab cut {fibre}
      `./hanse lab mend {fibre}` splices it
  ./hanse lab stop {neighbour}
      a neighbour's daemon ends; `./hanse lab start {neighbour}` starts it
  ./hanse lab power-cut {spur}
      a router goes dark; `./hanse lab power-on {spur}` starts it again from its files
  ./hanse lab hanse status
      wanted against seen, and the latest changes
  edit the link_class of a link in {network}/nodes.yml, then say, each behind `./hanse lab hanse`:
      import {network}   plan   apply

Changes are shown here as they happen. Ctrl-C takes everything down.
"""


class Ended(BaseException):
    """Somebody wants the demonstration to end."""


def demo(network: Path, folder: Folder, say: Say) -> None:
    """Run the demonstration until it is ended by a signal; nothing is left then.

    :raises LabError: it could not be started
    """
    began = time.monotonic()
    with _ended_by_signals():
        try:
            up(network, folder, say)
            hanse = Hanse(folder)
            _configure(hanse, network, say)
            say(f"converged {time.monotonic() - began:.0f} s after the start.\n")
            say(hanse.say("status").partition("\n\n")[0])
            with desk(hanse) as url:
                say(_try_next(folder, network, url))
                _watch(hanse, say)
        except Ended:
            say("\ntaking everything down ...")
        finally:
            _deaf_to_signals()
            down(folder)
    say("nothing is left of it.")


def _configure(hanse: Hanse, network: Path, say: Say) -> None:
    say(f"reading {network} ...")
    hanse.say("import", str(network))
    say("learning the routers' host keys ...")
    hanse.say("ping", "--learn")
    say("installing the derived configuration on every router, over SSH; each undoes it unless Hanse confirms ...")
    hanse.say("apply", "--yes", "--force")
    say("waiting until every wanted neighbour is full and every wanted session established ...")
    wait_until("the network is as wanted", lambda: _as_wanted(hanse), within=CONVERGES_WITHIN)


def _as_wanted(hanse: Hanse) -> bool:
    hanse.tree("poll")
    return bool(hanse.tree("status")["well"])


def _try_next(folder: Folder, network: Path, url: str) -> str:
    plan = folder.read().plan
    return TRY_NEXT.format(
        url=url,
        spur=plan.routers[-1].name,
        far=(*plan.test_addresses, "ADDRESS")[0],
        fibre=fibre_to_cut(plan),
        neighbour=(*(speaker.name for speaker in plan.speakers), "NEIGHBOUR")[0],
        network=os.path.relpath(network),
    )


def fibre_to_cut(plan: LabPlan) -> str:
    """Return a cable without which there is another way: both its ends have two more."""
    cables = Counter(plug.node for cable in plan.cables for plug in cable.plugs)
    inner = [cable.name for cable in plan.cables if all(cables[plug.node] > 2 for plug in cable.plugs)]
    return max(inner, default="CABLE")


def _watch(hanse: Hanse, say: Say) -> NoReturn:
    while True:
        began = time.monotonic()
        for line in changes(hanse.tree("poll")):
            say(f"{datetime.now().astimezone():%H:%M:%S} {line}")
        time.sleep(max(0.0, LOOKS_EVERY.total_seconds() - (time.monotonic() - began)))


def changes(polled: Any) -> Iterator[str]:
    """Return a sentence for each change that `hanse poll --json` reports."""
    for router in polled["routers"]:
        for change in router["changes"]:
            why = f": {change['why']}" if change["why"] else ""
            yield f"{router['node']}: {change['subject']} {change['name']} {change['change']}{why}".replace("  ", " ")


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> None:
        raise Ended

    before = {number: signal.signal(number, end) for number in ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _deaf_to_signals() -> None:
    """Let nothing interrupt the taking down: a second Ctrl-C must not leave half of it."""
    for number in ENDS:
        signal.signal(number, signal.SIG_IGN)
