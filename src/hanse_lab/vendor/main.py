"""One local vendor router as a program: `python -m hanse_lab.vendor.main eos --listen ADDRESS ...`, until SIGTERM."""

import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from hanse_lab.vendor.device import Box, Login
from hanse_lab.vendor.eos import eos_router
from hanse_lab.vendor.frr import Frr
from hanse_lab.vendor.ios import ios_router
from hanse_lab.vendor.junos import junos_router

PASSWORD: Final = "HANSE_LAB_PASSWORD"  # name of the environment variable
PORTS: Final = {"eos": 443, "ios": 22, "junos": 830}


def parser() -> ArgumentParser:
    """Return the parser of the options."""
    made = ArgumentParser(prog="hanse_lab.vendor.main", description="A local router that speaks what NAPALM speaks.")
    made.add_argument("kind", choices=sorted(PORTS))
    made.add_argument("--listen", default="127.0.0.1")
    made.add_argument("--port", type=int, help="by default the vendor's own")
    made.add_argument("--user", default="root")
    made.add_argument("--vty", type=Path, required=True, help="folder of FRR's sockets")
    made.add_argument("--scratch", type=Path, required=True, help="folder for files of its own")
    made.add_argument("--base", type=Path, required=True, help="the configuration that somebody made by hand")
    made.add_argument("--minute", type=float, default=60.0, help="how many seconds a minute of its timers lasts")
    return made


def running(args: Namespace) -> AbstractContextManager[Any]:
    """Return the router that the options ask for."""
    login = Login(user=args.user, password=os.environ.pop(PASSWORD, ""))
    port = PORTS[args.kind] if args.port is None else args.port
    box = Box(login=login, listen=args.listen, port=port, minute=args.minute)
    frr = Frr(args.vty, scratch=args.scratch)
    base = args.base.read_text()
    match args.kind:
        case "eos":
            return eos_router(box, frr, base, startup=args.scratch / "startup-config")
        case "ios":
            return ios_router(box, frr, base)
        case _:
            return junos_router(box, frr, base)


def main(given: Sequence[str] | None = None) -> int:
    """Serve until somebody ends it."""
    args = parser().parse_args(given)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with running(args):
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
    return 0


if __name__ == "__main__":
    sys.exit(main())
