"""The systemd units of the machine's start: one undoes what was on trial when it stopped, one mends what is half-done.

A system without systemd calls `python3 /var/lib/hanse/router.pyz boot` before networking, and `... mend` when all has
started, by its own means.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from . import disk
from .places import SYSTEMD
from .tools import run
from .troubles import Refused

DIRECTORY: Final = Path("/etc/systemd/system")
UNITS: Final = {
    "hanse-boot.service": """\
[Unit]
Description=Undo a Hanse deployment that was on trial when the machine stopped
DefaultDependencies=no
After=local-fs.target
Before=sysinit.target network-pre.target systemd-sysctl.service nftables.service networking.service
Before=bird.service frr.service
ConditionPathExists=/var/lib/hanse/router.pyz

[Service]
Type=oneshot
ExecStart=/usr/bin/python3 -I /var/lib/hanse/router.pyz boot
RemainAfterExit=yes

[Install]
WantedBy=sysinit.target
""",
    "hanse-mend.service": """\
[Unit]
Description=Take in again what the start of the machine left half-done of Hanse's configuration
After=systemd-sysctl.service nftables.service networking.service network.target bird.service frr.service
After=dnsmasq.service strongswan.service openvpn.service openbgpd.service gobgpd.service exabgp.service
After=hanse-health.service
ConditionPathExists=/var/lib/hanse/router.pyz

[Service]
Type=oneshot
ExecStart=/usr/bin/python3 -I /var/lib/hanse/router.pyz mend

[Install]
WantedBy=multi-user.target
""",
}


def install_units() -> None:
    """Install the units where systemd runs and has them not.

    :raises Refused: systemd does not take one; without it a power cut would not be undone
    """
    if not SYSTEMD.is_dir():
        return
    for name, text in UNITS.items():
        unit = DIRECTORY / name
        if not unit.exists() or disk.read_text(unit) != text:
            _install(unit, text)


def _install(unit: Path, text: str) -> None:
    disk.write_whole(unit, text, 0o644)
    for words in (("systemctl", "daemon-reload"), ("systemctl", "enable", unit.name)):
        code, said = run(*words)
        if code:
            unit.unlink()
            raise Refused(f"{' '.join(words)}: {said.strip()}")
