"""One real router on this machine, as small as these tests need: own namespaces, own root, sshd, ifupdown2, BIRD.

Its root is this machine's, read through an overlay; what it writes stays in a small file system of its own, so that a
power cut (`cut_power`) loses all processes and keeps all files, and `fill_disk` fills nobody else's disk.
"""

import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from hanse.devices.driver import Target

ROOM: Final = Path("/run/hanse-test")
TOOLS: Final = (
    "unshare", "nsenter", "tini", "ip", "sshd", "ssh-keygen", "ifreload", "bird", "birdc", "nft", "setsid"
)  # fmt: skip

# Runs as PID 1's parent, in new namespaces: an own root, then an init that does nothing but reap.
ENTER: Final = """
set -e
mount -t overlay overlay -o lowerdir=/,upperdir=$1/up,workdir=$1/work $1/root
cd $1/root
mount -t proc proc proc; mount -t sysfs sysfs sys; mount --rbind /dev dev
mount -t tmpfs -o mode=755 run run
mkdir -p run/lock run/sshd run/network run/bird .old
chown bird:bird run/bird
pivot_root . .old; cd /; umount -l /.old
hostname $2; ip link set lo up
echo ready > /run/ready
exec tini -s -- tail -f /dev/null
"""

# What a system without systemd does when it starts; the order is that of docs/operate/linux-routers.md.
START: Final = """
[ ! -e /var/lib/hanse/router.pyz ] || /usr/bin/python3 -I /var/lib/hanse/router.pyz boot
[ ! -e /etc/nftables.conf ] || nft -f /etc/nftables.conf
ifup -a
/usr/sbin/sshd -o UseDNS=no -o UsePAM=no -o PidFile=none
[ ! -e /etc/bird/bird.conf ] || bird -u bird -g bird
[ ! -e /etc/frr/frr.conf ] || /usr/lib/frr/frrinit.sh start >/dev/null 2>&1
true
"""

BASE_INTERFACES: Final = """\
auto lo
iface lo inet loopback

auto mgmt
iface mgmt inet static
    address {address}/30
"""

PREPARE: Final = """
rm -rf /etc/network/interfaces.d /etc/bird/bird.conf /etc/frr/*.conf /etc/frr/daemons /etc/nftables.conf /var/lib/hanse
rm -f /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key
mkdir -p /root/.ssh; chmod 700 /root /root/.ssh; cat > /root/.ssh/authorized_keys
: > /root/.bashrc
"""


def missing_for_a_node() -> str:
    """Return why no node can be made here; empty if one can."""
    if os.geteuid() != 0:
        return "real routers need root"
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [tool for tool in TOOLS if not any((Path(one) / tool).exists() for one in path.split(":"))]
    return f"not installed: {', '.join(missing)}" if missing else ""


