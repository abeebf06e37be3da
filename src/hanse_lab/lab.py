"""A lab's life: up, down, and what can be done to it in between."""

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from hanse.network.errors import HanseError
from hanse.network.wanted.files import load
from hanse.network.wanted.network import Network
from hanse_lab import neighbours, plant, processes
from hanse_lab.cabling import lab_plan
from hanse_lab.commands import outcome, run
from hanse_lab.errors import AlreadyUp, CannotRunHere, LabError, NoSuchCable, NoSuchNode
from hanse_lab.folder import Folder, Record, naming, with_node
from hanse_lab.nodes import life, router, vendor
from hanse_lab.outside import outside_from
from hanse_lab.places import uml
from hanse_lab.places.choice import choose, insist
from hanse_lab.places.features import lacking
from hanse_lab.places.machine import HERE, Machine
from hanse_lab.places.needs import needs
from hanse_lab.plan import LabPlan, Place, Router, Speaker, plugs_with_carrier
from hanse_lab.requirements import check

AT_ONCE: Final = 4  # nodes started at the same time: more only waits for the processor
ATTEMPTS: Final = 5  # to end all processes
OUTSIDE: Final = "outside.yml"
NO_FIREWALL: Final = """\
# No rules for IP: the kernel of the lab's guest has no nftables for it. Written by the lab.
{% include "nftables/segments.j2" %}
"""
Say = Callable[[str], None]


def plan_from(network: Path) -> LabPlan:
    """Return the plan of a lab for the files in the folder `network`.

    :raises LabError: the files are not there or do not fit together
    """
    world = network / OUTSIDE
    return lab_plan(wanted_in(network), outside_from(world.read_text() if world.exists() else ""))


def wanted_in(network: Path) -> Network:
    """Return the network that the files in the folder `network` want.

    :raises LabError: the files are not there or cannot be read
    """
    texts = {path.name: path.read_text() for path in sorted(network.glob("*.yml")) if path.name != OUTSIDE}
    if not texts:
        raise LabError(f"{network} holds no network: no .yml file is there")
    try:
        return load(texts).network
    except HanseError as error:
        raise LabError(str(error)) from error


def up(network: Path, folder: Folder, say: Say, place: Place | None = None) -> None:
    """Start a lab for the network in the folder `network`; what was begun is taken down again on failure.

    Without a place, the lab stands on this machine if its kernel has what the network needs, else in a guest.

    :raises AlreadyUp:
    :raises CannotRunHere:
    :raises NoPlace: no kernel to be had here has what the network needs
    """
    check()
    plan = plan_from(network)
    features = needs(wanted_in(network))
    insist_on_none(folder)
    try:
        _start(plan, network, folder, say, place or choose(features), features)
    except BaseException:
        down(folder)
        raise


def insist_on_none(folder: Folder) -> None:
    """Return if no lab has this name: who takes down at the end what they started asks before they start.

    :raises AlreadyUp:
    """
    if folder.path.exists():
        raise AlreadyUp(f"lab {folder.name!r} is up, or was left half-way: `hanse-lab down` ends it")


def _start(plan: LabPlan, network: Path, folder: Folder, say: Say, place: Place, features: tuple[str, ...]) -> None:
    lab = folder.path
    (lab / "log").mkdir(parents=True)
    router.keep_key(folder.key)
    vendor.keep_password(folder.password)
    with naming():
        bridge = plant.free_bridge_name()
        record = Record(network=str(network.resolve()), plan=plan, place=place, bridge=bridge, nodes={})
        folder.write(record)
        plant.open_management(plan.routers, bridge, lab)
    machine = _open_place(record, folder, say)
    insist(features, place, machine)
    middle = plant.open_plant(lab, machine)
    record = replace(record, plant=middle.pid)
    plant.lay(plan, middle)
    for name in plan.node_names:
        life.make_disk(folder.of_node(name), machine)
    say(f"starting {len(plan.routers)} routers and {len(plan.speakers)} neighbours ...")
    with ThreadPoolExecutor(AT_ONCE) as threads:
        nodes = tuple(
            threads.map(lambda name: life.switch_on(name, folder.of_node(name), lab, machine), plan.node_names)
        )
        record = replace(record, nodes={node.name: node.pid for node in nodes})
        folder.write(record)
        for node in nodes:
            plant.plug_in(plan, middle, node)
        _light(record, folder)
        tuple(threads.map(lambda node: _first_start(node, record, folder), nodes))


