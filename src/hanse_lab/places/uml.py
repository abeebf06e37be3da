"""User Mode Linux: a kernel of its own in a program of this machine, with what this machine's kernel lacks.

One guest holds one lab. It sees this machine's files read-only, keeps what is written in its memory, and has two links:
one to its agent, one for the management network. Everything of it carries the lab's mark and ends with the lab.
"""

import json
import os
import secrets
import shutil
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from hanse_lab.commands import detach, outcome, run
from hanse_lab.errors import NoPlace
from hanse_lab.folder import naming
from hanse_lab.places.agent import READY
from hanse_lab.places.guest import Guest
from hanse_lab.places.machine import HERE, batch
from hanse_lab.processes import MARK, marked

PROGRAM: Final = "linux.uml"
FIRST: Final = ("nice", "-n", "-10")  # all its routers share one processor, and their protocols count in seconds
# Its kernel and its programs are processes of this machine that wait for each other at every system call: on one
# processor they take turns, on two each turn wakes the other one up, and a program takes twice as long to start.
PINNED: Final = ("taskset", "--cpu-list")
MODULES: Final = Path("/usr/lib/uml/modules")
SOURCES: Final = files("hanse_lab") / "places"
COMPILER: Final = "gcc"
BOOTS_WITHIN: Final = timedelta(seconds=30)
OFTEN: Final = 0.05  # seconds
LAST_LINES: Final = 8  # of the console, shown
STACK: Final = "\nCPU:"  # how what a kernel adds to its panic begins
LEAST_MEMORY: Final = 512  # MiB; what is not used costs nothing
MEMORY_A_NODE: Final = 96  # MiB
# What the console says where the processor's state is larger than this kernel knows: see xstate.c.
STATE_TOO_LARGE: Final = "ptrace set fp regs failed"
LINK: Final = "hanseu"  # this machine's ends are numbered, two a guest
MANAGEMENT: Final = "vec1"  # the guest's port in the management network
# Beside each argument: why.
ARGUMENTS: Final = (
    "root=/dev/root",
    "rootfstype=hostfs",
    "rootflags=/",
    "ro",  # of this machine's files
    "con=null",
    "con0=fd:0,fd:1",  # the console is a file
    "ssl=null",
    "quiet",
    "noreboot",  # ends when it panics
)


class GuestDoesNotBoot(NoPlace):
    """The guest's kernel ended, or its agent did not answer in time; the console's last lines tell why."""


@dataclass(frozen=True, slots=True)
class Links:
    """This machine's ends of the guest's links."""

    agent: str
    management: str

    @classmethod
    def of(cls, folder: Path) -> "Links":
        """Return the links of the guest in `folder`."""
        return cls(*json.loads((folder / "links.json").read_text()))


def lacks() -> tuple[str, ...]:
    """Return what this machine lacks for a guest, a sentence each; empty: it can try."""
    if not shutil.which(PROGRAM) or not MODULES.is_dir():
        return (f"{PROGRAM} is not installed: apt-get install --no-install-recommends user-mode-linux",)
    tried = outcome(("unshare", "--net", "ip", "tuntap", "add", "trial0", "mode", "tap"))
    return () if tried.returncode == 0 else (f"no tap can be made here ({tried.stderr.strip()})",)


def guest_of(lab: Path) -> Guest:
    """Return the guest that holds the lab in the folder `lab`."""
    folder = lab / "guest"
    return Guest(folder, Links.of(folder).agent)


def boot(lab: Path, mark: str, nodes: int, *, always_preload: bool = False) -> Guest:
    """Start a guest for a lab of so many `nodes` and return it when its agent answers.

    The library for larger processors is preloaded where the kernel ends without it.

    :raises GuestDoesNotBoot:
    :raises NoPlace: something is missing here
    """
    if missing := lacks():
        raise NoPlace("; ".join(missing))
    folder = lab / "guest"
    folder.mkdir(mode=0o700, parents=True)
    (folder / "token").touch(0o600)
    (folder / "token").write_text(secrets.token_hex())
    links = _open_links(mark)
    (folder / "links.json").write_text(json.dumps([links.agent, links.management]))
    memory = LEAST_MEMORY + MEMORY_A_NODE * nodes
    if not always_preload:
        try:
            return _boot(folder, links, memory, preloaded="")
        except GuestDoesNotBoot:
            if STATE_TOO_LARGE not in _console(folder):
                raise
    return _boot(folder, links, memory, preloaded=str(compiled(folder)))


