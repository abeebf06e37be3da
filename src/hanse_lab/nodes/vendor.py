"""A vendor's router in the lab: FRR with what somebody configured by hand, and in front of it the local router."""

import secrets
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

from hanse_lab.nodes.life import Running
from hanse_lab.plan import ByHand, Router
from hanse_lab.processes import MARK
from hanse_lab.vendor.main import PASSWORD, PORTS
from hanse_lab.waiting import wait_until

DAEMONS: Final = ("zebra", "staticd", "ospfd", "ospf6d", "bgpd")
SOCKETS: Final = "/run/frr"
SOURCES: Final = Path(__file__).resolve().parents[2]
ANSWERS_WITHIN: Final = timedelta(seconds=30)
FORWARDS: Final = ("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")


def keep_password(place: Path) -> None:
    """Make the password with which Hanse logs in to the lab's vendor routers."""
    place.touch(0o600)
    place.write_text(secrets.token_urlsafe(12))


def furnish(node: Running, router: Router, hand: ByHand) -> None:
    """Put a vendor router's first files on its disk."""
    node.write("/etc/hostname", router.name + "\n")
    node.write("/etc/frr/frr.conf", hand.frr, 0o640)
    node.write("/etc/frr/vtysh.conf", "service integrated-vtysh-config\n", 0o640)
    node.run("chown", "frr:frr", "/etc/frr/frr.conf", "/etc/frr/vtysh.conf")


def address_lines(router: Router, hand: ByHand) -> list[str]:
    """Return the `ip -batch` lines that give a router its addresses."""
    lines = [
        f"address add {router.management_address} dev {router.management_port}",
        f"link set {router.management_port} up",
    ]
    for port in hand.ports:
        if port.mtu:
            lines.append(f"link set {port.name} mtu {port.mtu}")
        lines += [
            f"address add {address} dev {port.name}{' nodad' if ':' in address else ''}" for address in port.addresses
        ]
        lines.append(f"link set {port.name} up")
    return lines


def start(node: Running, router: Router, hand: ByHand, lab: Path) -> None:
    """Do what the power's coming on does: addresses, FRR, and the server that the driver speaks with.

    :raises CommandFailed:
    :raises NotInTime: the server does not answer
    """
    folder = lab / "vendor" / router.name
    node.machine.write(folder / "base", hand.text)
    node.run("sysctl", "-qw", *FORWARDS)
    node.batch(address_lines(router, hand))
    node.run("install", "-d", "-o", "frr", "-g", "frr", SOCKETS)
    for daemon in DAEMONS:
        node.run(f"/usr/lib/frr/{daemon}", "-d", "-A", "127.0.0.1", "-i", f"{SOCKETS}/{daemon}.pid")
    node.run("vtysh", "-b")
    sockets = f"/proc/{node.pid}/root{SOCKETS}"
    address = str(router.address.ip)
    words = (
        hand.vendor,
        "--listen",
        address,
        "--vty",
        sockets,
        "--scratch",
        str(folder),
        "--base",
        str(folder / "base"),
    )
    node.launch(
        node.beside(sys.executable, "-m", "hanse_lab.vendor.main", *words),
        lab / "log" / f"{router.name}-{hand.vendor}.log",
        **{"PYTHONPATH": str(SOURCES), PASSWORD: (lab / "password").read_text(), MARK: str(lab)},
    )
    wait_until(f"{router.name} answers", lambda: answers(address, PORTS[hand.vendor]), within=ANSWERS_WITHIN)


def answers(address: str, port: int) -> bool:
    """Say whether somebody listens there."""
    try:
        socket.create_connection((address, port), timeout=2).close()
    except OSError:
        return False
    return True