def _open_place(record: Record, folder: Folder, say: Say) -> Machine:
    """Return the machine that the nodes will stand on, with the management network on it."""
    if record.place is Place.HOST:
        return HERE
    began = time.monotonic()
    guest = uml.boot(folder.path, plant.mark_of(folder.path), len(record.plan.nodes))
    say(f"a guest with a kernel of its own booted in {time.monotonic() - began:.1f} s.")
    plant.lengthen_management(guest, record.bridge, uml.Links.of(guest.folder).management, uml.MANAGEMENT)
    if lacking(guest, ("nft-inet",)):
        say("its kernel has no firewall tables for IP: Hanse's firewall is left out in this lab.")
        HERE.write(folder.templates / "nftables" / "nftables.conf.j2", NO_FIREWALL)
    return guest


def machine_of(folder: Folder, record: Record) -> Machine:
    """Return the machine that the lab's nodes stand on."""
    return HERE if record.place is Place.HOST else uml.guest_of(folder.path)


def _first_start(node: life.Running, record: Record, folder: Folder) -> None:
    wanted = _named(record.plan, node.name)
    if isinstance(wanted, Router) and wanted.by_hand:
        vendor.furnish(node, wanted, wanted.by_hand)
    elif isinstance(wanted, Router):
        router.furnish(node, wanted, folder.key.with_suffix(".pub").read_text().strip())
    _start_node(node, record, folder)


def _start_node(node: life.Running, record: Record, folder: Folder) -> None:
    """Do what the power's coming on does, on a node whose cables are in."""
    wanted = _named(record.plan, node.name)
    if isinstance(wanted, Router):
        plant.plug_in_management(record.plan, wanted, node, record.bridge)
        if wanted.by_hand:
            vendor.start(node, wanted, wanted.by_hand, folder.path)
        else:
            life.start_services(node)
    else:
        neighbours.start(node, wanted, neighbours.folder_of(folder.path, wanted))


def _named(plan: LabPlan, name: str) -> Router | Speaker:
    for node in plan.nodes:
        if node.name == name:
            return node
    raise NoSuchNode(f"the lab has no node {name!r}; it has {', '.join(plan.node_names)}")


def _light(record: Record, folder: Folder) -> None:
    lit = plugs_with_carrier(record.plan, cut=frozenset(record.cut), off=record.off)
    plant.light(record.plan, _plant(record, folder), lit, present=frozenset(record.nodes))


def _plant(record: Record, folder: Folder) -> plant.Plant:
    return plant.Plant(record.plant, machine_of(folder, record))


# Down


def down(folder: Folder) -> bool:
    """Take down all that the lab has started, however far it came; False if there was nothing.

    Nothing is read of what the lab wrote about itself: processes, links and mounts carry its mark.

    :raises CannotRunHere: something cannot be removed
    """
    ended = _end_processes(folder)
    plant.close_management(folder.path)
    mounts = _mounts_below(folder.path)
    for mount in mounts:
        if outcome(("umount", mount)).returncode:
            run("umount", "--lazy", mount)
    if left := _mounts_below(folder.path):
        raise CannotRunHere(f"these cannot be unmounted: {', '.join(left)}")
    was_there = folder.path.exists()
    if was_there:
        shutil.rmtree(folder.path)
    with suppress(OSError):  # another lab is still in it, or it was never made
        folder.path.parent.rmdir()
    return bool(ended or mounts or was_there)


def _end_processes(folder: Folder) -> bool:
    """End all processes of the lab, again and again: one of them may just have started another."""
    found = processes.marked(folder.path)
    for _ in range(ATTEMPTS):
        left = processes.marked(folder.path)
        if not left:
            return bool(found)
        processes.end(left, folder.path)
    raise CannotRunHere(f"these processes do not end: {', '.join(map(str, processes.marked(folder.path)))}")