def compiled(folder: Path) -> Path:
    """Compile xstate.c into `folder` and return the library.

    :raises NoPlace: there is no compiler
    """
    if not shutil.which(COMPILER):
        raise NoPlace(
            f"User Mode Linux needs a library on this processor, and {COMPILER} is not installed to make it:"
            " apt-get install --no-install-recommends gcc libc6-dev"
        )
    library = folder / "xstate.so"
    run(COMPILER, "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCES / "xstate.c"))
    return library


# Made, marked and only then moved here: one that is not marked ends with the namespace that it was made in.
MAKE_LINK: Final = 'ip tuntap add "$1" mode tap; ip link set "$1" alias "$2"; ip link set "$1" netns "$3"'


def _open_links(mark: str) -> Links:
    with naming():
        taken = set(os.listdir("/sys/class/net"))
        free = (name for name in (f"{LINK}{number}" for number in range(len(taken) + 2)) if name not in taken)
        links = Links(next(free), next(free))
        for link in (links.agent, links.management):
            run("unshare", "--net", "/bin/sh", "-ec", MAKE_LINK, "sh", link, mark, str(os.getpid()))
    run("sysctl", "-qw", f"net.ipv6.conf.{links.agent}.disable_ipv6=0", f"net.ipv6.conf.{links.agent}.addr_gen_mode=1")
    batch(HERE, (f"address add fe80::1/64 dev {links.agent} nodad", f"link set {links.agent} up"))
    return links


def _processor_for(links: Links) -> int:
    """Return one of this machine's processors: guests take turns, by the numbers of their links."""
    ours = sorted(os.sched_getaffinity(0))
    return ours[int(links.agent.removeprefix(LINK)) // 2 % len(ours)]


def _boot(folder: Path, links: Links, memory: int, *, preloaded: str) -> Guest:
    words = (
        *FIRST,
        *PINNED,
        str(_processor_for(links)),
        PROGRAM,
        *ARGUMENTS,
        f"mem={memory}M",
        f"uml_dir={folder}/",
        "umid=kernel",
        f"vec0:transport=tap,ifname={links.agent},depth=64,gro=1",
        f"vec1:transport=tap,ifname={links.management},depth=64,gro=1",
        "init=/bin/sh",
        "--",
        str(SOURCES / "guest-init.sh"),
        str(folder / "token"),
        str(SOURCES / "agent.py"),
        sys.executable,
    )
    env = {name: value for name, value in os.environ.items() if name in {"PATH", "TMPDIR"}}
    env |= {MARK: str(folder.parent)} | ({"LD_PRELOAD": preloaded} if preloaded else {})
    with (folder / "console").open("wb") as console:
        detach(words, said=console, env=env)
    return when_it_answers(Guest(folder, links.agent))


def when_it_answers(guest: Guest) -> Guest:
    """Return the guest once its agent says on the console that it answers.

    :raises GuestDoesNotBoot:
    """
    until = time.monotonic() + BOOTS_WITHIN.total_seconds()
    while READY not in (said := _console(guest.folder)):
        ended = not marked(guest.folder.parent)
        if ended or time.monotonic() > until:
            why = "its kernel ended" if ended else f"its agent does not answer within {BOOTS_WITHIN.seconds} s"
            last = "\n".join(said.partition(STACK)[0].strip().splitlines()[-LAST_LINES:])
            raise GuestDoesNotBoot(f"the guest does not boot: {why}; its console's last lines:\n{last}")
        time.sleep(OFTEN)
    return guest


def _console(folder: Path) -> str:
    return (folder / "console").read_text(errors="replace")
