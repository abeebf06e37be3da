"""The demonstration: a city of real routers, configured and watched by Hanse until somebody presses Ctrl-C."""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any, Final, NoReturn

from hanse_lab.desk import desk
from hanse_lab.folder import Folder
from hanse_lab.lab import Say, down, insist_on_none, up
from hanse_lab.overlay import overlay
from hanse_lab.plan import LabPlan
from hanse_lab.product import Hanse
from hanse_lab.waiting import wait_until

EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
PEERINGDB: Final = "peeringdb"  # folder beside a network's files: a sample of PeeringDB's answers
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
  edit the link_class of a link in {file}, then say, each behind `./hanse lab hanse`:
      import {network}   plan   apply
{peers}
Changes are shown here as they happen. Ctrl-C takes everything down.
"""

FIND_PEERS: Final = """\
  find a peer at {url}exchanges/: those who wait on the exchange are in the sample of PeeringDB's answers
"""


class Ended(BaseException):
    """Somebody wants the demonstration to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown: a folder of wanted files, and PeeringDB's answers where there is a sample of them."""

    network: Path
    peeringdb: Path | None

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return what Hanse is told of it."""
        return (("HANSE_PEERINGDB_URL", self.peeringdb.as_uri()),) if self.peeringdb else ()


@contextmanager
def shown(network: Path | None) -> Iterator[Shown]:
    """Give the files of `network` as they are; by default the city with a vendor's router, which end with this."""
    if network:
        sample = network.resolve() / PEERINGDB
        yield Shown(network=network, peeringdb=sample if sample.is_dir() else None)
        return
    with TemporaryDirectory(prefix="hanse-demo-") as files:
        overlay(EXAMPLES / "small-city", EXAMPLES / "city-vendor", Path(files))
        yield Shown(network=Path(files), peeringdb=EXAMPLES / "small-city" / PEERINGDB)


def demo(network: Path | None, folder: Folder, say: Say) -> None:
    """Run the demonstration until it is ended by a signal; nothing is left then.

    :raises LabError: it could not be started
    """
    insist_on_none(folder)
    began = time.monotonic()
    with _ended_by_signals():
        try:
            with shown(network) as what:
                up(what.network, folder, say)
                hanse = Hanse(folder, what.settings)
                _configure(hanse, what, say)
                say(f"converged {time.monotonic() - began:.0f} s after the start.\n")
                say(hanse.say("status").partition("\n\n")[0])
                with desk(hanse) as url:
                    say(try_next(folder.read().plan, what, url))
                    _watch(hanse, say)
        except Ended:
            say("\ntaking everything down ...")
        finally:
            _deaf_to_signals()
            down(folder)
    say("nothing is left of it.")


def _configure(hanse: Hanse, what: Shown, say: Say) -> None:
    say(f"reading {what.network} ...")
    hanse.say("import", str(what.network))
    if what.peeringdb:
        say(f"reading a sample of PeeringDB's answers, {what.peeringdb} ...")
        hanse.say("peeringdb", "sync")
    say("learning the routers' host keys ...")
    hanse.say("ping", "--learn")
    say("installing the derived configuration on every router; each undoes it unless Hanse confirms ...")
    hanse.say("apply", "--yes", "--force")
    say("waiting until every wanted neighbour is full and every wanted session established ...")
    wait_until("the network is as wanted", lambda: _as_wanted(hanse), within=CONVERGES_WITHIN)


def _as_wanted(hanse: Hanse) -> bool:
    hanse.tree("poll")
    return bool(hanse.tree("status")["well"])


def try_next(plan: LabPlan, what: Shown, url: str) -> str:
    """Return what somebody who sees the demonstration could do next."""
    return TRY_NEXT.format(
        url=url,
        spur=plan.routers[-1].name,
        far=(*plan.test_addresses, "ADDRESS")[0],
        fibre=fibre_to_cut(plan),
        neighbour=(*(speaker.name for speaker in plan.speakers), "NEIGHBOUR")[0],
        network=as_said_here(what.network),
        file=as_said_here(file_of_links(what.network)),
        peers=FIND_PEERS.format(url=url) if what.peeringdb else "",
    )


def as_said_here(path: Path) -> str:
    """Return a path as somebody in this folder would write it: from here where it lies below, else in full."""
    full = path.resolve()
    return str(full.relative_to(Path.cwd())) if full.is_relative_to(Path.cwd()) else str(full)


def file_of_links(network: Path) -> Path:
    """Return the file of a network in which links are written down."""
    files = sorted(network.glob("*.yml"))
    return next((file for file in files if "\nlinks:" in file.read_text()), files[0])


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
