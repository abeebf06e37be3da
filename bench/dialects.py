"""How long one core takes to derive and render 50 routers of 220 eBGP sessions each, in every dialect.

Wanted: all 50 are rendered in at most 2 seconds.
"""

import gc
import sys
import time
from collections.abc import Callable
from typing import Final, TypeVar

from table import show

from hanse.derive.devices import device_specs
from hanse.network.wanted.files import network_from
from hanse.render.dialects import DIALECTS
from hanse.render.text import render
from network import tree

LIMIT: Final = 2.0  # seconds of one core
ROUTERS: Final = 50
MEMBERS: Final = 110  # of both families: 220 sessions
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what `work` returns and the seconds of processor time it took."""
    gc.collect()
    began = time.process_time()
    return work(), time.process_time() - began


def main() -> int:
    rows, slowest = [], 0.0
    for dialect in sorted(DIALECTS):
        network = network_from(tree(ROUTERS, MEMBERS, border_every=1, dialect=dialect))
        specs, derive = timed(lambda wanted=network: device_specs(wanted))  # type: ignore[misc]
        texts, seconds = timed(lambda found=specs: [render(spec) for spec in found.values()])  # type: ignore[misc]
        lines = sum(text.count("\n") for text in texts)
        rows.append((dialect, f"{derive:.2f}", f"{seconds:.2f}", f"{derive + seconds:.2f}", lines))
        slowest = max(slowest, seconds)
    title = f"{ROUTERS} routers, {ROUTERS * MEMBERS * 2} eBGP sessions: seconds of one core"
    show(title, ("dialect", "derive", "render", "both", "lines"), rows)
    print(f"rendered in at most {LIMIT:g} s: {'yes' if slowest <= LIMIT else 'NO'}")
    return 0 if slowest <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
