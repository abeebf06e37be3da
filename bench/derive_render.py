"""How long one core takes to derive and render every router of a large network, and whether it is always the same.

Both passes run in a process of their own, with another hash seed, so that no order comes from a set by luck.

Wanted: at most 15 seconds of one core for 1,000 routers and 20,000 eBGP sessions; byte-identical on repetition.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Final, TypeVar

from table import show

from hanse.derive.devices import device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.files import network_from
from hanse.network.wanted.problems import problems
from hanse.render.text import render
from network import MEMBERS, ROUTERS, tree

LIMIT: Final = 15.0  # seconds of one core, for derive and render together
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One derivation and rendering of everything."""

    derive: float  # seconds of processor time
    render: float
    checksum: str
    lines: int
    sessions: int

    @property
    def both(self) -> float:
        return self.derive + self.render


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what `work` returns and the seconds of processor time it took."""
    gc.collect()
    began = time.process_time()
    return work(), time.process_time() - began


def rendered(specs: dict[str, DeviceSpec]) -> dict[str, str]:
    return {name: render(spec) for name, spec in specs.items()}


def one_pass(routers: int, members: int) -> Pass:
    """Build the network anew, derive and render all of it."""
    network = network_from(tree(routers, members))
    specs, derive = timed(lambda: device_specs(network))
    texts, seconds = timed(lambda: rendered(specs))
    joined = "".join(f"{name}\n{texts[name]}" for name in sorted(texts))
    return Pass(
        derive=derive,
        render=seconds,
        checksum=sha256(joined.encode()).hexdigest(),
        lines=joined.count("\n"),
        sessions=sum(len(spec.bgp.external) for spec in specs.values()),
    )


def elsewhere(routers: int, members: int, seed: int) -> Pass:
    """Return what `one_pass` returns in a process with the hash seed `seed`."""
    command = [sys.executable, __file__, "--one", "--routers", str(routers), "--members", str(members)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": str(seed)}, check=True, text=True, stdout=subprocess.PIPE
    )
    return Pass(**json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", action="store_true", help="one pass only, as JSON")
    parser.add_argument("--routers", type=int, default=ROUTERS)
    parser.add_argument("--members", type=int, default=MEMBERS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(asdict(one_pass(args.routers, args.members))))
        return 0
    network, reading = timed(lambda: network_from(tree(args.routers, args.members)))
    found, checking = timed(lambda: problems(network))
    for problem in found[:10]:
        print(problem, file=sys.stderr)
    passes = [elsewhere(args.routers, args.members, seed) for seed in (1, 2)]
    show(
        f"{args.routers} routers, {passes[0].sessions} eBGP sessions: seconds of one core",
        ("", "derive", "render", "both", "lines", "SHA-256"),
        [
            (name, f"{it.derive:.2f}", f"{it.render:.2f}", f"{it.both:.2f}", it.lines, it.checksum[:16])
            for name, it in zip(("first", "again"), passes, strict=True)
        ],
    )
    print(f"before that: reading {reading:.2f} s, checking {checking:.2f} s ({len(found)} problems)")
    same = passes[0].checksum == passes[1].checksum
    fast = max(it.both for it in passes) <= LIMIT
    print(f"byte-identical: {'yes' if same else 'NO'}; at most {LIMIT:g} s: {'yes' if fast else 'NO'}")
    return 0 if same and fast and not found else 1


if __name__ == "__main__":
    sys.exit(main())
