"""Doing what a fault says, at the moment when the router's program announces its step and stands still there.

The carried program's own fault point is used: /run/hanse-fault holds a step's name and `pause`.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from hanse_lab import lab, plant
from hanse_lab.errors import CommandFailed, LabError
from hanse_lab.faults import clock
from hanse_lab.faults.catalogue import Fault, Kind
from hanse_lab.faults.pace import Pace
from hanse_lab.folder import Folder
from hanse_lab.nodes.life import Running
from hanse_lab.waiting import wait_until

SWITCH: Final = "/run/hanse-fault"
GO: Final = "/run/hanse-fault.go"
PROGRESS: Final = "/run/hanse"
BALLAST: Final = "/var/ballast"
CLOCK_BEFORE: Final = "/var/sitecustomize-before"
Hanse = subprocess.Popen[bytes]


class StepNeverCame(LabError):
    """The deployment ended without announcing the step at which the fault was to strike."""


@dataclass(frozen=True, slots=True)
class Victim:
    """The router that is struck."""

    folder: Folder
    name: str

    @property
    def node(self) -> Running:
        """Return it as it runs now: another life after each power cut."""
        return lab.node(self.folder, self.name)


def prepare(fault: Fault, victim: Victim) -> None:
    """Do what must be done before the deployment begins."""
    if fault.kind is Kind.CLOCK_JUMPED:
        _give_clock(victim.node)
    if fault.kind is Kind.DISK_FULL and not fault.step:
        _fill_disk(victim.node)
    if fault.step:
        victim.node.write(SWITCH, f"{fault.step} pause\n", 0o600)


def strike(fault: Fault, victim: Victim, hanse: Hanse, pace: Pace) -> None:
    """Wait for the fault's step, strike, and let the program go on.

    :raises StepNeverCame:
    """
    if not fault.step:
        return
    node = victim.node
    who = _paused_process(node, fault.step, hanse, pace)
    if fault.kind is Kind.POWER_LOST:
        lab.power_cut(victim.folder, victim.name)
        lab.power_on(victim.folder, victim.name)
        return
    if fault.kind in KILLS_HANSE:
        hanse.kill()
    _strike_router(fault, victim, who)
    node.write(GO, "")


# So that the router is alone: whether it undoes by itself is what these are about.
KILLS_HANSE: Final = frozenset({Kind.HANSE_KILLED, Kind.CLOCK_JUMPED, Kind.GUARDS_STRUCK})


def _strike_router(fault: Fault, victim: Victim, who: str) -> None:
    node = victim.node
    match fault.kind:
        case Kind.PROGRAM_KILLED:
            node.run("kill", "-9", who)
        case Kind.CONNECTION_CUT:
            plug(victim, "down")
        case Kind.DISK_FULL:
            _fill_disk(node)
        case Kind.CLOCK_JUMPED:
            node.write(clock.JUMP, fault.detail)
        case Kind.GUARDS_STRUCK:
            _kill_guard(node, fault.detail)


def cure(victim: Victim) -> None:
    """Take back what was done to the router's surroundings."""
    plug(victim, "up")
    node = victim.node
    for path in (BALLAST, SWITCH, GO):
        node.remove(path)
    if node.has(CLOCK_BEFORE):
        _take_clock(node)


def _paused_process(node: Running, step: str, hanse: Hanse, pace: Pace) -> str:
    """Wait until the deployment's process stands still at `step`; return its number on the node.

    The review before the deployment stages too: it is let go on.
    """
    while True:
        wait_until(
            f"{node.name} announces {step}",
            lambda: not node.has(SWITCH) or hanse.poll() is not None,
            within=pace.step_comes_within,
            every=pace.looked_every,
        )
        if node.has(SWITCH):
            node.remove(SWITCH)
            raise StepNeverCame(f"{node.name}: the deployment ended with {hanse.returncode} before {step}")
        announced, who = _latest(node, step)
        if not announced.startswith("review"):
            return who
        node.write(SWITCH, f"{step} pause\n", 0o600)
        node.write(GO, "")


def _latest(node: Running, step: str) -> tuple[str, str]:
    """Return the name of the youngest progress file whose last line is `step`, and the process that wrote it."""
    for file in node.found(f"{PROGRESS}/*.progress"):
        lines = node.read(file).splitlines()
        if lines and lines[-1].endswith(f" {step}"):
            return PurePath(file).name, lines[-1].split()[1]
    raise StepNeverCame(f"{node.name}: nothing says who announced {step}")


def plug(victim: Victim, state: str) -> None:
    """Give the router's management cable carrier (`up`), or take it away (`down`)."""
    record = victim.folder.read()
    plant.light_management(record.plan, victim.name, record.bridge, lab.machine_of(victim.folder, record), state)


def _fill_disk(node: Running) -> None:
    """Write until nothing more fits."""
    node.outcome("dd", "if=/dev/zero", f"of={BALLAST}", "bs=64k")
    node.outcome("dd", "if=/dev/zero", f"of={BALLAST}", "bs=1", "count=65536", "oflag=append", "conv=notrunc")


def _kill_guard(node: Running, which: str) -> None:
    guards = node.run("pgrep", "-f", "router.pyz guard|[.]pyz guard").split()
    if not guards:
        raise CommandFailed(f"{node.name}: no guard runs")
    node.run("kill", "-9", guards[0] if which == "first" else guards[-1])


# A wall clock of the router's own, as its Python reads it: see `clock`.


def _place_of_clock(node: Running) -> str:
    """Return the file that the router's Python runs at its start; Debian has one, behind a symbolic link."""
    return node.run(
        "/usr/bin/python3", "-c", "import sitecustomize, os; print(os.path.realpath(sitecustomize.__file__))"
    ).strip()


def _give_clock(node: Running) -> None:
    place = _place_of_clock(node)
    node.write(CLOCK_BEFORE, node.read(place))
    node.write(place, Path(clock.__file__).read_text())
    node.write(clock.JUMP, "0")


def _take_clock(node: Running) -> None:
    node.write(_place_of_clock(node), node.read(CLOCK_BEFORE))
    node.remove(CLOCK_BEFORE)
    node.remove(clock.JUMP)
