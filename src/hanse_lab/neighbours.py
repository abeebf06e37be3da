"""Neighbours of the outside world on their nodes: addresses, and a daemon that is started and stopped."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from hanse_lab.errors import CommandFailed, NotInTime
from hanse_lab.nodes.life import Running
from hanse_lab.plan import Daemon, Speaker
from hanse_lab.speakers import exabgp, frr, gobgp, openbgpd
from hanse_lab.speakers.form import Recipe, answering

ANSWERS_WITHIN: Final = timedelta(seconds=10)
ENDS_WITHIN: Final = timedelta(seconds=10)
# Sends SIGTERM to all that run on the node but what runs on every node, and prints how they are called.
END_ALL: Final = """
for place in /proc/[0-9]*; do
    read -r name <"$place/comm" || continue
    case "$name/${place#/proc/}" in tini/*|sleep/*|*/$$) continue ;; esac
    kill "${place#/proc/}" && echo "$name"
done 2>/dev/null
"""


def recipe_for(speaker: Speaker, folder: Path) -> Recipe:
    """Return how the speaker's daemon is run; `folder` is the speaker's own, outside of the node."""
    match speaker.daemon:
        case Daemon.FRR:
            return frr.recipe(speaker)
        case Daemon.GOBGP:
            return gobgp.recipe(speaker)
        case Daemon.OPENBGPD:
            return openbgpd.recipe(speaker)
        case Daemon.EXABGP:
            return exabgp.recipe(speaker, folder / "exabgp.conf")
        case Daemon.NONE:
            return Recipe()


def address_lines(speaker: Speaker) -> list[str]:
    """Return the `ip -batch` lines that give a neighbour its addresses and its ways back to us."""
    lines = []
    for port in speaker.ports:
        lines += [f"address add {address} dev {port.name}{_at_once(address)}" for address in port.addresses]
        lines.append(f"link set {port.name} up")
    lines += [
        f"address add {answering(prefix)} dev lo{_at_once(prefix)}"
        for prefix in speaker.announces
        if not prefix.endswith("/0")
    ]
    if speaker.daemon is not Daemon.FRR:
        lines += [f"route replace {prefix} via {via}" for prefix, via in speaker.back]
    return lines


def _at_once(address: str) -> str:
    """Return the word that spares an IPv6 address its second of duplicate detection."""
    return " nodad" if ":" in address else ""


def start(node: Running, speaker: Speaker, folder: Path) -> None:
    """Give the neighbour its addresses and start its daemon.

    :raises CommandFailed: the daemon does not start
    """
    if speaker.daemon is not Daemon.NONE:
        node.run("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")
    node.batch(address_lines(speaker))
    start_daemon(node, speaker, folder)


def start_daemon(node: Running, speaker: Speaker, folder: Path) -> None:
    """Write the daemon's files anew and start it.

    :raises CommandFailed: it does not start
    """
    if speaker.daemon is Daemon.EXABGP:
        node.machine.write(folder / "exabgp.conf", exabgp.configuration(speaker))
    recipe = recipe_for(speaker, folder)
    for path, owner in recipe.folders:
        node.run("install", "-d", "-o", owner, "-g", owner, path)
    for path, text, owner in recipe.files:
        node.write(path, text, 0o640 if owner != "root" else 0o600)
        node.run("chown", f"{owner}:{owner}", path)
    for words in recipe.starts:
        node.run(*words)
    if recipe.stays:
        command = node.beside(*recipe.stays) if recipe.beside else node.inside(*recipe.stays)
        node.launch(command, folder.parent.parent / "log" / f"{speaker.name}.log", **dict(recipe.environment))
    _wait_until_ready(node, recipe)
    for words in recipe.then:
        node.run(*words)


def _wait_until_ready(node: Running, recipe: Recipe) -> None:
    until = time.monotonic() + ANSWERS_WITHIN.total_seconds()
    while recipe.ready and node.outcome(*recipe.ready).returncode:
        if time.monotonic() > until:
            raise CommandFailed(f"{node.name}: `{' '.join(recipe.ready)}` fails since {ANSWERS_WITHIN.seconds} s")
        time.sleep(0.1)


def stop_daemon(node: Running) -> None:
    """End everything that runs on a neighbour but its first processes, politely, and wait for it.

    :raises NotInTime:
    """
    until = time.monotonic() + ENDS_WITHIN.total_seconds()
    while found := node.outcome("/bin/sh", "-c", END_ALL).stdout.split():
        if time.monotonic() > until:
            raise NotInTime(f"{node.name}: these do not end: {', '.join(found)}")
        time.sleep(0.1)


def folder_of(lab: Path, speaker: Speaker) -> Path:
    """Return the neighbour's folder outside of its node."""
    return lab / "neighbours" / speaker.name
