"""What the lab needs of this machine, looked at before anything is started."""

import os
import shutil
from typing import Final

from hanse_lab.commands import outcome
from hanse_lab.errors import CannotRunHere

# Program -> Debian package that brings it.
PROGRAMS: Final = {
    "bird": "bird2",
    "/usr/lib/frr/bgpd": "frr",
    "vtysh": "frr",
    "/usr/lib/frr/frr-reload.py": "frr-pythontools",
    "bgpd": "openbgpd",
    "gobgpd": "gobgpd",
    "ifquery": "ifupdown2",
    "ifreload": "ifupdown2",
    "sshd": "openssh-server",
    "nft": "nftables",
    "tini": "tini",
    "ip": "iproute2",
    "traceroute": "traceroute",
    "ping": "iputils-ping",
    "sysctl": "procps",
}
SEARCHED: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def missing_packages() -> tuple[str, ...]:
    """Return the Debian packages that are not there."""
    return tuple(sorted({package for program, package in PROGRAMS.items() if not shutil.which(program, path=SEARCHED)}))


def lacks() -> tuple[str, ...]:
    """Return what this machine lacks for a lab, a sentence each; empty: it can hold one."""
    if os.geteuid() != 0:
        return ("the lab makes network namespaces and mounts, which only root can: try again with sudo",)
    found = []
    if packages := missing_packages():
        found.append(f"Debian packages are missing: apt-get install --no-install-recommends {' '.join(packages)}")
    trials = {
        "network namespaces and veth": "ip link add trial0 type veth peer name trial1",
        "bridges": "ip link add trial0 type bridge stp_state 0 mcast_snooping 0",
        "overlay file systems": "d=$(mktemp -d /run/hanse-lab-trial.XXXXXX); mount -t tmpfs x $d; mkdir $d/u $d/w $d/r;"
        " mount -t overlay x -o lowerdir=/,upperdir=$d/u,workdir=$d/w $d/r; e=$?; umount -l $d; rmdir $d; exit $e",
    }
    for feature, trial in trials.items():
        tried = outcome(("unshare", "--net", "--mount", "--propagation", "private", "/bin/sh", "-c", trial))
        if tried.returncode:
            said = " ".join((tried.stdout + tried.stderr).split())
            found.append(f"this kernel offers no {feature} here ({said})")
    return tuple(found)


def check() -> None:
    """Go on only where a lab can run.

    :raises CannotRunHere: with everything that is missing
    """
    if found := lacks():
        raise CannotRunHere("; ".join(found))
