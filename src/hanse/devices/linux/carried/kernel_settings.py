"""Kernel settings: /etc/sysctl.conf and /etc/sysctl.d, written to /proc/sys and read back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from . import disk
from .component import Candidate, Component, Finding
from .troubles import Failed

LINE: Final = re.compile(r"^(?P<quiet>-?)(?P<key>[A-Za-z0-9_./*-]+)\s*=\s*(?P<value>\S.*?)\s*$")
KERNEL: Final = Path("/proc/sys")
FILES: Final = Path("/etc/sysctl.d")
LAST_FILE: Final = Path("/etc/sysctl.conf")


def owns(path: str) -> bool:
    """Say whether the file holds kernel settings."""
    return path == str(LAST_FILE) or (Path(path).parent == FILES and path.endswith(".conf"))


def lines_of(text: str) -> list[tuple[int, str]]:
    """Return numbered lines without comments and blanks."""
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in numbered if line and line[0] not in "#;"]


def settings_of(text: str) -> list[tuple[str, str, bool]]:
    """Return (key, value, quiet) in order; quiet: an unknown key is fine (sysctl.d(5), the leading dash).

    >>> settings_of("-net.ipv4.ip_forward = 1")
    [('net.ipv4.ip_forward', '1', True)]
    """
    matches = (LINE.match(line) for _, line in lines_of(text))
    return [(found["key"], found["value"], bool(found["quiet"])) for found in matches if found]


def place_of(key: str) -> Path:
    """Return the kernel's file. With a slash as its first separator a key may hold dots: net/ipv4/conf/eth0.7/..."""
    first = re.search(r"[./]", key)
    slashed = key if first and first.group() == "/" else key.translate(str.maketrans("./", "/."))
    return KERNEL / slashed


def check(candidates: list[Candidate]) -> list[Finding]:
    """Read each line; whether the kernel knows the key is known only when its interface is there."""
    return [
        Finding(candidate.path, number, f"not a setting: {line}")
        for candidate in candidates
        for number, line in lines_of(candidate.text)
        if not LINE.match(line) or ".." in line.split("=", maxsplit=1)[0]
    ]


def remember(candidates: list[Candidate]) -> dict[str, Any]:
    """Return the present value of each setting that will be written."""
    values = {}
    for candidate in candidates:
        for key, _, _ in settings_of(candidate.text):
            place = place_of(key)
            if place.is_file():
                values[key] = disk.read_text(place).strip()
    return {"values": values}


def wanted() -> dict[str, tuple[str, bool]]:
    """Return the settings of all files, the later over the earlier, as sysctl --system orders them."""
    files = sorted(FILES.glob("*.conf")) + ([LAST_FILE] if LAST_FILE.exists() else [])
    return {key: (value, quiet) for file in files for key, value, quiet in settings_of(disk.read_text(file))}


def reload() -> None:
    """Write all settings."""
    for key, (value, quiet) in wanted().items():
        try:
            place_of(key).write_text(value + "\n", encoding="utf-8")
        except OSError as error:
            if not quiet:
                raise Failed(f"sysctl: {key} = {value}: {error.strerror}") from error


def judge() -> None:
    """Compare what the kernel has with what is wanted."""
    for key, (value, quiet) in wanted().items():
        place = place_of(key)
        if quiet and not place.is_file():
            continue
        now = disk.read_text(place).split()
        if now != value.split():
            raise Failed(f"sysctl: {key} is {' '.join(now)}, not {value}")


def restore(remembered: dict[str, Any]) -> None:
    """Write the values from before."""
    for key, value in remembered["values"].items():
        place = place_of(key)
        if place.is_file():
            place.write_text(value + "\n", encoding="utf-8")


KERNEL_SETTINGS: Final = Component("sysctl", owns, check, remember, reload, judge, restore)
