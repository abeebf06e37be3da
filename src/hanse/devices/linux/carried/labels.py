"""Labels (MPLS): /etc/modules-load.d/hanse.conf, the modules of the kernel that know them.

A kernel knows labels from the moment on that it has the modules, which nobody unloads. So where labels are not wanted
any more, its table of them is made empty and no interface takes them in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .tools import run
from .troubles import Failed

FILE: Final = Path("/etc/modules-load.d/hanse.conf")
KERNEL: Final = Path("/proc/sys/net/mpls")
TABLE: Final = KERNEL / "platform_labels"  # how many labels have room; fewer: those above are forgotten
INTERFACES: Final = KERNEL / "conf"
TRIAL: Final = (
    "sysctl -qw net.mpls.platform_labels=100 && ip link set lo up && ip route add 192.0.2.1/32 encap mpls 99 dev lo"
)


def owns(path: str) -> bool:
    """Say whether the file names the modules."""
    return path == str(FILE)


def modules_of(text: str) -> list[str]:
    """Return the modules that a file names.

    >>> modules_of("# labels\\nmpls_router\\n")
    ['mpls_router']
    """
    return [line.strip() for line in text.splitlines() if line.strip() and line.strip()[0] not in "#;"]


def check(candidates: list[Candidate]) -> list[Finding]:
    """Try labels in a network namespace of its own; modules that are loaded for it do no harm by themselves."""
    found = []
    for candidate in candidates:
        loaded = run("modprobe", "-a", *modules_of(candidate.text))
        code, said = run("unshare", "--net", "sh", "-c", TRIAL)
        if code:
            why = " ".join((said.strip() or loaded.said.strip()).split())
            sentence = (
                f"this kernel knows no labels ({why}): take one with CONFIG_MPLS_ROUTING, or lead no path and no "
            )
            found.append(Finding(candidate.path, 0, f"{sentence}LDP here"))
    return found


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return how many labels have room now, and which interfaces take them in."""
    return {"room": _room(), "inputs": sorted(_inputs())}


def _room() -> int:
    return int(disk.read_text(TABLE)) if TABLE.exists() else 0


def _inputs() -> set[str]:
    """Return the interfaces that take labels in."""
    flags = INTERFACES.glob("*/input") if INTERFACES.is_dir() else ()
    return {flag.parent.name for flag in flags if disk.read_text(flag).strip() == "1"}


def reload() -> None:
    """Load the modules. What else is set of labels is for kernel settings and interfaces."""
    if FILE.exists():
        run("modprobe", "-a", *modules_of(disk.read_text(FILE)))  # built into the kernel, they cannot be loaded


def judge() -> None:
    """See whether the kernel knows labels.

    :raises Failed: it does not
    """
    if FILE.exists() and not TABLE.exists():
        raise Failed("the kernel has not taken its modules for labels in")


def restore(remembered: dict[str, Any]) -> None:
    """Let the kernel know as many labels as before, from the same interfaces."""
    _know(remembered["room"], set(remembered["inputs"]))


def forget() -> None:
    """Let the kernel know no labels where they are not wanted any more."""
    if not FILE.exists():
        _know(0, set())


def judge_gone() -> None:
    """See whether no label is known where none is wanted.

    :raises Failed: one is
    """
    if not FILE.exists() and (_room() or _inputs()):
        raise Failed("the kernel still knows labels")


def _know(room: int, inputs: set[str]) -> None:
    if not TABLE.exists():
        return
    if room != _room():
        TABLE.write_text(f"{room}\n", encoding="ascii")
    for interface in sorted(_inputs() ^ inputs):
        flag = INTERFACES / interface / "input"
        if flag.exists():
            flag.write_text("1\n" if interface in inputs else "0\n", encoding="ascii")


LABELS: Final = Component("labels", owns, check, remember, reload, judge, restore)
LABELS_GONE: Final = Component("labels-gone", owns, lambda candidates: [], remember, forget, judge_gone, lambda _: None)
