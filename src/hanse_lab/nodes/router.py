"""What a router of ours starts with: a name, a management address, an sshd with a key of its own. Nothing else."""

from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hanse_lab.nodes.life import Running
from hanse_lab.plan import Router

HOST_KEY: Final = "/etc/ssh/lab_host_ed25519_key"
SSHD: Final = f"""\
Port 22
HostKey {HOST_KEY}
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
MaxStartups 100
AuthorizedKeysFile /etc/ssh/lab_authorized_keys
Subsystem sftp internal-sftp
"""
# What Debian's packages put there; gone, so that what is there is Hanse's.
NOT_YET: Final = (
    "/etc/bird/bird.conf",
    "/etc/exabgp/exabgp.conf",
    "/etc/frr/daemons",
    "/etc/frr/frr.conf",
    "/etc/frr/vtysh.conf",
    "/etc/nftables.conf",
    "/etc/sysctl.d/90-hanse.conf",
)


def new_key() -> tuple[str, str]:
    """Return a new SSH key, private and public part, as OpenSSH writes them."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return private.decode(), public.decode()


def keep_key(path: Path) -> None:
    """Make the lab's own key, with which Hanse logs in to every router."""
    private, public = new_key()
    path.parent.mkdir(mode=0o700, parents=True)
    path.touch(0o600)
    path.write_text(private)
    path.with_suffix(".pub").write_text(public + "\n")


def interfaces(router: Router) -> str:
    """Return the /etc/network/interfaces of a router that nobody has configured yet."""
    return (
        "auto lo\niface lo inet loopback\n\n"
        f"auto {router.management_port}\niface {router.management_port}\n    address {router.management_address}\n"
    )


def with_plain_root(passwd: str) -> str:
    """Return the text of /etc/passwd with root having /bin/sh: a bash costs more to start than most commands take."""
    return "".join(
        line.rpartition(":")[0] + ":/bin/sh\n" if line.startswith("root:") else line
        for line in passwd.splitlines(keepends=True)
    )


def with_open_root(shadow: str) -> str:
    """Return the text of /etc/shadow with a root that is not locked and has no password: keys open it."""
    entries = (line.split(":") for line in shadow.splitlines())
    opened = ([entry[0], "*", *entry[2:]] if entry[0] == "root" else entry for entry in entries)
    return "".join(":".join(entry) + "\n" for entry in opened)


def furnish(node: Running, router: Router, public_key: str) -> None:
    """Put a router's first files on its disk."""
    private, public = new_key()
    node.write(HOST_KEY, private, 0o600)
    node.write(f"{HOST_KEY}.pub", public + "\n")
    node.write("/etc/ssh/lab.conf", SSHD)
    node.write("/etc/ssh/lab_authorized_keys", public_key + "\n")
    node.write("/etc/hostname", router.name + "\n")
    node.write("/etc/hosts", f"127.0.0.1 localhost\n127.0.1.1 {router.name}\n::1 localhost\n")
    node.write("/etc/network/interfaces", interfaces(router))
    node.write("/etc/passwd", with_plain_root(node.read("/etc/passwd")))
    node.write("/etc/shadow", with_open_root(node.read("/etc/shadow")), 0o640)
    for path in NOT_YET:
        node.remove(path)