def _mounts_below(path: Path) -> tuple[str, ...]:
    """Return the mount points below `path`, the innermost first."""
    points = (line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines())
    return tuple(sorted((point for point in points if point.startswith(f"{path}/")), key=len, reverse=True))


# In between


def node(folder: Folder, name: str) -> life.Running:
    """Return a node with its power on.

    :raises NoSuchNode:
    :raises PoweredOff:
    """
    return _running(folder.read(), folder, name)


def _running(record: Record, folder: Folder, name: str) -> life.Running:
    return life.Running(name, record.pid(name), machine_of(folder, record))


def cut(folder: Folder, cable: str) -> None:
    """Take the carrier from a cable, named by itself or by one of its ports (node:port).

    :raises NoSuchCable:
    """
    with folder.changing() as record:
        name = cable_name(record.plan, cable)
        _keep(folder, replace(record, cut=tuple(sorted({*record.cut, name}))))


def mend(folder: Folder, cable: str) -> None:
    """Give a cable its carrier back.

    :raises NoSuchCable:
    """
    with folder.changing() as record:
        name = cable_name(record.plan, cable)
        _keep(folder, replace(record, cut=tuple(other for other in record.cut if other != name)))


def cable_name(plan: LabPlan, said: str) -> str:
    """Return what is cut when somebody says `said`: a cable, or one plug of a shared one.

    :raises NoSuchCable:
    """
    for cable in plan.cables:
        if said == cable.name:
            return cable.name
        if any(said == str(plug) for plug in cable.plugs):
            return said if cable.shared else cable.name
    names = ", ".join(cable.name for cable in plan.cables)
    raise NoSuchCable(f"the lab has no cable {said!r}; it has {names}; a port is written node:port")


def _keep(folder: Folder, record: Record) -> None:
    _light(record, folder)
    folder.write(record)


def power_cut(folder: Folder, name: str) -> None:
    """Take a node's power away: all its processes die at once, its files stay.

    :raises NoSuchNode:
    """
    with folder.changing() as record:
        pid = record.pid(name)
        if not pid:
            return
        middle = _plant(record, folder)
        middle.machine.end(pid, folder.path)
        plant.pull_out(record.plan, middle, name, record.bridge)
        _keep(folder, with_node(record, name, 0))


def power_on(folder: Folder, name: str) -> None:
    """Start a node again from its files; one that runs is left alone.

    :raises NoSuchNode:
    """
    with folder.changing() as record:
        if record.pid(name):
            return
        running = life.switch_on(name, folder.of_node(name), folder.path, machine_of(folder, record))
        now = replace(with_node(record, name, running.pid), stopped=_without(record.stopped, name))
        folder.write(now)
        plant.plug_in(now.plan, _plant(now, folder), running)
        _light(now, folder)
        _start_node(running, now, folder)


def stop(folder: Folder, name: str) -> None:
    """Stop a neighbour's daemon; its addresses stay.

    :raises NoSuchNode: `name` is none of the neighbours
    """
    with folder.changing() as record:
        neighbours.stop_daemon(_running(record, folder, _speaker(record, name).name))
        folder.write(replace(record, stopped=tuple(sorted({*record.stopped, name}))))


def start(folder: Folder, name: str) -> None:
    """Start a neighbour's daemon again.

    :raises NoSuchNode: `name` is none of the neighbours
    """
    with folder.changing() as record:
        speaker = _speaker(record, name)
        if name not in record.stopped:
            return
        running = _running(record, folder, name)
        neighbours.start_daemon(running, speaker, neighbours.folder_of(folder.path, speaker))
        folder.write(replace(record, stopped=_without(record.stopped, name)))


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if other != name)


def _speaker(record: Record, name: str) -> Speaker:
    wanted = _named(record.plan, name)
    if isinstance(wanted, Router):
        raise NoSuchNode(f"{name} is a router of ours; only a neighbour's daemon is stopped and started so")
    return wanted