@dataclass(slots=True, kw_only=True)
class LinuxNode:
    """One router; `number` (0 to 16383) gives it its management network."""

    number: int
    key: Path  # private SSH key of the one who logs in
    init: int = 0  # its PID 1 as this machine sees it
    parent: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def name(self) -> str:
        """Return its host name."""
        return f"hx{self.number}"

    @property
    def room(self) -> Path:
        """Return where its files are."""
        return ROOM / self.name

    @property
    def address(self) -> str:
        """Return its management address."""
        return self._address(2)

    def _address(self, host: int) -> str:
        return f"198.19.{self.number // 64}.{self.number % 64 * 4 + host}"

    @property
    def target(self) -> Target:
        """Return how the driver reaches it."""
        return Target(
            name=self.name,
            host=self.address,
            username="root",
            key_file=str(self.key),
            host_key=self.host_key(),
            timeout=timedelta(seconds=5),
            secrets={"peer": "Strandkorb-7"},
        )

    def host_key(self) -> str:
        """Return its host key as it is pinned."""
        public = self.room / "up/etc/ssh/ssh_host_ed25519_key.pub"
        return " ".join(public.read_text(encoding="ascii").split()[:2]) if public.exists() else ""

    @property
    def interfaces(self) -> str:
        """Return the text of its /etc/network/interfaces as it was before Hanse."""
        return BASE_INTERFACES.format(address=self.address)

    def create(self) -> None:
        """Make its files and start it."""
        self.room.mkdir(parents=True)
        _run("mount", "-t", "tmpfs", "-o", "mode=755,size=48m", "hanse-test", str(self.room))
        for name in ("up", "work", "root"):
            (self.room / name).mkdir()
        self._enter()
        public = self.key.with_suffix(".pub").read_text(encoding="ascii")
        self.run(PREPARE, text=public)
        self.write("/etc/network/interfaces", self.interfaces)
        self._start()

    def start(self) -> None:
        """Start it again from its files."""
        self._enter()
        self._start()

    def _enter(self) -> None:
        work = self.room / "work/work"
        if work.exists():
            _run("rm", "-rf", str(work))
        (self.room / "log").write_bytes(b"")
        with (self.room / "log").open("wb") as log:
            self.parent = subprocess.Popen(
                ["unshare", "--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child",
                 "--propagation", "private", "bash", "-c", ENTER, "_", str(self.room), self.name],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        children = Path(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children")
        _wait_until(lambda: bool(children.read_text(encoding="ascii").split()), "its first process")
        self.init = int(children.read_text(encoding="ascii").split()[0])
        _wait_until(lambda: Path(f"/proc/{self.init}/root/run/ready").exists(), "its own root")
        _wait_until(lambda: Path(f"/proc/{self.init}/comm").read_text(encoding="ascii").strip() == "tini", "its init")

    def _start(self) -> None:
        _run("ip", "link", "add", self.name, "type", "veth", "peer", "name", "mgmt", "netns", str(self.init))
        _run("ip", "address", "add", f"{self._address(1)}/30", "dev", self.name)
        _run("ip", "link", "set", self.name, "up")
        self.run(START)
        _wait_until(self._listens, "its sshd")

    def _listens(self) -> bool:
        with socket.socket() as one:
            one.settimeout(1)
            return one.connect_ex((self.address, 22)) == 0

    def cut_power(self) -> None:
        """Lose all processes at once; the files stay."""
        if self.parent is None:
            return
        os.kill(self.init, signal.SIGKILL)
        self.parent.wait(10)
        self.parent = None
        subprocess.run(["ip", "link", "delete", self.name], check=False, capture_output=True)

    def destroy(self) -> None:
        """Leave nothing behind."""
        self.cut_power()
        subprocess.run(["umount", "-l", str(self.room)], check=False, capture_output=True)
        if self.room.exists():
            self.room.rmdir()

    def run(self, command: str, *, text: str = "") -> str:
        """Run a shell command inside and return its output.

        :raises subprocess.CalledProcessError:
        """
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C"}
        words = ["nsenter", "-t", str(self.init), "-a", "sh", "-c", command]
        ended = subprocess.run(words, input=text, text=True, capture_output=True, check=False, env=env)
        if ended.returncode:
            raise RuntimeError(f"{command}: {ended.returncode}: {ended.stderr}{ended.stdout}")
        return ended.stdout

    def read(self, path: str) -> str | None:
        """Return a file's text, None if it is not there."""
        inside = Path(f"/proc/{self.init}/root{path}")
        return inside.read_text(encoding="utf-8") if inside.exists() else None

    def write(self, path: str, text: str) -> None:
        """Write a file as an operator would."""
        quoted = shlex.quote(path)
        self.run(f"mkdir -p $(dirname {quoted}) && cat > {quoted}", text=text)

    def fill_disk(self) -> None:
        """Use the last free byte."""
        self.run(
            "dd if=/dev/zero of=/var/fill bs=64k 2>/dev/null; dd if=/dev/zero of=/var/fill2 bs=512 2>/dev/null; true"
        )

    def leftovers(self) -> list[str]:
        """Return the files that a transaction has left beside their targets."""
        return self.run("find /etc -name '.*.hanse-*' | sort").split()


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _wait_until(true: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + 15
    while not true():
        if time.monotonic() > ends:
            raise TimeoutError(what)
        time.sleep(0.01)
