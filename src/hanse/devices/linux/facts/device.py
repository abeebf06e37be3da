"""What a router says of itself: name, kernel, distribution, versions."""

import re
from datetime import timedelta
from typing import Final

from hanse.devices.linux.facts.fact import Fact
from hanse.network.seen.device import SeenDevice

VERSION: Final = re.compile(r"\d+(?:\.\d+)+")
SOFTWARE: Final = ("bird", "frr", "ifupdown2", "kernel", "nftables", "openssh", "python")


def read_device(out: str) -> SeenDevice:
    """Return the device; what a router does not tell stays empty."""
    told = dict(line.split("=", 1) for line in out.splitlines() if "=" in line)
    versions = {name: told.get(f"version {name}", "") for name in SOFTWARE}
    found = {name: VERSION.search(text) for name, text in versions.items()}
    return SeenDevice(
        hostname=told.get("hostname", ""),
        vendor=told.get("vendor", "") or "Linux",
        model=told.get("model", "") or told.get("machine", ""),
        os_version=told.get("os", "").strip('"') or versions["kernel"],
        serial_number=told.get("serial", ""),
        uptime=timedelta(seconds=float(told["uptime"].split()[0])) if told.get("uptime") else None,
        versions=tuple((name, version.group()) for name, version in found.items() if version),
    )


def read_kernel(out: str) -> str:
    """Return the kernel's name and version."""
    return out.strip()


KERNEL: Final = Fact(command="uname -sr", read=read_kernel)

DEVICE: Final = Fact(
    command="""
echo "hostname=$(hostname)"
echo "machine=$(uname -m)"
echo "vendor=$(cat /sys/class/dmi/id/sys_vendor 2>/dev/null)"
echo "model=$(cat /sys/class/dmi/id/product_name 2>/dev/null)"
echo "serial=$(cat /sys/class/dmi/id/product_serial 2>/dev/null)"
echo "uptime=$(cat /proc/uptime)"
echo "os=$(sed -n s/^PRETTY_NAME=//p /etc/os-release)"
echo "version kernel=$(uname -r)"
echo "version python=$(python3 -V 2>&1)"
echo "version bird=$(bird --version 2>&1)"
echo "version nftables=$(nft --version 2>&1)"
echo "version ifupdown2=$(sed -n 's/^__version__ = //p' /usr/share/ifupdown2/__init__.py 2>/dev/null ||
  ifquery --version 2>&1)"
echo "version openssh=$(ssh -V 2>&1)"
echo "version frr=$([ -x /usr/lib/frr/zebra ] && /usr/lib/frr/zebra --version 2>&1 | head -1)"
""",
    read=read_device,
)
