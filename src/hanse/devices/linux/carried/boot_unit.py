"""The systemd unit that undoes, at the start of the machine, what was on trial when it stopped.

A system without systemd calls `python3 /var/lib/hanse/router.pyz boot` before networking by its own means.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from . import disk
from .places import SYSTEMD
from .tools import run
from .troubles import Refused

UNIT: Final = Path("/etc/systemd/system/hanse-boot.service")
TEXT: Final = """\
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
"""


def install_unit() -> None:
    """Install the unit where systemd runs and has it not.

    :raises Refused: systemd does not take it; without it a power cut would not be undone
    """
    if not SYSTEMD.is_dir() or (UNIT.exists() and disk.read_text(UNIT) == TEXT):
        return
    disk.write_whole(UNIT, TEXT, 0o644)
    for words in (("systemctl", "daemon-reload"), ("systemctl", "enable", UNIT.name)):
        code, said = run(*words)
        if code:
            UNIT.unlink()
            raise Refused(f"{' '.join(words)}: {said.strip()}")
