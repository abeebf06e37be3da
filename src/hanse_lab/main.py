"""The command `hanse-lab`: real routers on this machine."""

import json
import os
import signal
import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from hanse_lab import lab, standing
from hanse_lab.commands import SURROUNDINGS
from hanse_lab.demo import EXAMPLES, demo
from hanse_lab.errors import LabError
from hanse_lab.faults.campaign import campaign
from hanse_lab.folder import Folder, labs
from hanse_lab.overlay import overlay
from hanse_lab.plan import Place
from hanse_lab.product import COMMAND, Hanse
from hanse_lab.soak.word import soak_from, words_of_soak

CITY: Final = EXAMPLES / "small-city"
DEFAULT_NAME: Final = "city"
SHELL: Final = ("bash", "--norc")
AUTO: Final = "auto"
FAILED: Final = 1
ENDED_BY_SIGNAL: Final = 130  # as shells say it
Word = Callable[[Namespace, Folder], int]


def say(sentence: str) -> None:
    """Print a line at once."""
    print(sentence, flush=True)


def _up(args: Namespace, folder: Folder) -> int:
    lab.up(args.network, folder, say, Place(args.place) if args.place != AUTO else None)
    say(f"lab {folder.name} is up: `hanse-lab status`, `hanse-lab shell NODE`, `hanse-lab down`")
    return 0


def _down(_: Namespace, folder: Folder) -> int:
    say(f"lab {folder.name} is down." if lab.down(folder) else f"there was no lab {folder.name}.")
    return 0


def _shell(args: Namespace, folder: Folder) -> int:
    node = lab.node(folder, args.node)
    words = node.machine.at_terminal(node.inside(*(args.command or SHELL)))
    os.execvpe(words[0], words, SURROUNDINGS | {"PS1": r"\h:\w\$ "})


def _hanse(args: Namespace, folder: Folder) -> int:
    folder.read()
    folder.data.mkdir(exist_ok=True)
    os.execve(COMMAND[0], [*COMMAND, *args.command], Hanse(folder).environment())


def _status(args: Namespace, folder: Folder) -> int:
    record = folder.read()
    say(json.dumps(standing.tree(record), indent=2) if args.json else "\n".join(standing.lines(record)))
    return 0


def _demo(args: Namespace, folder: Folder) -> int:
    demo(args.network, folder, say)
    return 0


def _overlay(args: Namespace, _: Folder) -> int:
    overlay(args.base, args.over, args.target)
    say(f"written to {args.target}: `hanse-lab up {args.target}`")
    return 0


def _faults(args: Namespace, folder: Folder) -> int:
    place = Place(args.place) if args.place != AUTO else None
    drawn = {"victim": args.victim, "seed": args.seed, "count": args.count}
    return 0 if campaign(args.network, folder, **drawn, place=place, say=say) else FAILED


def _soak(args: Namespace, folder: Folder) -> int:
    return 0 if soak_from(args, folder, say) else FAILED


def _on(change: Callable[[Folder, str], None]) -> Word:
    def change_it(args: Namespace, folder: Folder) -> int:
        change(folder, args.what)
        return 0

    return change_it


BEGIN: Final = frozenset({_up, _demo, _faults, _soak})
CHANGES: Final = (
    ("cut", "CABLE", "take the carrier from a cable; a port is written node:port", lab.cut),
    ("mend", "CABLE", "give a cable its carrier back", lab.mend),
    ("power-cut", "NODE", "take a node's power away; its files stay", lab.power_cut),
    ("power-on", "NODE", "start a node again from its files", lab.power_on),
    ("stop", "NEIGHBOUR", "stop a neighbour's daemon", lab.stop),
    ("start", "NEIGHBOUR", "start a neighbour's daemon again", lab.start),
)


def parser() -> ArgumentParser:
    """Return the parser of all words."""
    made = ArgumentParser(prog="hanse-lab", description="Real routers on this machine, each in namespaces of its own.")
    made.add_argument("--name", help=f"of the lab; by default {DEFAULT_NAME!r}, or the one that is up")
    words = made.add_subparsers(metavar="WORD", required=True)

    def word(name: str, text: str, run: Word) -> ArgumentParser:
        added = words.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    up = word("up", "start routers, cables and the world outside", _up)
    up.add_argument("network", nargs="?", type=Path, default=CITY, help="folder of its files")
    up.add_argument("--place", choices=(AUTO, *Place), default=AUTO, help="where the routers stand; see docs")
    shown = word("demo", "start, configure and watch a network until Ctrl-C", _demo)
    shown.add_argument(
        "network", nargs="?", type=Path, help="folder of its files; else the city with a vendor's router"
    )
    word("down", "end a lab and all that is left of it", _down)
    word("status", "show nodes and cables", _status).add_argument("--json", action="store_true")
    shell = word("shell", "run a command on a node; without one, a shell", _shell)
    shell.add_argument("node")
    shell.add_argument("command", nargs=REMAINDER)
    word("hanse", "run `hanse` for this lab's routers", _hanse).add_argument("command", nargs=REMAINDER)
    for name, what, text, change in CHANGES:
        word(name, text, _on(change)).add_argument("what", metavar=what)
    laid = word("overlay", "write a network with another laid upon it to a folder", _overlay)
    for name in ("base", "over", "target"):
        laid.add_argument(name, type=Path)
    faults = word("faults", "inject faults into deployments and judge how each router ends", _faults)
    faults.add_argument("network", nargs="?", type=Path, default=CITY)
    faults.add_argument("--victim", metavar="NODE", default="", help="the router that is struck; by default the first")
    faults.add_argument("--seed", type=int, default=1)
    faults.add_argument("--count", type=int, default=60)
    faults.add_argument("--place", choices=(AUTO, *Place), default=AUTO)
    soaked = word("soak", "make valid edits, one after the other, and judge that none does harm", _soak)
    soaked.add_argument("network", nargs="?", type=Path, default=CITY)
    soaked.add_argument("--place", choices=(AUTO, *Place), default=AUTO)
    words_of_soak(soaked)
    return made


def folder_for(name: str | None, *, begins: bool) -> Folder:
    """Return the folder of the lab called `name`, or of the only one that is up; for a word that begins one, the usual.

    :raises LabError: more than one is
    """
    there = () if begins else labs()
    if name is None and len(there) > 1:
        raise LabError(f"labs {', '.join(there)} are up: say which with --name")
    return Folder.of(name or (there[0] if there else DEFAULT_NAME))


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End as an exception does, so that what was begun is taken down again."""
    raise KeyboardInterrupt


def main(given: Sequence[str] | None = None) -> int:
    """Run one word and return its exit code."""
    args = parser().parse_args(given)
    signal.signal(signal.SIGTERM, _end)
    try:
        code: int = args.run(args, folder_for(args.name, begins=args.run in BEGIN))
    except LabError as error:
        print(f"hanse-lab: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return ENDED_BY_SIGNAL
    return code


if __name__ == "__main__":
    sys.exit(main())
