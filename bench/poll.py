"""How long a poll takes of 50 routers with 220 sessions each, when every router takes a second to answer.

Wanted: at most 3 seconds, and at most 5 queries a router to store what was seen. Without `--store` nothing is
stored. `--store MODULE:FACTORY` names a callable that gets the routers' names and returns an object with `note(look)`,
called for each look as it comes, and `queries()`, the number of queries so far.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from ipaddress import ip_address
from typing import Final, Protocol, cast

from table import show

from hanse.devices.clock import SystemClock
from hanse.devices.driver import Driver, Target
from hanse.devices.fake.driver import FakeDevice
from hanse.monitor.look import Look, Unanswered, look_at_all
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn

LIMIT: Final = 3.0  # seconds
QUERIES: Final = 5  # a router
SINCE: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Store(Protocol):
    """Where looks go."""

    def note(self, look: Look | Unanswered) -> None:
        """Store `look`."""

    def queries(self) -> int:
        """Return how many queries that took so far."""


class NoStore:
    """Keeps nothing."""

    def note(self, look: Look | Unanswered) -> None:
        return None

    def queries(self) -> int:
        return 0


def sessions(count: int) -> tuple[SeenSession, ...]:
    """Return `count` sessions of one router, half of each family."""
    return tuple(
        SeenSession(
            remote_address=ip_address(f"198.19.0.{number // 2 + 1}" if number % 2 else f"2001:db8::{number // 2 + 1}"),
            remote_asn=Asn(64512 + number),
            state=BgpState.ESTABLISHED,
            since=SINCE,
            counts=(RouteCounts(family=Family.IPV4 if number % 2 else Family.IPV6, received=900, accepted=850),),
        )
        for number in range(count)
    )


def opener(devices: dict[str, FakeDevice]) -> Callable[[str], AbstractContextManager[Driver]]:
    return lambda node: devices[node].open(Target(name=node, host=node))


def store_named(written: str, nodes: Sequence[str]) -> Store:
    """Return the store that MODULE:FACTORY makes."""
    module, _, factory = written.partition(":")
    return cast("Store", getattr(import_module(module), factory)(nodes)) if written else NoStore()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--routers", type=int, default=50)
    parser.add_argument("--sessions", type=int, default=220)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--store", default="", metavar="MODULE:FACTORY")
    args = parser.parse_args()
    names = [f"r{number:03d}" for number in range(1, args.routers + 1)]
    latency = timedelta(seconds=args.latency)
    devices = {name: FakeDevice(name, sessions=sessions(args.sessions), latency=latency) for name in names}
    store = store_named(args.store, names)
    rows, good = [], True
    for number in range(1, args.rounds + 1):
        before, began = store.queries(), time.monotonic()
        looks = look_at_all(names, open_device=opener(devices), clock=SystemClock(), each=store.note)
        took, asked = time.monotonic() - began, (store.queries() - before) / len(names)
        seen = sum(len(look.sessions) for look in looks if isinstance(look, Look))
        good = good and took <= LIMIT and asked <= QUERIES and seen == args.routers * args.sessions
        rows.append((number, seen, f"{took:.2f}", f"{asked:.2f}" if args.store else "not stored"))
    show(
        f"{args.routers} routers, {args.sessions} sessions each, {args.latency:g} s latency",
        ("round", "sessions seen", "seconds", "queries a router"),
        rows,
    )
    print(f"at most {LIMIT:g} s and {QUERIES} queries a router: {'yes' if good else 'NO'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
