"""A database as large as the desk has to be fast with: the network of `network.py`, polled, and with a past.

Written in bulk and the same at every call: 1,000 routers, 20,000 eBGP sessions and as many samples of each as there are
hours in the days asked for, polls every five minutes, changes, audit entries, jobs, deployments, plans and alerts.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from table import show

from network import BORDER_EVERY, MEMBERS, ROUTERS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="for HANSE_DATA; must be empty or not there")
    parser.add_argument("--routers", type=int, default=ROUTERS)
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--border-every", type=int, default=BORDER_EVERY, help="1: every router is at an exchange")
    parser.add_argument("--days", type=int, default=30)
    args = parser.parse_args()
    if args.folder.exists() and any(args.folder.iterdir()):
        print(f"{args.folder} is not empty", file=sys.stderr)
        return 2
    args.folder.mkdir(parents=True, exist_ok=True)
    os.environ["HANSE_DATA"] = str(args.folder)
    import_module("hanse.cli.opened").open_store()
    fill: Callable[..., list[tuple[str, Callable[[], object]]]] = import_module("desk_rows").steps
    rows = []
    for name, step in fill(args.routers, args.members, args.border_every, args.days):
        began = time.monotonic()
        done = step()
        rows.append((name, done, f"{time.monotonic() - began:.1f}"))
    size = sum(path.stat().st_size for path in args.folder.iterdir()) / 1e6
    show(f"{args.routers} routers, {args.days} days: {size:,.0f} MB", ("", "rows", "seconds"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
