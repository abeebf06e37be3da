"""`hanse zones`: the zones of the domain name system, forward and backward."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hanse.cli.say import Exit, tell
from hanse.cli.source import folder_argument, source_of
from hanse.cli.zone_files import write_zones
from hanse.derive.zones import zones
from hanse.render.zones import zone_text

NAME: Final = "zones"
HELP: Final = "print the zones of the domain name system, or write each into a file in DIR"


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    parser.add_argument("to", nargs="?", type=Path, metavar="DIR")
    parser.add_argument(
        "--serial", type=int, metavar="N", help="of all zones; without it: today's date and two digits, or one more"
    )
    folder_argument(parser)


def run(args: Namespace) -> int:
    """Print the zones, or write those files that say something else than they did."""
    found = zones(source_of(args).sound())
    today = int(datetime.now(UTC).strftime("%Y%m%d00"))
    if args.to is None:
        texts = [zone_text(zone, today if args.serial is None else args.serial) for zone in found]
        tell(args, {"zones": [{**asdict(zone), "text": text} for zone, text in zip(found, texts, strict=True)]}, texts)
        return Exit.FINE
    written = write_zones(found, args.to, today=today, serial=args.serial)
    line = f"{len(written)} of {len(found)} zones written to {args.to}."
    tell(args, {"folder": str(args.to), "written": list(written), "zones": [zone.name for zone in found]}, [line])
    return Exit.FINE
