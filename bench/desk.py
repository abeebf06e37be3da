"""How long every page and API list takes on the database of `desk_data.py`, and how many queries it costs.

Every address of the URL configuration that takes no argument is asked, and some that do. Each is asked once to warm
up, then as often as said. Wanted: lists at most 200 ms (the slowest of twenty but one) and 20 queries, the dashboard
150 ms, search 100 ms, a draft's preview of one edit 300 ms.
"""

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="HANSE_DATA, as desk_data.py filled it")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="", help="addresses that hold this")
    args = parser.parse_args()
    os.environ["HANSE_DATA"] = str(args.folder)
    import_module("hanse.cli.opened").open_store()
    ask: Callable[..., bool] = import_module("desk_asked").ask
    return 0 if ask(args.times, args.only) else 1


if __name__ == "__main__":
    sys.exit(main())
